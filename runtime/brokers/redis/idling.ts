/** An idle worker blocks on the wake keys of its queues, on a connection of its own. */
import type { Consuming } from "../../broker.js";
import { Connection } from "./connection.js";
import { wake } from "./scripts.gen.js";
import type { Server } from "./server.js";

export class Idling {
  readonly #server: Server;
  readonly #connection: Connection;
  #closed = false;
  #id: number | undefined;

  constructor(server: Server) {
    this.#server = server;
    this.#connection = new Connection(server.address, server.options, "blocking");
    this.#connection.client.on("close", () => {
      this.#id = undefined;
    });
  }

  /** Resolves when one of the queues may have work, after `ms`, or when `signal` fires. */
  idle({ queues, ms, signal }: Parameters<Consuming["idle"]>[0]): Promise<void> {
    if (signal.aborted || this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const over = () => {
        clearTimeout(late);
        signal.removeEventListener("abort", over);
        resolve();
      };
      // The server ends the wait by itself; this one is for a server that is not there.
      const late = setTimeout(over, ms + 1000);
      signal.addEventListener("abort", over, { once: true });
      this.#block(queues, ms, signal).then(over, over);
    });
  }

  close(): void {
    this.#closed = true;
    this.#connection.close();
  }

  async #block(queues: readonly string[], ms: number, ends: AbortSignal): Promise<void> {
    const keys = this.#server.bases.flatMap((base) => queues.map((queue) => `${base}wake:${queue}`));
    const unblock = () => void this.#unblock();
    try {
      await this.#connection.use(async (client) => {
        this.#id ??= (await client.call("CLIENT", "ID")) as number;
        if (ends.aborted) return;
        ends.addEventListener("abort", unblock, { once: true });
        const token = await client.blpop(...keys, Math.max(0.001, ms / 1000));
        // Taken in vain: another may need it.
        if (token && ends.aborted) await this.#giveBack(token[0]);
      });
    } catch {
      // The next exchange waits for the connection, and says so if there is none.
    } finally {
      ends.removeEventListener("abort", unblock);
    }
  }

  async #unblock(): Promise<void> {
    if (this.#id === undefined) return;
    await this.#server.commands.use((client) => client.call("CLIENT", "UNBLOCK", String(this.#id))).catch(() => {});
  }

  async #giveBack(key: string): Promise<void> {
    const [base = "", queue = ""] = key.split("wake:");
    await this.#server.commands.run(wake({ base, take: [queue] }));
  }
}

/** Resolves after `ms`, or when the signal fires. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal.aborted) done();
    else signal.addEventListener("abort", done, { once: true });
  });
}
