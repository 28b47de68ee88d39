/** What becomes of an attempt whose task threw: another attempt, or the end. */
import { inspect, types } from "node:util";
import { toMilliseconds } from "../duration.js";
import { TimeLimitExceededError } from "../errors.js";
import type { FailureKind } from "../messages.js";
import type { Attempt } from "./attempt.js";
import { backoff } from "./backoff.js";
import { RetryRequest } from "./requests.js";

/** A decision on a failed attempt. `again` is the delay in ms before the next one; absent: there is none. */
export interface Verdict {
  readonly kind: Extract<FailureKind, "failed" | "timeLimit">;
  readonly error: Error;
  readonly again?: number;
}

/** Judges what a task threw by its retry options and the attempts so far. */
export function judge(attempt: Attempt, thrown: unknown): Verdict {
  if (thrown instanceof RetryRequest) return judgeRequest(attempt, thrown);
  const error = toError(thrown);
  const kind = error === attempt.reason && error instanceof TimeLimitExceededError ? "timeLimit" : "failed";
  const { retryOn } = attempt.task;
  const worthIt = retryOn === undefined || retryOn.has(error.name);
  return worthIt && retriesLeft(attempt) ? { kind, error, again: nextDelay(attempt) } : { kind, error };
}

function judgeRequest(attempt: Attempt, { options }: RetryRequest): Verdict {
  const { countdown, cause } = options;
  const spent = `${attempt.task.name} asked to be tried again, but its ${maxRetries(attempt)} retries are spent`;
  const error = cause === undefined ? new Error(spent) : toError(cause);
  if (!retriesLeft(attempt)) return { kind: "failed", error };
  return { kind: "failed", error, again: countdown === undefined ? nextDelay(attempt) : toMilliseconds(countdown) };
}

function retriesLeft(attempt: Attempt): boolean {
  return attempt.number < maxRetries(attempt);
}

function maxRetries({ message, task }: Attempt): number {
  return message.header.options?.maxRetries ?? task.maxRetries;
}

function nextDelay(attempt: Attempt): number {
  return backoff(attempt.task.backoff, attempt.number + 1);
}

/** What was thrown as an Error; where it is none, one whose message is its text. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  // An error of another realm, such as a vm context, is no instance of ours.
  if (types.isNativeError(thrown)) return thrown;
  return new Error(typeof thrown === "string" ? thrown : inspect(thrown));
}
