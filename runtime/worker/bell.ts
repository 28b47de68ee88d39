/** A bell: whoever waits goes on when it rings, and a ring that nobody heard is kept for the next to wait. */
export class Bell {
  #rung = false;
  #hear: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#hear?.();
    this.#hear = undefined;
  }

  /** Resolves at the next ring, or at once if it has rung since the last wait. One waits at a time. */
  async wait(): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        this.#hear = resolve;
      });
    }
    this.#rung = false;
  }
}
