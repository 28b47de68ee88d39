/** Every error tqc throws, each with a code for programs and a sentence for people. A user's own error stays under `cause`. */

/** What all of them are. */
export abstract class TqcError extends Error {
  /** Stable, for programs: "TASK_FAILED". */
  abstract readonly code: string;
}

/** Names stand on the prototypes as text, since a minifier renames classes. */
function named(type: { readonly prototype: TqcError }, name: string): void {
  Object.defineProperty(type.prototype, "name", { value: name, writable: true, configurable: true });
}

/** What an error callback is given: which task failed, where it stood, and with what. */
export interface TaskFailure {
  readonly taskId: string;
  readonly task: string;
  /** The node's place in its canvas, such as "chord/header[3]/chain[1]"; empty for a lone task. */
  readonly path: string;
  readonly error: { readonly name: string; readonly message: string; readonly stack: string };
  /** What else had failed by then. */
  readonly others: readonly TaskFailure[];
}

/** A task has finally failed. `cause` is the error it threw: name, message, stack and own fields as they were. */
export class TaskFailedError extends TqcError {
  readonly code = "TASK_FAILED";
  static {
    named(TaskFailedError, "TaskFailedError");
  }
  readonly task: string;
  readonly taskId: string;
  readonly path: string;
  constructor(failed: {
    readonly task: string;
    readonly taskId: string;
    readonly path: string;
    readonly cause: Error;
  }) {
    super(`${failed.task} failed${failed.path && ` at ${failed.path}`} (${failed.taskId}): ${failed.cause.message}`, {
      cause: failed.cause,
    });
    this.task = failed.task;
    this.taskId = failed.taskId;
    this.path = failed.path;
  }
}

/** A member of a chord's header has finally failed, so the body did not run. `cause` is that member's TaskFailedError. */
export class ChordError extends TqcError {
  readonly code = "CHORD_FAILED";
  static {
    named(ChordError, "ChordError");
  }
  constructor(member: TaskFailedError) {
    super(`the chord's body did not run, because a member of its header failed: ${member.message}`, { cause: member });
  }
}

/** The task was revoked, or expired, before it ended. */
export class TaskRevokedError extends TqcError {
  readonly code = "TASK_REVOKED";
  static {
    named(TaskRevokedError, "TaskRevokedError");
  }
  readonly taskId: string;
  constructor(revoked: { readonly taskId: string; readonly reason: string }) {
    super(`task ${revoked.taskId} was revoked: ${revoked.reason}`);
    this.taskId = revoked.taskId;
  }
}

/** An attempt took longer than its `timeLimit`. */
export class TimeLimitExceededError extends TqcError {
  readonly code = "TIME_LIMIT_EXCEEDED";
  static {
    named(TimeLimitExceededError, "TimeLimitExceededError");
  }
}

/** A worker died under a task as often as is allowed. */
export class WorkerLostError extends TqcError {
  readonly code = "WORKER_LOST";
  static {
    named(WorkerLostError, "WorkerLostError");
  }
}

/** `get` waited as long as it was told to. The work goes on. */
export class ResultTimeoutError extends TqcError {
  readonly code = "RESULT_TIMEOUT";
  static {
    named(ResultTimeoutError, "ResultTimeoutError");
  }
}

/** Arguments, or a result, do not fit what the manifest declares. */
export class InvalidArgumentsError extends TqcError {
  readonly code = "INVALID_ARGUMENTS";
  static {
    named(InvalidArgumentsError, "InvalidArgumentsError");
  }
}

/** No task of that name is known here. */
export class UnknownTaskError extends TqcError {
  readonly code = "UNKNOWN_TASK";
  static {
    named(UnknownTaskError, "UnknownTaskError");
  }
}

/** Producer and worker, or registry and generated module, were built from different sources. */
export class ManifestMismatchError extends TqcError {
  readonly code = "MANIFEST_MISMATCH";
  static {
    named(ManifestMismatchError, "ManifestMismatchError");
  }
}

/** The broker cannot be reached. */
export class BrokerUnavailableError extends TqcError {
  readonly code = "BROKER_UNAVAILABLE";
  static {
    named(BrokerUnavailableError, "BrokerUnavailableError");
  }
}

/** A setting is missing or wrong: what was found, what was expected, and where to set it. */
export class ConfigurationError extends TqcError {
  readonly code = "CONFIGURATION";
  static {
    named(ConfigurationError, "ConfigurationError");
  }
}

/** A value cannot become text, or a text is none of a value: which, and where in it. */
export class CodecError extends TqcError {
  readonly code = "NOT_PORTABLE";
  static {
    named(CodecError, "CodecError");
  }
}

/** The broker has no trace of the run any more: it was forgotten, its result has expired, or a crash of Redis took it along. */
export class RunLostError extends TqcError {
  readonly code = "RUN_LOST";
  static {
    named(RunLostError, "RunLostError");
  }
}

/** The result was kept for its time, or forgotten, and is gone. */
export class ResultExpiredError extends TqcError {
  readonly code = "RESULT_EXPIRED";
  static {
    named(ResultExpiredError, "ResultExpiredError");
  }
}
