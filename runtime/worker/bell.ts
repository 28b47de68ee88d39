/** A bell: whoever waits goes on when it rings, and a ring that nobody heard is kept for the next to wait. */
export class Bell {
  #rung = false;
  #waiting: (() => void)[] = [];

  ring(): void {
    if (this.#waiting.length === 0) {
      this.#rung = true;
      return;
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const hear of waiting) hear();
  }

  /** Resolves at the next ring, or at once if it has rung unheard. */
  wait(): Promise<void> {
    if (this.#rung) {
      this.#rung = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
