/** The task that is running, as its own code sees it. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { ReplacementOf } from "../canvas/fits.js";
import type { Signature } from "../canvas/signature.js";
import { ConfigurationError } from "../errors.js";
import type { TaskLogger } from "../logger.js";
import type { Duration } from "../manifest.js";
import type { Stamps } from "../messages.js";

/** A canvas that needs nothing more, as `replace` wants it. */
export type Replacement = Signature<[], unknown, unknown>;

/** How a task asks to be tried again. */
export interface RetryOptions {
  /** How long to wait first. Default: the task's own backoff. */
  readonly countdown?: Duration;
  /** Why: becomes the failure's error once the retries are spent. */
  readonly cause?: unknown;
}

/** What a running task can ask and say of itself. */
export interface CurrentTask {
  /** By this `app.result` opens its handle. */
  readonly id: string;
  readonly name: string;
  /** The id of the whole canvas. */
  readonly runId: string;
  /** The id of the task, group or chord whose end started it; undefined for what the canvas begins with. */
  readonly parentId: string | undefined;
  /** 0 at first, one more for each failed attempt. */
  readonly attempt: number;
  readonly queue: string;
  readonly priority: number;
  readonly stamps: Stamps;
  readonly headers: Readonly<Record<string, string>>;
  /** Fires when the task is revoked, its time is up, or the worker shuts down. */
  readonly signal: AbortSignal;
  /** The worker's logger; every line says which task and attempt it is from. */
  readonly log: TaskLogger;
  /** Tells whoever follows the task how far it has come. */
  progress(done: number, total?: number): void;
  /** Ends this attempt and asks for another, which counts against `maxRetries`. */
  retry(options?: RetryOptions): never;
  /** Ends this attempt; the canvas takes the task's place, and its result becomes the task's. */
  replace<S>(signature: ReplacementOf<S>): never;
}

const storage = new AsyncLocalStorage<CurrentTask>();

/** The task this code runs in. Throws outside of one. */
export function currentTask(): CurrentTask {
  const task = storage.getStore();
  if (task) return task;
  throw new ConfigurationError(
    "currentTask() was called outside a task; call it inside the task's own function, before or after any await",
  );
}

/** Calls a task's function with `currentTask()` set for it and all it awaits. */
export function runWithin(task: CurrentTask, run: (...args: never[]) => unknown, args: readonly unknown[]): unknown {
  return storage.run(task, run as (...args: unknown[]) => unknown, ...args);
}
