/** What a running task throws to end its attempt in another way than by a value or a failure. */
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
