/** What a producer lets out: known tasks, arguments that fit and can travel, and words that fit on a routing line. */

import type { CallTree } from "../canvas/tree.js";
import { encode } from "../codec/codec.js";
import { CodecError, ConfigurationError, InvalidArgumentsError } from "../errors.js";
import { chosenId } from "../ids.js";
import type { PlanNode } from "../messages.js";
import { checkCall } from "../schema/validator.js";
import type { Catalog } from "./catalog.js";

export class Admission {
  readonly #catalog: Catalog;
  /** Names that were looked at already. */
  readonly #queues = new Set<string>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** Throws where nobody knows the task, or what is bound cannot fit it. */
  check({ task, mode, open }: CallTree, args: readonly unknown[], complete: boolean): void {
    this.#catalog.require(task);
    const contract = this.#catalog.contract(task);
    if (contract) checkCall(contract, { mode, args, open, complete });
  }

  /** What is chosen by users and written on a routing line has to fit there. */
  admit(node: PlanNode): void {
    if (node.id !== undefined) chosenId(node.id);
    if (node.kind === "call") this.admitRoute(node);
  }

  /** Throws where a task's queue or priority does not fit on a routing line. */
  admitRoute({ task, queue, priority }: { readonly task: string; readonly queue: string; readonly priority: number }) {
    if (!(Number.isInteger(priority) && priority >= 0 && priority <= 9)) {
      throw new ConfigurationError(`${task}: a priority is a whole number from 0 to 9, but is ${String(priority)}`);
    }
    if (this.#queues.has(queue)) return;
    if (!/^[^\s\p{Cc}]+$/u.test(queue)) {
      throw new ConfigurationError(
        `${task}: a queue's name has no white space and no control characters, but is ${JSON.stringify(queue)}`,
      );
    }
    this.#queues.add(queue);
  }
}

/** A task's arguments as codec text. Throws InvalidArgumentsError where one of them cannot travel. */
export function encodeArguments(task: string, args: readonly unknown[]): string {
  try {
    return encode(args);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    throw new InvalidArgumentsError(`${task}: of its arguments, ${error.message}`, { cause: error });
  }
}
