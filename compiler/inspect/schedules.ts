/** The periodic tasks: what live workers say of them, and the ticks that are sent ahead. */
import type { Overview } from "../../runtime/broker.js";
import { readTick } from "../../runtime/worker/schedule.js";
import { momentText } from "./time-text.js";

/** A periodic task, and its next tick. */
export interface ScheduleReport {
  readonly task: string;
  /** "every 5m", or the cron expression; null where no live worker knows the task. */
  readonly when: string | null;
  /** The time zone of a cron expression. */
  readonly timezone: string | null;
  /** The tick that is sent, by the id of its run, and when it is due; null where none is. */
  readonly next: { readonly id: string; readonly due: string } | null;
  /** How many live workers send its ticks. */
  readonly workers: number;
}

/** Overview -> its periodic tasks by name. A tick outlives the workers that sent it. */
export function schedulesOf({ workers, runs }: Pick<Overview, "workers" | "runs">): ScheduleReport[] {
  const cards = workers.flatMap(({ schedules = [] }) => schedules);
  const ticks = runs.flatMap(({ id }) => readTick(id) ?? []).sort((a, b) => a.due - b.due);
  const tasks = new Set([...cards, ...ticks].map(({ task }) => task));
  return [...tasks].sort().map((task) => {
    const card = cards.findLast((each) => each.task === task);
    const tick = ticks.find((each) => each.task === task);
    return {
      task,
      when: card?.when ?? null,
      timezone: card?.timezone ?? null,
      next: tick ? { id: tick.id, due: momentText(tick.due) } : null,
      workers: cards.filter((each) => each.task === task).length,
    };
  });
}
