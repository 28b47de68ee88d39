/** A stored failure -> what people meet: the error that `get` rejects with, and the record an error callback is given. */
import { reviveError } from "../codec/error-record.js";
import {
  ChordError,
  InvalidArgumentsError,
  TaskFailedError,
  type TaskFailure,
  TaskRevokedError,
  TimeLimitExceededError,
  WorkerLostError,
} from "../errors.js";
import type { FailureRecord } from "../messages.js";

/** A failure with all that is known of the node it happened at. */
export interface Failure extends FailureRecord {
  readonly taskId: string;
  readonly task: string;
  readonly path: string;
}

/** How a failure came to a node: it happened there, or something before it failed, or a member of a join before it. */
export type Reach = "own" | "edge" | "join";

/** Failure -> the error that the node it reached is told by. */
export function errorOf(failure: Failure, reach: Reach): Error {
  if (reach === "own" && failure.kind !== "failed") return causeOf(failure);
  const failed = new TaskFailedError({ ...failure, cause: causeOf(failure) });
  return reach === "join" ? new ChordError(failed) : failed;
}

/** Failure -> what an error callback, or the body of a settled chord, is given. */
export function taskFailure(failure: Failure, others: readonly TaskFailure[] = []): TaskFailure {
  const { taskId, task, path } = failure;
  const { name, message, stack = `${name}: ${message}` } = causeOf(failure);
  return { taskId, task, path, error: { name, message, stack }, others };
}

/** The error behind a failure, as the task threw it or as we say it. */
function causeOf({ kind, taskId, task, error }: Failure): Error {
  switch (kind) {
    case "failed":
      return error ? reviveError(error) : new Error("the task failed, but its error was not recorded");
    case "timeLimit":
      return new TimeLimitExceededError(error?.message ?? `an attempt of ${task} took longer than its time limit`);
    case "invalid":
      return new InvalidArgumentsError(error?.message ?? `what ${task} was given does not fit what it declares`);
    case "lost":
      return new WorkerLostError(
        error?.message ?? `workers died while they ran ${task} (${taskId}), as often as is allowed`,
      );
    case "revoked":
      return new TaskRevokedError({ taskId, reason: "it was told to stop" });
    case "expired":
      return new TaskRevokedError({ taskId, reason: "it had not started when it expired" });
    case "cancelled":
      return new TaskRevokedError({ taskId, reason: "another member of its chord had failed" });
  }
}
