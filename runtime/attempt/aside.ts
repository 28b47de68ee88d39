/** What a worker's log says of messages that it sets aside: the first of each reason at once, and the rest of a flood as a count. */
import type { AsideReason } from "../broker.js";
import type { Clock } from "../clock.js";
import type { LogFields, Logger } from "../logger.js";

/** A message that this worker cannot run, and why. */
export interface Refusal {
  readonly reason: AsideReason;
  /** Empty where the message does not say. */
  readonly task: string;
  readonly id?: string;
  /** What else is known of it. */
  readonly fields?: LogFields;
  /** What was found, where the reason alone does not say it. */
  readonly found?: string;
}

export interface AsideParts {
  readonly logger: Logger;
  readonly clock: Clock;
  readonly worker: string;
}

/** Between two lines of one reason, ms. */
const PAUSE = 10_000;
/** How many tasks a line names. */
const NAMED = 3;

/** What was found, and what to do about it. */
const SAYS: Readonly<Record<AsideReason, readonly [found: string, help: string]>> = {
  "unknown-task": ["no such task is registered here", "start a worker whose registry has it, and it gets the message"],
  incompatible: [
    "its arguments do not fit the contract of this worker",
    "start a worker built from its sender's sources, and it gets the message",
  ],
  undecodable: ["it cannot be read here", "look at it with `tqc inspect aside --json`"],
  unsigned: [
    "nobody whose key this worker has signed it",
    "give its sender a key that this worker has, or look for who sent it",
  ],
  poison: ["workers died under it too often", "look at it with `tqc inspect aside`"],
};

export class AsideLog {
  readonly #parts: AsideParts;
  /** Per reason, what came since its last line: how many of each task. */
  readonly #since = new Map<AsideReason, { readonly tasks: Map<string, number>; readonly cancel: () => void }>();

  constructor(parts: AsideParts) {
    this.#parts = parts;
  }

  /** Says that a message is set aside, now or with others like it. */
  tell(refusal: Refusal): void {
    const { reason, task } = refusal;
    const since = this.#since.get(reason);
    if (since) since.tasks.set(task, (since.tasks.get(task) ?? 0) + 1);
    else {
      this.#warn(refusal);
      this.#count(reason);
    }
  }

  /** Says what is still to be said. */
  end(): void {
    for (const reason of [...this.#since.keys()]) this.#sum(reason);
  }

  #count(reason: AsideReason): void {
    const cancel = this.#parts.clock.after(PAUSE, () => {
      // As long as they keep coming, they are counted.
      if (this.#sum(reason)) this.#count(reason);
    });
    this.#since.set(reason, { tasks: new Map(), cancel });
  }

  #warn({ reason, task, id, fields, found = SAYS[reason][0] }: Refusal): void {
    const { logger, worker } = this.#parts;
    logger.warn(
      { ...(task && { task }), ...(id !== undefined && { id }), reason, worker, ...fields },
      `${task || "a message"} was set aside: ${found}; ${SAYS[reason][1]}`,
    );
  }

  /** One line for all of a reason since its last one. Says whether there were any. */
  #sum(reason: AsideReason): boolean {
    const { tasks, cancel } = this.#since.get(reason) ?? { tasks: new Map<string, number>(), cancel: () => {} };
    cancel();
    this.#since.delete(reason);
    const count = [...tasks.values()].reduce((sum, each) => sum + each, 0);
    if (count === 0) return false;
    const { logger, worker } = this.#parts;
    logger.warn(
      { reason, count, worker },
      `${count} more ${count === 1 ? "was" : "were"} set aside (${namesOf(tasks)}): ${SAYS[reason].join("; ")}`,
    );
    return true;
  }
}

/** The tasks with the most messages first. */
function namesOf(tasks: ReadonlyMap<string, number>): string {
  const most = [...tasks].sort(([, a], [, b]) => b - a).map(([task]) => task || "no task");
  const others = most.length - NAMED;
  return [...most.slice(0, NAMED), ...(others > 0 ? [`${others} other${others === 1 ? "" : "s"}`] : [])].join(", ");
}
