/** The ends a client has heard of lately, for whoever asks after one that has been told already. */
import type { BrokerEvent } from "../broker.js";

type End = Extract<BrokerEvent, { kind: "outcome" }>;

/** How many are remembered. Who asks later reads. */
const REMEMBERED = 1_000;

export class Notices {
  readonly #ends = new Map<string, { readonly end: End; readonly at: number }>();
  #since = Number.POSITIVE_INFINITY;

  /** Everything that ends from now on will be heard; what has ended before may have been missed. */
  begin(now: number): void {
    this.#since = now;
  }

  note(end: End, now: number): void {
    this.#ends.set(end.run, { end, at: now });
    if (this.#ends.size <= REMEMBERED) return;
    for (const [run, { at }] of this.#ends) {
      this.#ends.delete(run);
      // What was submitted later cannot be what is forgotten here.
      this.#since = Math.max(this.#since, at);
      return;
    }
  }

  /** How a run has ended, if that was heard. */
  endOf(run: string): End | undefined {
    return this.#ends.get(run)?.end;
  }

  /** Nothing is heard any more, and what was is of no use: the next broker may be another one. */
  clear(): void {
    this.#ends.clear();
    this.#since = Number.POSITIVE_INFINITY;
  }

  forget(run: string): void {
    this.#ends.delete(run);
  }

  /** Whether the end of a run that was submitted then could not have been missed, nor been forgotten since. */
  covers(submitted: number): boolean {
    return this.#since < submitted;
  }
}
