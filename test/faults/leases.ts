/** The leases of the workers, as the server itself tells of them: no network that is cut stands between. */
import { EventEmitter, once } from "node:events";
import type { Redis } from "ioredis";
import { openClient } from "../setup/client.js";

const CHANNEL = "__keyevent@0__:";

export class Leases {
  /** What makes redis-server tell when a key gets a time to live, and when that has run out. */
  static readonly ARGS = ["--notify-keyspace-events", "Exg"] as const;

  readonly #client: Redis;
  readonly #events = new EventEmitter();
  readonly #held = new Set<string>();

  private constructor(client: Redis) {
    this.#client = client;
    client.on("message", (channel: string, key: string) => this.#hear(channel.slice(CHANNEL.length), key));
  }

  static async watch(url: string): Promise<Leases> {
    const leases = new Leases(openClient(url));
    await leases.#client.subscribe(`${CHANNEL}expire`, `${CHANNEL}expired`);
    return leases;
  }

  /** Resolves when a worker holds a lease. Without one, none could run out. */
  async one(): Promise<void> {
    while (this.#held.size === 0) await once(this.#events, "expire");
  }

  /** Resolves when one runs out. */
  async end(): Promise<void> {
    await once(this.#events, "expired");
  }

  close(): void {
    this.#client.disconnect();
  }

  #hear(...[event, key]: [string, string]): void {
    if (!key.startsWith("{tqc:0}:worker:")) return;
    if (event === "expire") this.#held.add(key);
    else this.#held.delete(key);
    this.#events.emit(event);
  }
}
