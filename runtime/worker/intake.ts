/** What comes in: calls that are started, or go back. */
import { Attempt, type Host } from "../attempt/attempt.js";
import type { KnownTasks } from "../attempt/known.js";
import { released } from "../attempt/moves.js";
import { open } from "../attempt/perform.js";
import type { Claim } from "../broker.js";
import type { Appetite } from "./appetite.js";
import type { Holdings } from "./holdings.js";

export interface IntakeParts {
  readonly host: Host;
  readonly tasks: KnownTasks;
  readonly holdings: Holdings;
  readonly appetite: Appetite;
}

export class Intake {
  readonly #parts: IntakeParts;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Starts what was claimed; what arrives after the call to drain goes back unspent. */
  claimed(claims: readonly Claim[]): void {
    const { host, tasks, holdings, appetite } = this.#parts;
    for (const claim of claims) {
      const opened = appetite.isOver ? released(claim) : open(claim, host, tasks);
      if (opened instanceof Attempt) {
        appetite.start();
        holdings.start(opened);
      } else holdings.add(opened);
    }
  }

  /** What was handed to a worker that has got work elsewhere meanwhile goes to another. */
  handed(claims: readonly Claim[]): void {
    if (this.#parts.appetite.room > 0) this.claimed(claims);
    else for (const claim of claims) this.#parts.holdings.add(released(claim));
  }
}
