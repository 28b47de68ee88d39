/** Looks again and again while somebody wants to know. */

/** How a poll goes on. */
export interface PollOptions {
  /** Looks once. What it throws ends nothing: it is told to `failed`. */
  look(): Promise<void>;
  failed(error: unknown): void;
  /** Milliseconds between two looks, where looking is cheap. */
  readonly pause: number;
}

/** Between two looks, how many times as long as the last one took: what is dear to read is read less often. */
const REST = 4;

export class Poll {
  readonly #options: PollOptions;
  #wanted = false;
  #looking = false;
  #again = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PollOptions) {
    this.#options = options;
  }

  /** Looks at once, and again and again, until `stop`. */
  start(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.hurry();
  }

  stop(): void {
    this.#wanted = false;
    clearTimeout(this.#timer);
  }

  /** Looks now: something has changed. */
  hurry(): void {
    if (this.#looking) this.#again = true;
    else if (this.#wanted) void this.#look();
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    this.#looking = true;
    const took = await this.#time();
    this.#looking = false;
    if (!this.#wanted) return;
    const pause = Math.max(this.#options.pause, took * REST);
    const again = this.#again;
    this.#again = false;
    this.#timer = setTimeout(() => void this.#look(), again ? 0 : pause);
    this.#timer.unref();
  }

  /** How long a look took, ms; nothing where it failed, since waiting for an answer costs nobody anything. */
  async #time(): Promise<number> {
    const began = performance.now();
    try {
      await this.#options.look();
      return performance.now() - began;
    } catch (error) {
      this.#options.failed(error);
      return 0;
    }
  }
}
