/** A clock that stands still until it is told to move, and fires what is due on the way, in order. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../../runtime/clock.js";

export class VirtualClock implements Clock {
  #now = 1_000_000;
  readonly #timers = new Set<{ readonly due: number; readonly run: () => void }>();

  now = (): number => this.#now;

  after = (ms: number, run: () => void): (() => void) => {
    const timer = { due: this.#now + Math.max(0, ms), run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Moves on by `ms`; everything that becomes due happens, and what follows from it, before this resolves. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.due);
      next.run();
      await settle();
    }
    this.#now = until;
    await settle();
  }

  #next(until: number) {
    return [...this.#timers].filter(({ due }) => due <= until).sort((a, b) => a.due - b.due)[0];
  }
}

/** Lets everything happen that needs no time. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await nextTurn();
}
