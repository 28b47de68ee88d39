/** How long somebody waits: until a time is up, or a signal fires. */
import type { Clock } from "../clock.js";
import { toMilliseconds } from "../duration.js";
import { ResultTimeoutError } from "../errors.js";
import type { Duration } from "../manifest.js";

/** How long to wait. Without either it is for as long as it takes. */
export interface WaitOptions {
  /** After this, `get` rejects with ResultTimeoutError; the work goes on. */
  readonly timeout?: Duration;
  /** When it fires, `get` rejects with its reason; the work goes on. */
  readonly signal?: AbortSignal;
}

/** What is waited for, and by whose clock. */
export interface Waiting {
  readonly id: string;
  readonly clock: Clock;
}

/** One wait's patience, counted from when it is made, over all its steps. */
export class Patience {
  readonly #waiting: Waiting;
  readonly #limit: number | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #since: number;

  constructor(waiting: Waiting, { timeout, signal }: WaitOptions) {
    this.#waiting = waiting;
    this.#limit = timeout === undefined ? undefined : toMilliseconds(timeout);
    this.#signal = signal;
    this.#since = waiting.clock.now();
  }

  /** What a step gives, if patience lasts for it; a step that is owed some time is given that much at least, in ms. */
  async during<T>(step: () => Promise<T>, owed = 0): Promise<T> {
    this.#signal?.throwIfAborted();
    if (this.#limit === undefined && !this.#signal) return step();
    const { clock } = this.#waiting;
    let giveUp: (reason: unknown) => void = () => {};
    const givenUp = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    const onAbort = () => giveUp(this.#signal?.reason);
    const left = this.#limit === undefined ? undefined : Math.max(owed, this.#limit - (clock.now() - this.#since));
    const stopTimer = left === undefined ? undefined : clock.after(left, () => giveUp(this.#timedOut()));
    this.#signal?.addEventListener("abort", onAbort);
    try {
      return await Promise.race([step(), givenUp]);
    } finally {
      stopTimer?.();
      this.#signal?.removeEventListener("abort", onAbort);
    }
  }

  #timedOut(): ResultTimeoutError {
    return new ResultTimeoutError(
      `${this.#waiting.id} had not ended after ${this.#limit} ms; the work goes on, and get() may be called again`,
    );
  }
}
