/** The broker's overview -> what `tqc inspect` reports: one object for programs, its parts as tables for people. */

import type { AsideRecord, Census, Overview } from "../../runtime/broker.js";
import type { CallHeader } from "../../runtime/messages.js";
import { nodeId, readMessage } from "../../runtime/wire.js";
import { heldBy } from "./held.js";
import { type ScheduleReport, schedulesOf } from "./schedules.js";
import { serves } from "./served.js";
import { type Table, tableLines } from "./table.js";
import { agoText, lengthText, momentText } from "./time-text.js";

/** What `tqc inspect --json` prints. Moments are ISO 8601, lengths of time milliseconds. */
export interface Glance {
  readonly version: 1;
  readonly queues: readonly QueueReport[];
  readonly workers: readonly WorkerReport[];
  /** Canvases that are open, 10,000 at most. */
  readonly runs: readonly { readonly id: string; readonly state: "PENDING" | "STARTED"; readonly open: number }[];
  /** How many runs are kept, by state; absent where they were not counted. */
  readonly states?: Census;
  readonly setAside: readonly AsideReport[];
  readonly schedules: readonly ScheduleReport[];
}

export interface QueueReport {
  readonly name: string;
  /** Messages that can start now. */
  readonly ready: number;
  /** Messages that wait for a time. */
  readonly delayed: number;
  /** When the first of the ready ones was submitted; null where none is ready. */
  readonly oldest: string | null;
  /** How many live workers serve it. */
  readonly workers: number;
}

export interface WorkerReport {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly queues: readonly string[];
  readonly concurrency: number;
  readonly started: string;
  /** When others may take what it holds, unless it is heard of before. */
  readonly leaseUntil: string;
  readonly tasks: readonly string[];
  readonly running: readonly { readonly id: string; readonly task: string; readonly attempt: number }[];
}

export interface AsideReport {
  readonly id: string;
  readonly task: string;
  readonly reason: AsideRecord["reason"];
  readonly deliveries: number;
  readonly since: string;
}

/** The parts that can be asked for by name. */
export const PARTS = ["queues", "workers", "runs", "aside", "schedules"] as const;

export type Part = (typeof PARTS)[number];

/** Overview and census -> report. */
export function toGlance({ queues, workers, runs, aside }: Overview, states?: Census): Glance {
  return {
    version: 1,
    queues: queues.map(({ name, ready, delayed, oldest }) => ({
      name,
      ready,
      delayed,
      oldest: oldest === undefined ? null : momentText(oldest),
      workers: workers.filter((worker) => serves(worker, name)).length,
    })),
    workers: workers.map(workerReport),
    runs: runs.map(({ id, state, open }) => ({ id, state, open })),
    ...(states && { states }),
    setAside: aside.map(asideReport),
    schedules: schedulesOf({ workers, runs }),
  };
}

function workerReport(worker: Overview["workers"][number]): WorkerReport {
  const { id, host, pid, queues, concurrency, started, tasks, lease } = worker;
  const running = heldBy(worker).map(({ run, index, header }) => {
    return { id: header.id ?? idOf(run, index, header.lone), task: header.task, attempt: header.attempt ?? 0 };
  });
  const moments = { started: momentText(started), leaseUntil: momentText(lease) };
  return { id, host, pid, queues, concurrency, ...moments, tasks, running };
}

function asideReport({ run, index, task, reason, deliveries, since, text }: AsideRecord): AsideReport {
  const header = headerOf(text);
  const id = header?.id ?? idOf(run, index, header?.lone);
  return { id, task, reason, deliveries, since: momentText(since) };
}

/** A lone call is its run's result; which node is that of a larger run is not told here, so each goes by its place. */
function idOf(run: string, index: number, lone: true | undefined): string {
  return nodeId(run, index, lone ? index : -1);
}

/** What was set aside may not be readable; then its own place names it. */
function headerOf(text: string): CallHeader | undefined {
  try {
    return readMessage(text).header;
  } catch {
    return undefined;
  }
}

/** A report, or one part of it, as lines for people. Periodic tasks are passed over in silence where there are none. */
export function glanceLines(glance: Glance, now: number, parts: readonly Part[] = present(glance)): string[] {
  return parts.flatMap((part, i) => [...(i === 0 ? [] : [""]), ...partLines(part, glance, now)]);
}

function present({ schedules }: Glance): readonly Part[] {
  return PARTS.filter((part) => part !== "schedules" || schedules.length > 0);
}

function partLines(part: Part, glance: Glance, now: number): string[] {
  const table = tableOf(part, glance, now);
  const lines = table.rows.length > 0 ? tableLines(shortened(table)) : [EMPTY[part]];
  const rest = table.rows.length - LONGEST;
  const more = rest > 0 ? [`and ${rest} more; \`--json\` has them`] : [];
  return [...lines, ...more, ...(part === "runs" ? keptLines(glance) : [])];
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

const EMPTY: Readonly<Record<Part, string>> = {
  queues: "no messages wait in any queue",
  workers: "no worker is running",
  runs: "no canvas is open",
  aside: "nothing is set aside",
  schedules: "no task is periodic",
};

function tableOf(part: Part, { queues, workers, runs, setAside, schedules }: Glance, now: number): Table {
  switch (part) {
    case "queues":
      return {
        head: ["QUEUE", "READY", "OLDEST", "DELAYED", "SERVED BY"],
        rows: queues.map(({ name, ready, oldest, delayed, workers: count }) => [
          name,
          `${ready}`,
          oldest === null ? "-" : lengthText(now - Date.parse(oldest)),
          `${delayed}`,
          count === 0 ? "nobody" : `${count} worker${count === 1 ? "" : "s"}`,
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
