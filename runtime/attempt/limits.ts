/** How long an attempt may take. */
import { TimeLimitExceededError } from "../errors.js";
import type { Attempt } from "./attempt.js";

/** Time limits in ms; undefined for none. The soft one fires the signal; the hard one also ends the attempt. */
export interface Limits {
  readonly soft: number | undefined;
  readonly hard: number | undefined;
}

/** What an attempt fails with that has passed a limit. */
export function exceeded({ task, id }: Attempt, limit: string, ms: number): TimeLimitExceededError {
  return new TimeLimitExceededError(`${task.name} (${id}) ran longer than its ${limit} of ${ms} ms`);
}

/** Whether it is too late to start. */
export function isExpired({ message, host }: Attempt): boolean {
  const { expires } = message.header;
  return expires !== undefined && expires <= host.clock.now();
}
