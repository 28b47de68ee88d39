/**
 * What is told of a broker, apart from the work itself: workers and what they did, runs as they are stored, queues at a
 * glance. Texts are read with `wire.ts`.
 */
import type { MessageText, NodeIndex, OutcomeText, TaskState } from "./messages.js";

/** Why a message was set aside. */
export type AsideReason = "unknown-task" | "incompatible" | "undecodable" | "unsigned" | "poison";

/** A worker as others see it. */
export interface WorkerCard {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly queues: readonly string[];
  readonly concurrency: number;
  readonly started: number;
  /** Task names it knows. */
  readonly tasks: readonly string[];
  /** The periodic tasks whose ticks it sends; absent where it sends none. */
  readonly schedules?: readonly ScheduleCard[];
}

/** A periodic task as its workers announce it. */
export interface ScheduleCard {
  readonly task: string;
  /** "every 5m", or a cron expression. */
  readonly when: string;
  /** That of the cron expression. */
  readonly timezone?: string;
}

/** How attempts of a task have ended. */
export interface TaskCounts {
  readonly succeeded: number;
  readonly failed: number;
  /** Failed, to be tried again. */
  readonly retried: number;
}

/** A call that has ended, as the worker that ran it tells. */
export interface EndedCall {
  /** The id that opens it. */
  readonly id: string;
  readonly run: string;
  readonly index: NodeIndex;
  readonly task: string;
  readonly state: Extract<TaskState, "SUCCESS" | "FAILURE" | "REVOKED">;
  /** Milliseconds since the epoch. */
  readonly submitted: number;
  readonly finished: number;
}

/** What a worker tells of its work with its signs of life. Told twice, it counts once. */
export interface WorkReport {
  /** Attempts that have ended since the worker started, by task. */
  readonly counts: ReadonlyMap<string, TaskCounts>;
  /** Calls that have ended of late: some of them, where they are many. */
  readonly ended: readonly EndedCall[];
}

/** What was done in a stretch of time, as workers told of it. */
export interface HistorySlot extends TaskCounts {
  /** When it began, ms since the epoch. It lasts `HISTORY_SLOT`. */
  readonly at: number;
  /** How many messages were ready, by queue: those that a worker looked at. */
  readonly ready: ReadonlyMap<string, number>;
}

/** Milliseconds that a slot of the history lasts. */
export const HISTORY_SLOT = 30_000;

/** How many ended calls are kept for `recent`. */
export const RECENT_CALLS = 1_000;

/** What live workers did, for a day. */
export interface History {
  /** Oldest first; a stretch in which nobody told anything has none. */
  readonly slots: readonly HistorySlot[];
  /** By the hour in which they ended and by task: `at` is when that hour began. */
  readonly tasks: readonly (TaskCounts & { readonly at: number; readonly task: string })[];
}

/** A run as it is stored; texts are read with `wire.ts`. */
export interface RunRecord {
  readonly run: string;
  readonly result: NodeIndex;
  /** Nodes that have not ended. */
  readonly open: number;
  readonly shape?: string;
  readonly outcomes: ReadonlyMap<NodeIndex, OutcomeText>;
  /** Nodes that are leased, with their worker and since when (ms). */
  readonly leased: ReadonlyMap<
    NodeIndex,
    { readonly worker: string; readonly since: number; readonly attempt: number; readonly task: string }
  >;
  /** Nodes that wait for a time, with their failed attempts. */
  readonly delayed: ReadonlyMap<
    NodeIndex,
    { readonly due: number; readonly attempt: number; readonly task: string; readonly reason: DelayReason }
  >;
  readonly aside: ReadonlyMap<NodeIndex, AsideRecord>;
  /** What running tasks said of themselves: [index, JSON of { done, total }]. */
  readonly progress: ReadonlyMap<NodeIndex, string>;
}

/** Why a call waits for a time: its sender said so, it failed, it has its turn then, or a worker could not prepare it just now. */
export type DelayReason = "countdown" | "retry" | "rate-limit" | "pause";

/** A call that is ready, where it stands. */
export interface Located {
  /** Its message without what it is called with. */
  readonly head: string;
  /** How many messages of its queue come before it. */
  readonly ahead: number;
}

/** How many runs are kept, by state. Single calls count once they have ended. */
export interface Census {
  readonly states: Readonly<Record<Exclude<TaskState, "RETRY">, number>>;
  /** Whether all were counted: no more than `limit` of each kind are looked at. */
  readonly complete: boolean;
}

export interface AsideRecord {
  readonly run: string;
  readonly index: NodeIndex;
  readonly task: string;
  readonly reason: AsideReason;
  readonly deliveries: number;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly text: MessageText;
}

/** Some of what is set aside, each without what it is called with. */
export interface AsidePage {
  readonly records: readonly AsideRecord[];
  /** Where the next page begins; absent after the last. */
  readonly cursor?: string;
}

/** About how many set-aside messages an overview tells of. */
export const MOST_ASIDE = 500;

/** How many open runs an overview names; ticks of periodic tasks are always among them. */
export const MOST_RUNS = 10_000;

/** The whole of a broker at a glance, for `tqc inspect` and metrics. */
export interface Overview {
  readonly queues: readonly {
    readonly name: string;
    readonly ready: number;
    readonly delayed: number;
    /** When the first of its ready messages was submitted, ms; absent where none is ready. */
    readonly oldest?: number;
    /** Workers are given nothing of it. */
    readonly paused?: true;
  }[];
  /** What each worker holds is told without what it is called with. */
  readonly workers: readonly (WorkerCard & { readonly lease: number; readonly holds: readonly string[] })[];
  /** Open canvases: {@link MOST_RUNS} at most. */
  readonly runs: readonly { readonly id: string; readonly open: number; readonly state: "PENDING" | "STARTED" }[];
  /** The first page of what is set aside: {@link MOST_ASIDE} or so. */
  readonly aside: readonly AsideRecord[];
  /** Where its second page begins; absent where there is none. */
  readonly asideCursor?: string;
  /** How many messages are set aside. */
  readonly asideCount: number;
}

/** How far into each queue `locate` looks. */
export const MOST_LOOKED_AT = 100_000;
