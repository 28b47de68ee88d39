/** An attempt as its task sees it. */

import { silentLogger, type TaskLogger, withFields } from "../logger.js";
import type { Stamps } from "../messages.js";
import type { Attempt } from "./attempt.js";
import type { CurrentTask, Replacement, RetryOptions } from "./context.js";
import { attemptFields } from "./report.js";
import { ReplaceRequest, RetryRequest } from "./requests.js";

const NONE: Readonly<Record<string, never>> = Object.freeze({});

/** What `currentTask()` gives: a view that works each thing out when it is asked. */
export class RunningTask implements CurrentTask {
  readonly #attempt: Attempt;
  #log: TaskLogger | undefined;

  constructor(attempt: Attempt) {
    this.#attempt = attempt;
  }

  get id(): string {
    return this.#attempt.id;
  }

  get name(): string {
    return this.#attempt.task.name;
  }

  get runId(): string {
    return this.#attempt.message.run;
  }

  get parentId(): string | undefined {
    const { run, header } = this.#attempt.message;
    return header.parent === undefined ? undefined : `${run}~${header.parent}`;
  }

  get attempt(): number {
    return this.#attempt.number;
  }

  get queue(): string {
    return this.#attempt.message.queue;
  }

  get priority(): number {
    return this.#attempt.message.priority;
  }

  get stamps(): Stamps {
    return this.#attempt.message.header.stamps ?? NONE;
  }

  get headers(): Readonly<Record<string, string>> {
    return this.#attempt.message.header.options?.headers ?? NONE;
  }

  get signal(): AbortSignal {
    return this.#attempt.signal;
  }

  get log(): TaskLogger {
    const attempt = this.#attempt;
    this.#log ??= withFields(attempt.host.logger ?? silentLogger, () => attemptFields(attempt));
    return this.#log;
  }

  /** May be taken off the object, as in `const { progress } = currentTask()`. */
  get progress(): CurrentTask["progress"] {
    return (done, total) => this.#report(done, total);
  }

  #report(done: number, total?: number): void {
    const { message, host } = this.#attempt;
    const text = JSON.stringify({ done, ...(total !== undefined && { total }) });
    // Progress is a courtesy: a broker that is away for a moment must not fail the task.
    host.broker.report(message.run, message.index, text).catch((err: unknown) => {
      host.logger?.debug({ ...attemptFields(this.#attempt), err }, "progress could not be reported");
    });
  }

  retry(options: RetryOptions = {}): never {
    throw new RetryRequest(options);
  }

  replace(signature: unknown): never {
    throw new ReplaceRequest(signature as Replacement);
  }
}
