/** How much was done lately: what workers told, added up for a report. */
import type { History, TaskCounts } from "../../runtime/broker.js";

/** Attempts that ended, in stretches of time that end now. */
export interface Throughput {
  /** By slots of half a minute: those that began within the stretch. */
  readonly lastMinute: TaskCounts;
  readonly lastHour: TaskCounts;
  readonly lastDay: TaskCounts;
  /** By task, the busiest of the day first. */
  readonly tasks: readonly TaskThroughput[];
}

/** What was done of one task. */
export interface TaskThroughput {
  readonly task: string;
  /** Since the clock struck the hour, in UTC: tasks are counted by such hours. */
  readonly thisHour: TaskCounts;
  readonly lastDay: TaskCounts;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How far back the history is asked for. */
export const DAY = 24 * HOUR;

/** History -> throughput. */
export function toThroughput({ slots, tasks }: History, now: number): Throughput {
  const since = (ms: number) => total(slots.filter(({ at }) => at > now - ms));
  return {
    lastMinute: since(MINUTE),
    lastHour: since(HOUR),
    lastDay: since(DAY),
    tasks: byTask(tasks, now - (now % HOUR)),
  };
}

function byTask(hours: History["tasks"], thisHour: number): TaskThroughput[] {
  const found = new Map<string, History["tasks"][number][]>();
  for (const hour of hours) found.set(hour.task, [...(found.get(hour.task) ?? []), hour]);
  return [...found]
    .map(([task, own]) => ({ task, thisHour: total(own.filter(({ at }) => at >= thisHour)), lastDay: total(own) }))
    .sort((a, b) => ended(b.lastDay) - ended(a.lastDay) || (a.task < b.task ? -1 : 1));
}

function total(counts: readonly TaskCounts[]): TaskCounts {
  const sum = (ending: keyof TaskCounts) => counts.reduce((so, each) => so + each[ending], 0);
  return { succeeded: sum("succeeded"), failed: sum("failed"), retried: sum("retried") };
}

/** What has finally ended, well or not; an attempt that is made again has not. */
export function ended({ succeeded, failed }: TaskCounts): number {
  return succeeded + failed;
}
