/** What a worker holds: attempts that run, and the moves of those that have ended and are still to be told. */
import type { Attempt } from "../attempt/attempt.js";
import { released } from "../attempt/moves.js";
import { perform } from "../attempt/perform.js";
import { type Ending, endingOf } from "../attempt/report.js";
import type { Move } from "../broker.js";
import { headOf } from "../brokers/routing.js";
import type { NodeIndex } from "../messages.js";
import { Ahead, type AheadParts } from "./ahead.js";
import { Ledger } from "./ledger.js";

export class Holdings {
  /** What has been done, for those who look in from outside. */
  readonly ledger = new Ledger();
  readonly #running = new Map<string, Attempt>();
  readonly #onEnd: () => void;
  readonly #endings: Record<Ending, number> = {
    success: 0,
    failure: 0,
    revoked: 0,
    retry: 0,
    replaced: 0,
    released: 0,
    setAside: 0,
  };
  /** How many attempts are being started: a task may look at its own worker before it first waits. */
  #starting = 0;
  #moves: Move[] = [];
  readonly #ahead: Ahead;
  #ranAhead = 0;

  constructor(parts: AheadParts, onEnd: () => void) {
    this.#onEnd = onEnd;
    this.#ahead = new Ahead(parts, (attempt, move) => {
      this.#ranAhead += 1;
      this.#note(attempt, endingOf(move));
    });
  }

  /** How many calls it would run ahead of their turn. */
  get wantedAhead(): number {
    return this.#ahead.wanted;
  }

  /** How many calls it has run ahead of their turn. */
  get ranAhead(): number {
    return this.#ranAhead;
  }

  /** How many attempts run. */
  get running(): number {
    return this.#running.size + this.#starting;
  }

  /** The attempts that run. */
  attempts(): readonly Attempt[] {
    return [...this.#running.values()];
  }

  /** Whether there is anything to tell the broker. */
  get hasMoves(): boolean {
    return this.#moves.length > 0;
  }

  /** How many attempts have ended in this way. */
  count(ending: Ending): number {
    return this.#endings[ending];
  }

  /** Starts an attempt; its move is kept when it has ended, which may be at once: whoever starts it has a look anyway. */
  start(attempt: Attempt): void {
    this.#starting += 1;
    const move = this.#perform(attempt);
    this.#starting -= 1;
    if (!(move instanceof Promise)) {
      this.#end(attempt, move);
      return;
    }
    this.#running.set(attempt.ticket, attempt);
    void move.then((later) => {
      // What was given back or lost in the meantime is no longer ours to settle.
      if (!this.#running.delete(attempt.ticket)) return;
      this.#end(attempt, later);
      this.#onEnd();
    });
  }

  #perform(attempt: Attempt): Move | Promise<Move> {
    const move = perform(attempt);
    if (!attempt.task.pure) return move;
    return move instanceof Promise
      ? move.then((later) => this.#ahead.follow(attempt, later))
      : this.#ahead.follow(attempt, move);
  }

  #end(attempt: Attempt, move: Move): void {
    this.#note(attempt, endingOf(move));
    this.#moves.push(move);
  }

  #note(attempt: Attempt, ending: Ending): void {
    this.ledger.note(attempt, ending);
    this.#endings[ending] += 1;
  }

  /** Keeps a move until it is taken. */
  add(move: Move): void {
    this.#endings[endingOf(move)] += 1;
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
    for (const attempt of this.attempts()) {
      this.#drop(attempt, reason);
      this.add(released(attempt));
    }
  }

  /** Fires the signals of those among `attempts` that are not held any more by the broker's books, and forgets them. */
  dropLost(attempts: readonly Attempt[], books: ReadonlySet<string>, reason: Error): number {
    // A call that was lost and claimed anew runs twice here: only its latest attempt is in the books.
    const latest = new Map(this.attempts().map((attempt) => [headOf(attempt.text), attempt]));
    const lost = attempts.filter((attempt) => {
      const head = headOf(attempt.text);
      return !books.has(head) || latest.get(head) !== attempt;
    });
    for (const attempt of lost) this.#drop(attempt, reason);
    return lost.length;
  }

  #drop(attempt: Attempt, reason: Error): void {
    this.#running.delete(attempt.ticket);
    attempt.abort(reason);
  }
}
