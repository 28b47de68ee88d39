/** A server that comes back without what it had not yet put on disk: the end of its append-only file is cut off. */
import { readdirSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import type { RedisServer } from "../setup/redis.js";

/** Where a file ended at some moment. */
export class Bookmark {
  readonly #redis: RedisServer;
  readonly #file: string;
  readonly #end: number;

  /** What the server has on disk by now. */
  constructor(redis: RedisServer) {
    const folder = join(redis.folder, "appendonlydir");
    const [file] = readdirSync(folder).filter((name) => name.endsWith(".incr.aof"));
    this.#redis = redis;
    this.#file = join(folder, file ?? "");
    this.#end = statSync(this.#file).size;
  }

  /** The server crashes, and comes back with what it had then, and the beginning of what followed. */
  async crashBack(): Promise<void> {
    await this.#redis.crash();
    const { size } = statSync(this.#file);
    // A few bytes more: a command that was cut in the midst.
    truncateSync(this.#file, Math.min(size, this.#end + 7));
    await this.#redis.start();
  }
}
