/** What workers told of their work, for a day: the history and the calls that ended last. */
import {
  type EndedCall,
  HISTORY_SLOT,
  type History,
  type HistorySlot,
  RECENT_CALLS,
  type TaskCounts,
  type WorkReport,
} from "../../broker.js";
import type { Clock } from "../../clock.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOTHING: TaskCounts = { succeeded: 0, failed: 0, retried: 0 };

/** One hour of it. */
interface Hour {
  readonly slots: Map<number, HistorySlot & { readonly ready: Map<string, number> }>;
  readonly tasks: Map<string, TaskCounts>;
}

export class Chronicle {
  readonly #clock: Clock;
  readonly #hours = new Map<number, Hour>();
  /** What each worker had told before. */
  readonly #counted = new Map<string, WorkReport["counts"]>();
  /** By the id and the moment: what is told twice is kept once. */
  readonly #ended = new Map<string, EndedCall>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes how long queues are. */
  sample(queues: readonly string[], sizeOf: (queue: string) => number): void {
    const now = this.#clock.now();
    for (const queue of queues) this.#slot(now).ready.set(queue, sizeOf(queue));
  }

  /** Counts what is more than the last time. A worker that nobody remembers is counted from here on. */
  note(worker: string, report: WorkReport = { counts: new Map(), ended: [] }): void {
    const before = this.#counted.get(worker);
    this.#counted.set(worker, report.counts);
    if (before) for (const [task, counts] of report.counts) this.#add(task, less(counts, before.get(task) ?? NOTHING));
    for (const call of report.ended) this.#ended.set(`${call.id} ${call.finished}`, call);
    const all = [...this.#ended].sort(([, a], [, b]) => a.finished - b.finished);
    for (const [key] of all.slice(0, -RECENT_CALLS)) this.#ended.delete(key);
  }

  /** A worker that has left tells nothing any more. */
  forget(worker: string): void {
    this.#counted.delete(worker);
  }

  history(since: number): History {
    const hours = [...this.#hours].filter(([at]) => at + HOUR > since);
    return {
      slots: hours.flatMap(([, { slots }]) => [...slots.values()].filter(({ at }) => at + HISTORY_SLOT > since)),
      tasks: hours.flatMap(([at, { tasks }]) => [...tasks].map(([task, counts]) => ({ at, task, ...counts }))),
    };
  }

  recent(limit: number): EndedCall[] {
    return [...this.#ended.values()].sort((a, b) => b.finished - a.finished).slice(0, limit);
  }

  #add(task: string, more: TaskCounts): void {
    const now = this.#clock.now();
    const { tasks, slots } = this.#hour(now);
    const slot = this.#slot(now);
    tasks.set(task, sum(tasks.get(task) ?? NOTHING, more));
    slots.set(slot.at, { ...slot, ...sum(slot, more) });
  }

  #slot(now: number) {
    const { slots } = this.#hour(now);
    const at = now - (now % HISTORY_SLOT);
    const slot = slots.get(at) ?? { at, ...NOTHING, ready: new Map<string, number>() };
    slots.set(at, slot);
    return slot;
  }

  #hour(now: number): Hour {
    const at = now - (now % HOUR);
    for (const old of this.#hours.keys()) if (old + DAY < at) this.#hours.delete(old);
    const hour: Hour = this.#hours.get(at) ?? { slots: new Map(), tasks: new Map() };
    this.#hours.set(at, hour);
    return hour;
  }
}

function sum(a: TaskCounts, b: TaskCounts): TaskCounts {
  return { succeeded: a.succeeded + b.succeeded, failed: a.failed + b.failed, retried: a.retried + b.retried };
}

/** What is more; nothing where it is less, as after a new start under an old name. */
function less(a: TaskCounts, b: TaskCounts): TaskCounts {
  const more = (ending: keyof TaskCounts) => Math.max(0, a[ending] - b[ending]);
  return { succeeded: more("succeeded"), failed: more("failed"), retried: more("retried") };
}
