/**
 * Pure calls run ahead of their turn. A pure call's value depends on its arguments alone and it does nothing else, so a worker
 * need not wait until the end of the one before it is recorded: it runs as many as it was shown, and settles all of them in
 * one exchange. Stream processors call this operator fusion. The broker records each end only when its turn comes; where the run
 * was revoked meanwhile, or the worker dies, it is as if nothing had been run.
 */
import type { Attempt, Host } from "../attempt/attempt.js";
import type { KnownTask, KnownTasks } from "../attempt/known.js";
import { open, perform } from "../attempt/perform.js";
import type { AheadEnd, Move } from "../broker.js";
import { Pace } from "./pace.js";

type Settle = Extract<Move, { kind: "settle" }>;

export interface AheadParts {
  readonly host: Host;
  readonly tasks: KnownTasks;
}

/** How long the end of a call may be kept back for those that are run ahead of it, ms. */
const PATIENCE = 5;

/** How many calls it is shown at first, and at most: some ten kilobytes. */
const FIRST = 4;
const MOST = 64;

/** A call that has ended, and those after it so far. */
interface Row {
  readonly lead: Attempt;
  readonly move: Settle;
  readonly ended: Settle[];
  /** When the lead ended, ms since the epoch. */
  readonly since: number;
}

export class Ahead {
  readonly #host: Host;
  readonly #tasks: KnownTasks;
  readonly #onEnd: (attempt: Attempt, move: Move) => void;
  readonly #pace = new Pace();
  #wanted = FIRST;

  /** `onEnd` is told of each call that was run ahead. */
  constructor({ host, tasks }: AheadParts, onEnd: (attempt: Attempt, move: Move) => void) {
    // What cannot be run here is refused when its turn comes, and told then.
    this.#host = { ...host, aside: undefined };
    this.#tasks = tasks;
    this.#onEnd = onEnd;
  }

  /** How many calls it would run ahead: as many as it lately had the time for, and then twice as many. */
  get wanted(): number {
    return this.#wanted;
  }

  /** A pure call has come to this end: runs on, and gives the end of all of them. Waits only where one of them does. */
  follow(lead: Attempt, move: Move): Move | Promise<Move> {
    const since = this.#host.clock.now();
    this.#pace.note(lead.task.name, since - lead.started);
    if (!lead.ahead || move.kind !== "settle") return move;
    return this.#goOn({ lead, move, ended: [], since });
  }

  #goOn(row: Row): Move | Promise<Move> {
    for (let next = this.#next(row); next; next = this.#next(row)) {
      const attempt = next;
      row.lead.follower = attempt;
      const move = perform(attempt);
      if (move instanceof Promise) {
        return move.then((later) => (this.#add(row, attempt, later) ? this.#goOn(row) : this.#close(row)));
      }
      if (!this.#add(row, attempt, move)) break;
    }
    return this.#close(row);
  }

  /** The next call of a row; undefined where it has to wait for its turn. */
  #next({ lead, move, ended, since }: Row): Attempt | undefined {
    const last = ended.at(-1) ?? move;
    const text = lead.ahead?.[ended.length];
    const isLate = this.#host.clock.now() - since >= PATIENCE;
    if (text === undefined || last.given === undefined || lead.reason || isLate) return undefined;
    const claim = { ticket: lead.ticket, text: `${text}\n${last.given}` };
    const next = open(claim, this.#host, this.#tasks);
    if (!("message" in next) || next.message.queue !== lead.message.queue) return undefined;
    return isFree(next.task) && this.#pace.of(next.task.name) < PATIENCE ? next : undefined;
  }

  /** Adds an end to a row: whether it goes on behind that. What is no end comes when its turn has come. */
  #add({ ended }: Row, attempt: Attempt, move: Move): boolean {
    if (move.kind !== "settle") return false;
    this.#pace.note(attempt.task.name, this.#host.clock.now() - attempt.started);
    this.#onEnd(attempt, move);
    ended.push(move);
    return move.outcome.startsWith("SUCCESS");
  }

  #close({ lead, move, ended }: Row): Move {
    lead.follower = undefined;
    const shown = lead.ahead?.length ?? 0;
    this.#wanted =
      ended.length === shown ? Math.min(MOST, Math.max(this.#wanted, 2 * shown)) : Math.max(1, ended.length);
    return ended.length === 0 ? move : { ...move, ahead: ended.map(endOf) };
  }
}

/** Whether nobody else has a say in when and where a task runs. */
function isFree({ pure, rate, module }: KnownTask): boolean {
  return pure && rate === undefined && module === undefined;
}

function endOf({ index, edges, outcome, given }: Settle): AheadEnd {
  return { index, edges, outcome, ...(given !== undefined && { given }) };
}
