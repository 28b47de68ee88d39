/** What can happen next, as plain values: a list of them is a trace, which any broker can replay. */
import type { NodeIndex } from "../../../runtime/messages.js";

/** A worker, and a node. */
interface Holding {
  readonly worker: string;
  readonly index: NodeIndex;
}

export type Step =
  /** A worker takes a call that waits. */
  | ({ readonly kind: "claim" } & Holding)
  /** A call has ended; its worker has room for `room` more. */
  | ({ readonly kind: "settle"; readonly state: "SUCCESS" | "FAILURE"; readonly room: 0 | 1 } & Holding)
  /** A call has succeeded, and so many of those behind it were run ahead: all have succeeded but for the last, which ended as it did. */
  | ({
      readonly kind: "row";
      readonly count: number;
      readonly last: "SUCCESS" | "FAILURE";
      readonly room: 0 | 1;
    } & Holding)
  | ({ readonly kind: "retry"; readonly delay: number } & Holding)
  | ({ readonly kind: "release" } & Holding)
  | ({ readonly kind: "setAside" } & Holding)
  | ({ readonly kind: "replace" } & Holding)
  /** A worker that can run what was set aside takes it back. */
  | { readonly kind: "recall"; readonly worker: string }
  /** A worker's lease runs out; what it still says comes late. Another one takes its place. */
  | { readonly kind: "crash"; readonly worker: string }
  | { readonly kind: "reap" }
  | { readonly kind: "cancel"; readonly index?: NodeIndex; readonly terminate: boolean }
  /** Time passes until the next thing is due, and it is promoted. */
  | { readonly kind: "pass" }
  /** The producer submits the next part. */
  | { readonly kind: "part" };

/** A step in a few words, for the message of a violated invariant. */
export function written(step: Step): string {
  const { kind, ...parts } = step;
  return [kind, ...Object.values(parts)].join(" ");
}
