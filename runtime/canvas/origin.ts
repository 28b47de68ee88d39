/** What a signature submits itself through: an application. It keeps the canvas free of brokers and clients. */
import { ConfigurationError } from "../errors.js";
import type { TaskContract } from "../manifest.js";
import type { AsyncResult } from "../result/result.js";
import type { Tree } from "./tree.js";

export interface Origin {
  /** Make a task's contract known. The generated module does so for each of its builders. */
  declare(contract: TaskContract): void;
  /** The contract of a task, by its name or one of its aliases. */
  contract(name: string): TaskContract | undefined;
  /** Send a canvas with the arguments it is still open for. Resolves once the broker has it. */
  submit(tree: Tree, given: readonly unknown[]): Promise<AsyncResult<unknown>>;
  /** Run a canvas here and now, through the codec. */
  apply(tree: Tree, given: readonly unknown[]): Promise<unknown>;
}

let latest: Origin | undefined;

/** Makes an application the one that untyped signatures submit themselves through: the most recently created. */
export function setDefaultOrigin(origin: Origin): void {
  latest = origin;
}

/** The most recently created application. Throws where there is none. */
export function defaultOrigin(): Origin {
  if (latest) return latest;
  throw new ConfigurationError(
    "no application was created yet: import the generated module, or call createApp(), first",
  );
}
