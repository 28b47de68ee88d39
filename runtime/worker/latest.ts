/** The calls that ended last, in one state. */
import type { EndedCall } from "../broker.js";

/** How many are told of: enough to follow a calm worker, and never much to tell. */
const KEPT = 50;

/** Of each run it keeps one call, or a wide one would hide all others. This is told of every task, so it does next to nothing. */
export class Latest {
  /** Runs of one call end once, so the latest simply takes the place of the oldest. */
  readonly #lone: EndedCall[] = [];
  #oldest = 0;
  readonly #runs = new Map<string, EndedCall>();
  #run: string | undefined;

  /** Notes the end of a call; `isLone` where its run has no other. */
  add(call: EndedCall, isLone: boolean): void {
    if (isLone) {
      this.#lone[this.#oldest] = call;
      this.#oldest = (this.#oldest + 1) % KEPT;
    } else this.#addOfMany(call);
  }

  /** Those that ended last, in order. */
  calls(): EndedCall[] {
    const lone = [...this.#lone.slice(this.#oldest), ...this.#lone.slice(0, this.#oldest)];
    return [...lone, ...this.#runs.values()].sort((a, b) => a.finished - b.finished).slice(-KEPT);
  }

  #addOfMany(call: EndedCall): void {
    // The latest stand last; mostly it does already, since calls of one run end side by side.
    if (this.#run !== call.run) this.#runs.delete(call.run);
    this.#run = call.run;
    this.#runs.set(call.run, call);
    if (this.#runs.size < 2 * KEPT) return;
    // Cut back now and then rather than each time.
    for (const run of [...this.#runs.keys()].slice(0, KEPT)) this.#runs.delete(run);
  }
}
