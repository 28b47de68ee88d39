/** On a cluster a connection waits for keys of one slot only: an idle worker has one per partition, to the node that has it. */
import type { Consuming } from "../../broker.js";
import { Connection } from "./connection.js";
import { pause } from "./idling.js";
import { wake } from "./scripts.gen.js";
import type { Server } from "./server.js";

/** Where the owner of a partition is not known, an idle worker looks again after this, ms. */
const GLANCE = 50;

export class ClusterIdling {
  readonly #posts: readonly Post[];
  readonly #closed = new AbortController();

  constructor(server: Server) {
    this.#posts = server.bases.map((base) => new Post(server, base));
  }

  /** Resolves when one of the queues may have work in any partition, after `ms`, or when `signal` fires. */
  async idle({ queues, ms, signal }: Parameters<Consuming["idle"]>[0]): Promise<void> {
    const over = new AbortController();
    const ends = AbortSignal.any([signal, this.#closed.signal, over.signal]);
    if (ends.aborted) return;
    const waits = this.#posts.map((post) => post.wait(queues, ms, ends));
    await Promise.race([...waits, pause(ms + 1000, ends)]);
    over.abort();
  }

  close(): void {
    this.#closed.abort();
    for (const post of this.#posts) post.close();
  }
}

/** One partition, and the connection that waits there. */
class Post {
  readonly #server: Server;
  readonly #base: string;
  /** A queue of nobody's but this worker's, by which it is called off: that works from any connection. */
  readonly #own = `~${process.pid}-${Math.random().toString(36).slice(2)}`;
  #connection: Connection | undefined;
  /** The wait under way; the next one follows it. */
  #waiting: Promise<void> = Promise.resolve();

  constructor(server: Server, base: string) {
    this.#server = server;
    this.#base = base;
  }

  wait(queues: readonly string[], ms: number, ends: AbortSignal): Promise<void> {
    this.#waiting = this.#waiting.then(() => this.#block(queues, ms, ends));
    return this.#waiting;
  }

  close(): void {
    this.#connection?.close();
  }

  async #block(queues: readonly string[], ms: number, ends: AbortSignal): Promise<void> {
    if (ends.aborted) return;
    const callOff = () => void this.#ring(this.#own).catch(() => {});
    ends.addEventListener("abort", callOff, { once: true });
    try {
      this.#connection ??= await this.#open();
      if (ends.aborted) return;
      const keys = [this.#own, ...queues].map((queue) => `${this.#base}wake:${queue}`);
      const token = await this.#connection.use((client) => client.blpop(...keys, Math.max(0.001, ms / 1000)));
      const queue = token?.[0].slice(`${this.#base}wake:`.length);
      // Taken in vain: another may need it.
      if (queue !== undefined && queue !== this.#own && ends.aborted) await this.#ring(queue);
    } catch {
      // The partition has moved, or its node is gone: the next wait looks for it anew.
      this.#connection?.close();
      this.#connection = undefined;
      await pause(Math.min(ms, GLANCE), ends);
    } finally {
      ends.removeEventListener("abort", callOff);
    }
  }

  /** A connection to the node that has this partition now. */
  async #open(): Promise<Connection> {
    const { address, options, commands } = this.#server;
    const owner = await commands.use(async (client) => {
      const slot = Number(await client.call("CLUSTER", "KEYSLOT", this.#base));
      return "slots" in client ? client.slots[slot]?.[0] : undefined;
    });
    const [, host, port] = /^(.*):(\d+)$/.exec(owner ?? "") ?? [];
    if (host === undefined) throw new Error(`no node has the partition ${this.#base}`);
    const hosts = [{ host, port: Number(port) }];
    return new Connection({ ...address, kind: "single", hosts, path: [] }, options, "blocking");
  }

  async #ring(queue: string): Promise<void> {
    await this.#server.commands.run(wake({ base: this.#base, take: [queue] }));
  }
}
