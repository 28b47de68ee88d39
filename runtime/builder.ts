/** A task's builder: what the generated module exports under the task's name, and what makes its signatures. */
import type { PerItem } from "./labels.js";
import type { TaskContract } from "./manifest.js";
import type { Anything } from "./open.js";
import type { Origin } from "./origin.js";
import type { AsyncResult } from "./result.js";
import type { GroupSignature, Signature } from "./signature.js";
import type { SendOptions } from "./tree.js";

/** Types only: what messages call a builder. No such property exists at run time. */
export declare const builder: unique symbol;

/** What every builder has; the generated module adds `s`, `si` and `delay` with the names and documentation of the function. */
export interface Task<Parameters extends readonly unknown[], Out, Label> {
  readonly [builder]: Label;
  /** The name on the wire. */
  readonly taskName: string;
  /** Sends it with options. The arguments may be left out where none is required. */
  applyAsync(
    ...call: [] extends Parameters
      ? [args?: Readonly<Parameters>, options?: SendOptions]
      : [args: Readonly<Parameters>, options?: SendOptions]
  ): Promise<AsyncResult<Out>>;
  /** Runs it here, in this process, through the codec. */
  apply(...args: Parameters): Promise<Out>;
  /** One task message that calls it for each item, in order. */
  map(items: Iterable<Parameters[0]>): Signature<[], Out[], PerItem<Label>>;
  /** One task message that calls it for each tuple of arguments, in order. */
  starmap(tuples: Iterable<Readonly<Parameters>>): Signature<[], Out[], PerItem<Label>>;
  /** A group in which each member is one message that starmaps up to `size` tuples. */
  chunks(
    tuples: Iterable<Readonly<Parameters>> | AsyncIterable<Readonly<Parameters>>,
    size: number,
  ): GroupSignature<[], Out[][], PerItem<PerItem<Label>>>;
}
export declare function createTask<Builder>(app: Origin, contract: TaskContract): Builder;
export type { Anything };
