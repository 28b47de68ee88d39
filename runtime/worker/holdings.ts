/** What a worker holds: attempts that run, and the moves of those that have ended and are still to be told. */
import type { Attempt } from "../attempt/attempt.js";
import { released } from "../attempt/moves.js";
import { type Ending, endingOf } from "../attempt/report.js";
import { perform } from "../attempt.js";
import type { Move } from "../broker.js";
import type { NodeIndex } from "../messages.js";

export class Holdings {
  readonly #running = new Map<string, Attempt>();
  readonly #onEnd: () => void;
  readonly #endings = new Map<Ending, number>();
  #moves: Move[] = [];

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** Attempts that run. */
  get running(): number {
    return this.#running.size;
  }

  /** Whether there is anything to tell the broker. */
  get hasMoves(): boolean {
    return this.#moves.length > 0;
  }

  /** How many attempts have ended in this way. */
  count(ending: Ending): number {
    return this.#endings.get(ending) ?? 0;
  }

  /** Starts an attempt; its move is kept when it has ended. */
  start(attempt: Attempt): void {
    this.#running.set(attempt.ticket, attempt);
    void perform(attempt)
      .catch(() => released(attempt))
      .then((move) => {
        // What was given back or lost in the meantime is no longer ours to settle.
        if (!this.#running.delete(attempt.ticket)) return;
        this.add(move);
      });
  }

  /** Keeps a move until it is taken. */
  add(move: Move): void {
    const ending = endingOf(move);
    this.#endings.set(ending, this.count(ending) + 1);
    this.#moves.push(move);
    this.#onEnd();
  }

  /** All moves so far. */
  take(): Move[] {
    const moves = this.#moves;
    this.#moves = [];
    return moves;
  }

  /** Moves that could not be told go first the next time. */
  putBack(moves: readonly Move[]): void {
    this.#moves = [...moves, ...this.#moves];
  }

  /** Fires the signal of a revoked call, if it runs here. */
  revoke(run: string, index: NodeIndex): void {
    for (const attempt of this.#running.values()) {
      if (attempt.message.run === run && attempt.message.index === index) attempt.revoke();
    }
  }

  /** Fires all signals and gives back, unspent, whatever runs. */
  releaseAll(reason: Error): void {
    for (const attempt of this.#stopAll(reason)) this.add(released(attempt));
  }

  /** Fires all signals and forgets whatever is held: it has been given to others. */
  dropAll(reason: Error): number {
    const dropped = this.#stopAll(reason).length + this.#moves.length;
    this.#moves = [];
    return dropped;
  }

  #stopAll(reason: Error): Attempt[] {
    const attempts = [...this.#running.values()];
    this.#running.clear();
    for (const attempt of attempts) attempt.abort(reason);
    return attempts;
  }
}
