/** What `tqc inspect` reports, as tables for people. */
import type { Glance, WorkerReport } from "./glance.js";
import type { ScheduleReport } from "./schedules.js";
import { type Table, tableLines } from "./table.js";
import { ended } from "./throughput.js";
import { agoText, lengthText } from "./time-text.js";

/** The parts that can be asked for by name. */
export const PARTS = ["queues", "workers", "runs", "aside", "schedules", "throughput"] as const;

export type Part = (typeof PARTS)[number];

/** A report, or one part of it, as lines for people. Periodic tasks, and what was done, are passed over in silence where there is nothing. */
export function glanceLines(glance: Glance, now: number, parts: readonly Part[] = present(glance)): string[] {
  return parts.flatMap((part, i) => [...(i === 0 ? [] : [""]), ...partLines(part, glance, now)]);
}

function present({ schedules, throughput }: Glance): readonly Part[] {
  const absent: readonly Part[] = [
    ...(schedules.length > 0 ? [] : (["schedules"] as const)),
    ...(throughput && throughput.tasks.length > 0 ? [] : (["throughput"] as const)),
  ];
  return PARTS.filter((part) => !absent.includes(part));
}

function partLines(part: Part, glance: Glance, now: number): string[] {
  const table = tableOf(part, glance, now);
  const lines = table.rows.length > 0 ? tableLines(shortened(table)) : [EMPTY[part]];
  const rest = table.rows.length - LONGEST;
  const more = rest > 0 ? [`and ${rest} more; \`--json\` has them`] : [];
  return [
    ...lines,
    ...more,
    ...(part === "runs" ? keptLines(glance) : []),
    ...(part === "throughput" ? totalLines(glance) : []),
  ];
}

/** How many rows of a table a person is shown. */
const LONGEST = 100;

function shortened({ head, rows }: Table): Table {
  return { head, rows: rows.slice(0, LONGEST) };
}

/** "kept: 3 SUCCESS, 1 FAILURE". */
function keptLines({ states }: Glance): string[] {
  const counts = Object.entries(states?.states ?? {}).filter(([, count]) => count > 0);
  if (counts.length === 0) return [];
  const text = counts.map(([state, count]) => `${count} ${state}`).join(", ");
  return [`kept: ${text}${states?.complete ? "" : ", as far as was counted"}`];
}

/** "all tasks: 2 in the last minute, ...". */
function totalLines({ throughput }: Glance): string[] {
  if (!throughput || throughput.tasks.length === 0) return [];
  const { lastMinute, lastHour, lastDay } = throughput;
  return [
    `all tasks: ${ended(lastMinute)} in the last minute, ${ended(lastHour)} in the last hour, ${ended(lastDay)} in the last day`,
  ];
}

const EMPTY: Readonly<Record<Part, string>> = {
  queues: "no messages wait in any queue",
  workers: "no worker is running",
  runs: "no canvas is open",
  aside: "nothing is set aside",
  schedules: "no task is periodic",
  throughput: "no worker has told of an end in the last day",
};

function tableOf(part: Part, glance: Glance, now: number): Table {
  const { queues, workers, runs, setAside, schedules, throughput } = glance;
  switch (part) {
    case "queues":
      return {
        head: ["QUEUE", "READY", "OLDEST", "DELAYED", "SERVED BY"],
        rows: queues.map(({ name, ready, oldest, delayed, workers: count, paused }) => [
          name,
          `${ready}`,
          oldest === null ? "-" : lengthText(now - Date.parse(oldest)),
          `${delayed}`,
          `${count === 0 ? "nobody" : `${count} worker${count === 1 ? "" : "s"}`}${paused ? ", paused" : ""}`,
        ]),
      };
    case "workers":
      return {
        head: ["WORKER", "BUSY", "UP", "QUEUES", "RUNNING"],
        rows: workers.map((worker) => workerRow(worker, now)),
      };
    case "runs":
      return { head: ["RUN", "STATE", "OPEN NODES"], rows: runs.map(({ id, state, open }) => [id, state, `${open}`]) };
    case "aside":
      return {
        head: ["SET ASIDE", "TASK", "REASON", "DELIVERIES", "SINCE"],
        rows: setAside.map(({ id, task, reason, deliveries, since }) => [
          id,
          task,
          reason,
          `${deliveries}`,
          agoText(Date.parse(since), now),
        ]),
      };
    case "schedules":
      return {
        head: ["PERIODIC", "WHEN", "NEXT TICK", "SENT BY"],
        rows: schedules.map((schedule) => scheduleRow(schedule, now)),
      };
    case "throughput":
      return {
        head: ["DONE", "THIS HOUR", "LAST DAY", "FAILED", "TRIED AGAIN"],
        rows: (throughput?.tasks ?? []).map(({ task, thisHour, lastDay }) => [
          task,
          `${ended(thisHour)}`,
          `${ended(lastDay)}`,
          `${lastDay.failed}`,
          `${lastDay.retried}`,
        ]),
      };
  }
}

function scheduleRow({ task, when, timezone, next, workers }: ScheduleReport, now: number): string[] {
  const zone = timezone === null ? "" : ` ${timezone}`;
  const left = next === null ? "-" : `in ${lengthText(Date.parse(next.due) - now)}`;
  return [
    task,
    when === null ? "-" : `${when}${zone}`,
    left,
    workers === 0 ? "nobody" : `${workers} worker${workers === 1 ? "" : "s"}`,
  ];
}

/** How many of the running tasks a row names. */
const NAMED = 3;

function workerRow({ id, running, concurrency, started, queues }: WorkerReport, now: number): string[] {
  const named = running.slice(0, NAMED).map(({ task, id: node }) => `${task} (${node})`);
  const more = running.length > NAMED ? [`and ${running.length - NAMED} more`] : [];
  const busy = `${running.length}/${concurrency}`;
  return [id, busy, lengthText(now - Date.parse(started)), queues.join(","), [...named, ...more].join(", ") || "-"];
}
