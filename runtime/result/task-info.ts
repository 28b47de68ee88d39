/** What is known of a node right now: its outcome if it has ended, else what the broker says of it. */
import type { RunRecord } from "../broker.js";
import type { NodeIndex, OutcomeText, Stamps, TaskState } from "../messages.js";
import { readMessage, readOutcome } from "../wire.js";
import { failureOf } from "./ended.js";
import type { RunView } from "./run-view.js";

/** How far a task has come, in its own words. */
export interface Progress {
  readonly done: number;
  readonly total?: number;
}

/** What `info()` tells. What is not known, or not yet, is absent. */
export interface TaskInfo {
  readonly id: string;
  readonly state: TaskState;
  /** The task's name, or "a group". */
  readonly task: string;
  /** `submitted` is an invalid date where nobody knows it: a waiting node of a run that another process submitted. */
  readonly times: { readonly submitted: Date; readonly started?: Date; readonly finished?: Date };
  readonly worker?: string;
  /** Failed attempts so far. */
  readonly attempt: number;
  readonly progress?: Progress;
  readonly stamps: Stamps;
  /** What `get()` rejects with. */
  readonly error?: Error;
}

/** A node as it is now. */
export async function infoOf(view: RunView, index: NodeIndex): Promise<TaskInfo> {
  const [[text], record] = await Promise.all([view.read([index]), view.inspect()]);
  const progress = progressOf(record?.progress.get(index));
  const info = text === undefined ? await runningInfo(view, index, record) : await endedInfo(view, index, text);
  return { ...info, ...(progress && { progress }) };
}

/** A node's state when it has not ended. */
export function stateOf(record: RunRecord | undefined, index: NodeIndex): TaskState {
  if (record?.leased.has(index)) return "STARTED";
  return (record?.delayed.get(index)?.attempt ?? 0) > 0 ? "RETRY" : "PENDING";
}

/** The text of a progress report -> what it says. */
export function progressOf(text: string | undefined): Progress | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as Progress);
}

async function endedInfo(view: RunView, index: NodeIndex, text: OutcomeText): Promise<TaskInfo> {
  const outcome = readOutcome(text);
  const { state, task, worker, attempt = 0, stamps = {} } = outcome;
  const error = state === "SUCCESS" ? undefined : await failureOf(view, index, outcome);
  return {
    id: view.idOf(index),
    state,
    task: task ?? (await view.describe(index)).task,
    times: times({ ...outcome, submitted: outcome.submitted ?? view.submitted }),
    ...(worker !== undefined && { worker }),
    attempt,
    stamps,
    ...(error && { error }),
  };
}

async function runningInfo(view: RunView, index: NodeIndex, record: RunRecord | undefined): Promise<TaskInfo> {
  const leased = record?.leased.get(index);
  const aside = record?.aside.get(index);
  const header = aside && readMessage(aside.text).header;
  const { task } = await view.describe(index);
  return {
    id: view.idOf(index),
    state: stateOf(record, index),
    task,
    times: times({ submitted: view.submitted ?? header?.submitted, started: leased?.since }),
    ...(leased && { worker: leased.worker }),
    attempt: leased?.attempt ?? record?.delayed.get(index)?.attempt ?? 0,
    stamps: header?.stamps ?? {},
  };
}

type Moments = Partial<Record<"submitted" | "started" | "finished", number | undefined>>;

function times({ submitted, started, finished }: Moments): TaskInfo["times"] {
  return {
    submitted: new Date(submitted ?? Number.NaN),
    ...(started !== undefined && { started: new Date(started) }),
    ...(finished !== undefined && { finished: new Date(finished) }),
  };
}
