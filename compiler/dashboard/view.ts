/**
 * What the dashboard's server tells its front end, as JSON. Moments are ms since the epoch. Arguments and results are
 * in none of it: they are not the dashboard's business.
 */
import type { EndedCall, TaskCounts } from "../../runtime/broker.js";
import type { TaskState } from "../../runtime/messages.js";
import type { Progress } from "../../runtime/result/task-info.js";
import type { Arrow, Box } from "../graph/graph.js";
import type { Glance } from "../inspect/glance.js";

/** What a page is told first. */
export interface Hello {
  readonly version: string;
  /** Nothing can be changed from here. */
  readonly readOnly: boolean;
}

/** Whether the broker answers, and what it said when it did not. */
export type Health = { readonly up: true } | { readonly up: false; readonly says: string };

/** How many messages are ready, by queue, and what was done, in a stretch of time. */
export interface Slot extends TaskCounts {
  readonly at: number;
  readonly ready: Readonly<Record<string, number>>;
}

/** What was done of a task in an hour. */
export interface TaskHour extends TaskCounts {
  readonly at: number;
  readonly task: string;
}

/** A run in the list. */
export interface RunRow {
  readonly id: string;
  readonly state: TaskState;
  /** The tasks that were seen of it, in the order of their first; empty where none has been seen. */
  readonly tasks: readonly string[];
  /** Nodes that have not ended; absent for a run of one call. */
  readonly open?: number;
  readonly submitted?: number;
  readonly finished?: number;
}

/** The parts of the overview, each sent when it has changed. */
export interface Parts {
  readonly health: Health;
  readonly queues: Glance["queues"];
  readonly workers: Glance["workers"];
  readonly aside: AsideView;
  readonly schedules: Glance["schedules"];
  readonly runs: readonly RunRow[];
  readonly recent: readonly EndedCall[];
}

/** Some of what is set aside. */
export interface AsidePart {
  readonly records: Glance["setAside"];
  /** Asks for those after them; absent where there are none. */
  readonly cursor?: string;
}

/** What is set aside: how much, and the first of it. */
export interface AsideView extends AsidePart {
  readonly count: number;
}

/** A state in one letter, as it is sent for every node of a run. */
export const LETTERS: Readonly<Record<TaskState, string>> = {
  PENDING: "P",
  STARTED: "A",
  RETRY: "T",
  SUCCESS: "S",
  FAILURE: "F",
  REVOKED: "R",
};

/** What a run looks like. It changes only where a replacement or a stream adds to it. */
export interface RunShape {
  readonly id: string;
  /** The node whose outcome is the run's. */
  readonly result: number;
  /** Like nodes are one box, with the nodes it stands for as ranges text: "0-99 104". */
  readonly boxes: readonly (Omit<Box, "states"> & { readonly nodes: string })[];
  readonly arrows: readonly Arrow[];
}

/** How a run stands. */
export interface RunStates {
  readonly state: TaskState;
  readonly open: number;
  /** One letter per node, by its place in the plan; a blank where there is none. */
  readonly letters: string;
  /** How far running nodes have come, by their own word. */
  readonly progress: readonly (readonly [index: number, progress: Progress])[];
  /** Nodes that have failed before: how often. */
  readonly attempts: readonly (readonly [index: number, failed: number])[];
}

/** What happens to a run: its shape, its states, or that nothing is known of it. */
export type RunNews =
  | { readonly kind: "shape"; readonly shape: RunShape }
  | { readonly kind: "states"; readonly states: RunStates }
  | { readonly kind: "unknown"; readonly says: string };

/** All that is known of one node, but for its arguments and its result. */
export interface NodeView {
  readonly id: string;
  readonly run: string;
  readonly index: number;
  readonly kind: "task" | "join";
  readonly task?: string;
  /** Where it stands in the canvas; empty for a lone task. */
  readonly path: string;
  readonly state: TaskState;
  /** Why it is as it is, as `tqc why` says it. */
  readonly why: string;
  readonly attempt?: number;
  readonly worker?: string;
  readonly submitted?: number;
  readonly started?: number;
  readonly finished?: number;
  /** When it may start, for one that waits for a time. */
  readonly due?: number;
  readonly progress?: Progress;
  readonly stamps?: Readonly<Record<string, unknown>>;
  readonly setAside?: string;
  readonly error?: {
    readonly name: string;
    readonly message: string;
    readonly stack: string;
    /** Where it happened: this node, or one before it. */
    readonly taskId: string;
    readonly index: number;
  };
}

/** What a search has found. */
export interface Hit {
  /** The id that opens it. */
  readonly id: string;
  readonly run: string;
  readonly index?: number;
  readonly task?: string;
  readonly state?: TaskState;
  /** What fits: "id", "task", or a stamp. */
  readonly by: "id" | "task" | "stamp";
}

/** What came of a request to change something: a sentence for the person who asked. */
export interface Done {
  readonly ok: boolean;
  readonly says: string;
}
