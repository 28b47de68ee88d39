/** How many of so many things have ended. */
export class Progress {
  readonly #all: number;
  readonly #waiting = new Set<() => void>();
  #ended = 0;

  constructor(all: number) {
    this.#all = all;
  }

  get done(): boolean {
    return this.#ended === this.#all;
  }

  /** One more has ended. */
  step(): void {
    this.#ended += 1;
    for (const look of this.#waiting) look();
  }

  /** Resolves when so many more have ended, or all. */
  further(count: number): Promise<void> {
    const until = Math.min(this.#all, this.#ended + count);
    return new Promise((resolve) => {
      const look = () => {
        if (this.#ended < until) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
}
