/** What the log says of an attempt: never its arguments, never its result. */
import type { Move } from "../broker.js";
import type { LogFields } from "../logger.js";
import type { Attempt } from "./attempt.js";

/** How an attempt ended, in one word for logs and counters. */
export type Ending = "success" | "failure" | "revoked" | "retry" | "replaced" | "released" | "setAside";

/** Which attempt a line is about. */
export function attemptFields({ id, task, number, message, host }: Attempt): LogFields {
  return { task: task.name, id, runId: message.run, attempt: number, queue: message.queue, worker: host.worker };
}

/** Move -> how the attempt ended. */
export function endingOf(move: Move): Ending {
  switch (move.kind) {
    case "settle":
      return move.outcome.startsWith("SUCCESS")
        ? "success"
        : move.outcome.startsWith("REVOKED")
          ? "revoked"
          : "failure";
    case "replace":
      return "replaced";
    case "retry":
    case "setAside":
      return move.kind;
    case "release":
      return "released";
  }
}

const WORDS: Readonly<Record<Ending, string>> = {
  success: "succeeded",
  failure: "failed",
  revoked: "was revoked",
  retry: "failed and will be tried again",
  replaced: "was replaced",
  released: "was given back",
  setAside: "was set aside",
};

/** One line per finished attempt, at INFO; what is set aside is told with its like. */
export function reportEnd(attempt: Attempt, move: Move, err: Error | undefined): void {
  const { logger, clock, aside } = attempt.host;
  if (move.kind === "setAside") {
    aside?.tell({ ...move, id: attempt.id, fields: attemptFields(attempt) });
    return;
  }
  if (!logger) return;
  const outcome = endingOf(move);
  const durationMs = clock.now() - attempt.started;
  const fields = { ...attemptFields(attempt), durationMs, outcome, ...(err && { err }) };
  logger.info(fields, `${attempt.task.name} ${WORDS[outcome]}`);
}
