/** What ends an attempt in another way than by a value or a failure: thrown, by the task itself or before it starts. */
import type { Replacement, RetryOptions } from "./context.js";

/** `currentTask().retry()` on its way out of the task. */
export class RetryRequest extends Error {
  override readonly name = "RetryRequest";
  readonly options: RetryOptions;
  constructor(options: RetryOptions) {
    super("currentTask().retry() ends the attempt by throwing; let this pass through any catch");
    this.options = options;
  }
}

/** `currentTask().replace(…)` on its way out of the task. */
export class ReplaceRequest extends Error {
  override readonly name = "ReplaceRequest";
  readonly replacement: Replacement;
  constructor(replacement: Replacement) {
    super("currentTask().replace() ends the attempt by throwing; let this pass through any catch");
    this.replacement = replacement;
  }
}

/** It may not start any more: its time came while it waited for a thread. */
export class TooLate extends Error {
  override readonly name = "TooLate";
  constructor() {
    super("the call expired while it waited for a thread");
  }
}
