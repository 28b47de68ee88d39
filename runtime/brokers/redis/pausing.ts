/** The queues that give nothing for now: a hash in the first partition, from each name to the moment since when. */
import type { Server } from "./server.js";

/** What a broker knows of them. A worker looks now and then, so that its exchanges ask for nothing more than before. */
export class Pausing {
  readonly #server: Server;
  #known: ReadonlySet<string> = new Set();

  constructor(server: Server) {
    this.#server = server;
  }

  /** Pauses a queue, or lets it go on. */
  async pause(queue: string, paused: boolean): Promise<"ok" | "same"> {
    const changed = await this.#server.commands.use((client) =>
      paused ? client.hsetnx(this.#key, queue, Date.now()) : client.hdel(this.#key, queue),
    );
    await this.look();
    return changed === 1 ? "ok" : "same";
  }

  /** Asks which are paused. */
  async look(): Promise<ReadonlySet<string>> {
    this.#known = new Set(await this.#server.commands.look((client) => client.hkeys(this.#key)));
    return this.#known;
  }

  /** Those of the queues that are not paused, as far as is known. */
  open(queues: readonly string[]): readonly string[] {
    return this.#known.size === 0 ? queues : queues.filter((queue) => !this.#known.has(queue));
  }

  get #key(): string {
    return `${this.#server.bases[0] ?? ""}paused`;
  }
}
