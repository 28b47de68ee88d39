/** The broker's overview -> what `tqc inspect` reports to programs. */

import type { Census, Overview } from "../../runtime/broker.js";
import { type AsideReport, asideReport, idOf } from "./aside.js";
import { heldBy } from "./held.js";
import { type ScheduleReport, schedulesOf } from "./schedules.js";
import { serves } from "./served.js";
import type { Throughput } from "./throughput.js";
import { momentText } from "./time-text.js";

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
  /** What was done lately; absent where it was not asked for. */
  readonly throughput?: Throughput;
}

/** What is read besides the overview. */
export interface More {
  readonly states?: Census;
  readonly throughput?: Throughput;
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
  /** Workers are given nothing of it, until `tqc resume`. */
  readonly paused: boolean;
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

/** What was read -> report. */
export function toGlance({ queues, workers, runs, aside }: Overview, { states, throughput }: More = {}): Glance {
  return {
    version: 1,
    queues: queues.map(({ name, ready, delayed, oldest, paused = false }) => ({
      name,
      ready,
      delayed,
      oldest: oldest === undefined ? null : momentText(oldest),
      workers: workers.filter((worker) => serves(worker, name)).length,
      paused,
    })),
    workers: workers.map(workerReport),
    runs: runs.map(({ id, state, open }) => ({ id, state, open })),
    ...(states && { states }),
    setAside: aside.map(asideReport),
    schedules: schedulesOf({ workers, runs }),
    ...(throughput && { throughput }),
  };
}

function workerReport(worker: Overview["workers"][number]): WorkerReport {
  const { id, host, pid, queues, concurrency, started, tasks, lease } = worker;
  const running = heldBy(worker).map(({ run, index, header }) => {
    return {
      id: header.id ?? idOf({ run, index, lone: header.lone }),
      task: header.task,
      attempt: header.attempt ?? 0,
    };
  });
  const moments = { started: momentText(started), leaseUntil: momentText(lease) };
  return { id, host, pid, queues, concurrency, ...moments, tasks, running };
}
