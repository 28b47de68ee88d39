import { setImmediate as nextTurn } from "node:timers/promises";
import { VirtualClock } from "../../runtime/virtual-clock.js";

/** A clock that stands still until it is told to move, and lets everything happen on the way that follows from what is due. */
export class SettlingClock extends VirtualClock {
  constructor() {
    super(1_000_000);
  }

  /** Moves on by `ms`; everything that becomes due happens, and what follows from it, before this resolves. */
  async advance(ms: number): Promise<void> {
    const until = this.now() + ms;
    do await settle();
    while (this.step(until));
    await settle();
  }
}

/** Lets everything happen that needs no time. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await nextTurn();
}
