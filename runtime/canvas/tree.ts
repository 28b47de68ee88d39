/**
 * A canvas as a value: the tree behind every signature. Plain data except for two things a producer may hold,
 * stamping visitors and iterables, which are read when the tree is stamped, lowered or written as JSON.
 */

import type { Duration } from "../manifest.js";
import type { CallMode, JoinPolicy, Stamps } from "../messages.js";

/** What a sender may decide, for one signature or, on a composite, as the default for all below it. */
export interface SendOptions {
  readonly queue?: string;
  /** 0 to 9, 9 is served first. */
  readonly priority?: number;
  /** How long to wait before the start; on a composite it delays the start of the whole, once. */
  readonly countdown?: Duration;
  /** When to start at the earliest. */
  readonly eta?: Date;
  /** Counted from submission, or a moment; work that has not started by then is revoked. */
  readonly expires?: Duration | Date;
  /** The id the result will have. A run of that id that exists already is returned instead of a second one. */
  readonly id?: string;
  /** Carried to `currentTask().headers`; merged by key. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly maxRetries?: number;
  readonly timeLimit?: Duration;
  readonly ignoreResult?: boolean;
  readonly resultExpires?: Duration;
}

/** Stamps, or something that is asked for them at every signature. See `StampingVisitor`. */
// biome-ignore lint/suspicious/noConfusingVoidType: a hook may return nothing
export type Stamper = Stamps | { onSignature(signature: never): Stamps | undefined | void };

/** What every kind of canvas has. */
export interface TreeBase {
  readonly options: SendOptions;
  readonly links: readonly Tree[];
  readonly errbacks: readonly Tree[];
  /** Outermost first; on one signature the last wins. */
  readonly stampers: readonly Stamper[];
}

/** A task with some or all of its arguments. */
export interface CallTree extends TreeBase {
  readonly kind: "call";
  readonly task: string;
  readonly mode: CallMode;
  /** The bound arguments; with `open`, the positions listed there are filled later and hold undefined. */
  readonly args: readonly unknown[];
  readonly open?: readonly number[];
  readonly immutable: boolean;
}

/** Steps, each given the result of the one before. Flat: no step is itself a bare chain. */
export interface ChainTree extends TreeBase {
  readonly kind: "chain";
  readonly steps: readonly Tree[];
}

/** Members side by side; the value is the list of their values. */
export interface GroupTree extends TreeBase {
  readonly kind: "group";
  readonly members: readonly Tree[] | AsyncIterable<Tree>;
}

/** A group, and a body that is given the list of its values. */
export interface ChordTree extends TreeBase {
  readonly kind: "chord";
  readonly header: GroupTree;
  readonly body: Tree;
  readonly policy: JoinPolicy;
}

export type Tree = CallTree | ChainTree | GroupTree | ChordTree;
