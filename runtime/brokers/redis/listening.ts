/** One subscription per process, whatever is followed. */
import type { BrokerEvent, Source } from "../../broker.js";
import { Connection } from "./connection.js";
import { follow } from "./scripts.gen.js";
import type { Server } from "./server.js";

type Listener = (event: BrokerEvent) => void;

/** Hears what scripts tell. */
export class Listening {
  readonly #server: Server;
  readonly #connection: Connection;
  readonly #listeners = new Map<string, Set<Listener>>();
  #wasCut = false;

  constructor(server: Server) {
    this.#server = server;
    this.#connection = new Connection(server.address, server.options, "listening");
    const { client } = this.#connection;
    client.on("message", (channel: string, notices: string) => this.#hear(channel, notices));
    client.on("close", () => {
      this.#wasCut = true;
    });
    client.on("ready", () => void this.#tellOfGap().catch(() => {}));
  }

  /** Resolves once listening; the reply ends it. */
  async follow(source: Source, listener: Listener): Promise<() => Promise<void>> {
    const channels = this.#channelsOf(source);
    const own: Listener = (event) => listener(event);
    await this.#connection.look((client) => client.subscribe(...channels));
    for (const channel of channels) this.#listeners.set(channel, (this.#listeners.get(channel) ?? new Set()).add(own));
    if ("run" in source) await this.#count(source.run, 1);
    return () => this.#stop(source, channels, own);
  }

  close(): void {
    this.#connection.close();
  }

  async #stop(source: Source, channels: readonly string[], own: Listener): Promise<void> {
    const silent = channels.filter((channel) => {
      const listeners = this.#listeners.get(channel);
      if (!listeners?.delete(own) || listeners.size > 0) return false;
      return this.#listeners.delete(channel);
    });
    if (silent.length > 0 && this.#connection.isReady) {
      await this.#connection.use((client) => client.unsubscribe(...silent));
    }
    if ("run" in source && this.#server.commands.isReady) await this.#count(source.run, -1);
  }

  #count(run: string, change: 1 | -1): Promise<unknown> {
    return this.#server.commands.run(follow({ base: this.#server.baseOf(run), id: run, change }));
  }

  async #tellOfGap(): Promise<void> {
    if (!this.#wasCut || this.#listeners.size === 0) return;
    await this.#connection.use((client) => client.subscribe(...this.#listeners.keys()));
    this.#wasCut = false;
    const all = new Set([...this.#listeners.values()].flatMap((listeners) => [...listeners]));
    for (const listener of all) listener({ kind: "gap" });
  }

  /** A run is told in its own partition, a client or a worker in any. */
  #channelsOf(source: Source): string[] {
    if ("run" in source) return [`${this.#server.baseOf(source.run)}follow:${source.run}`];
    const name = "client" in source ? `reply:${source.client}` : `worker:${source.worker}`;
    return this.#server.bases.map((base) => `${base}${name}`);
  }

  #hear(channel: string, notices: string): void {
    const listeners = this.#listeners.get(channel);
    if (!listeners) return;
    const [first, ...rest] = notices.split("\x1e");
    const events = first === "ended" ? readEnds(rest) : [first ?? "", ...rest].map(readNotice);
    for (const event of events) for (const listener of listeners) listener(event);
  }
}

/** Ends of lone calls: each is its run, then its outcome, which is empty where it is large. */
function readEnds(words: readonly string[]): BrokerEvent[] {
  return Array.from({ length: words.length / 2 }, (_, i) => {
    const [run = "", outcome = ""] = words.slice(2 * i, 2 * i + 2);
    return { kind: "outcome", run, index: 0, ...(outcome !== "" && { outcome }) };
  });
}

/** "outcome run index", its text below where it is not large. */
function readNotice(notice: string): BrokerEvent {
  const end = notice.indexOf("\n");
  const [kind, run = "", index] = (end < 0 ? notice : notice.slice(0, end)).split(" ");
  const text = end < 0 ? undefined : notice.slice(end + 1);
  const node = { run, index: Number(index) };
  if (kind === "progress") return { kind, ...node, text: text ?? "" };
  if (kind === "cancel") return { kind, ...node };
  return { kind: "outcome", ...node, ...(text !== undefined && { outcome: text }) };
}
