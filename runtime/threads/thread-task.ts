/** What `currentTask()` gives inside a worker thread: the same as on the event loop, told across. */
import { inspect } from "node:util";
import type { CurrentTask, Replacement, RetryOptions } from "../attempt/context.js";
import { ReplaceRequest, RetryRequest } from "../attempt/requests.js";
import { encode } from "../codec/codec.js";
import { createLogger, type LogFields, type TaskLogger } from "../logger.js";
import type { Stamps } from "../messages.js";
import type { JobView, News } from "./job.js";

export class ThreadTask implements CurrentTask, JobView {
  readonly id: string;
  readonly name: string;
  readonly runId: string;
  readonly parentId: string | undefined;
  readonly attempt: number;
  readonly queue: string;
  readonly priority: number;
  readonly stamps: Stamps;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly log: TaskLogger;
  readonly progress: (done: number, total?: number) => void;

  constructor(view: JobView, signal: AbortSignal, tell: (news: News) => void) {
    this.id = view.id;
    this.name = view.name;
    this.runId = view.runId;
    this.parentId = view.parentId;
    this.attempt = view.attempt;
    this.queue = view.queue;
    this.priority = view.priority;
    this.stamps = view.stamps;
    this.headers = view.headers;
    this.signal = signal;
    this.log = createLogger((level, fields, message) =>
      tell({ kind: "log", level, fields: portable(fields), message }),
    );
    this.progress = (done, total) => tell({ kind: "progress", done, total });
  }

  retry(options: RetryOptions = {}): never {
    throw new RetryRequest(options);
  }

  replace(signature: unknown): never {
    throw new ReplaceRequest(signature as Replacement);
  }
}

/** A line of the log is never lost over a field that cannot travel: that one is told as text. */
function portable(fields: LogFields): string {
  try {
    return encode(fields);
  } catch {
    return encode(Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, inspect(value)])));
  }
}
