/** The causes that `tqc why` names, for programs, and what it says of them, for people. */

export type Cause =
  | "done"
  | "failed"
  | "revoked"
  | "expired"
  | "running"
  | "worker-lost"
  | "set-aside"
  | "retry"
  | "delayed"
  | "rate-limit"
  | "waits-for"
  | "paused"
  | "no-worker"
  | "no-worker-for-queue"
  | "no-worker-for-task"
  | "workers-busy"
  | "queued"
  | "unknown";

/** A cause with the sentence that follows the node's name. */
export interface Finding {
  readonly cause: Cause;
  readonly says: string;
}
