/** A broker that cannot be reached: said once, tried again ever more slowly, and said when it is over. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../logger.js";

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

export class Outage {
  readonly #logger: Logger | undefined;
  readonly #ended = new AbortController();
  #pause = 0;

  constructor(logger: Logger | undefined) {
    this.#logger = logger;
  }

  /** Waits before the next try. */
  async pause(err: unknown): Promise<void> {
    if (this.#pause === 0) this.#logger?.error({ err }, "the broker cannot be reached; trying again until it can");
    this.#pause = Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, this.#pause * 2));
    await sleep(this.#pause, undefined, { signal: this.#ended.signal }).catch(() => {});
  }

  /** The broker has answered. */
  over(): void {
    if (this.#pause === 0) return;
    this.#pause = 0;
    this.#logger?.info("the broker can be reached again");
  }

  /** Waits no more. */
  end(): void {
    this.#ended.abort();
  }
}
