import { VirtualClock } from "../../runtime/virtual-clock.js";

/** A clock that stands still until a test moves it on. */
export class TestClock extends VirtualClock {
  constructor(start = Date.now()) {
    super(start);
  }

  /** Lets time pass; what is due by then runs, in order. */
  advance(ms: number): void {
    const until = this.now() + ms;
    while (this.step(until));
  }
}
