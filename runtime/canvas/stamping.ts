/** Stamping visitors: stamps that depend on what is stamped. */
import type { Stamps } from "../messages.js";
import type { Signature } from "./signature.js";
import { hasStampers, Walk } from "./stamps.js";
import type { Tree } from "./tree.js";
import { signatureOf } from "./value.js";

/** What a hook may reply: stamps, or nothing. */
// biome-ignore lint/suspicious/noConfusingVoidType: a hook that has nothing to say needs no return
export type Stamped = Stamps | undefined | void;

/**
 * Is asked for stamps at every signature of the canvas it stamps, callbacks included. What a hook returns reaches what
 * the hook is about: one task, or all that is below a composite; the innermost wins. The signature it is shown is read-only.
 */
export abstract class StampingVisitor {
  /** Each task. */
  abstract onSignature(signature: Signature): Stamped;
  /** A chain, before its steps. */
  onChainStart(_chain: Signature): Stamped {}
  /** A chain, after its steps. */
  onChainEnd(_chain: Signature): Stamped {}
  /** A group, or a header, before its members. */
  onGroupStart(_group: Signature): Stamped {}
  /** A group, or a header, after its members. */
  onGroupEnd(_group: Signature): Stamped {}
  /** A chord, before its header: what it returns does not reach the body. */
  onChordHeaderStart(_chord: Signature): Stamped {}
  /** A chord, after its header. */
  onChordHeaderEnd(_chord: Signature): Stamped {}
  /** A chord, before its body: what it returns reaches the body only. */
  onChordBody(_chord: Signature): Stamped {}
  /** A callback, before its own tasks. */
  onCallback(_callback: Signature): Stamped {}
  /** An error callback, before its own tasks. */
  onErrback(_errback: Signature): Stamped {}
}

/** An equal tree in which every call, callbacks included, carries its final stamps as one record, and no composite has any. */
export function resolveStamps(tree: Tree): Tree {
  if (!hasStampers(tree)) return tree;
  return new Walk((shown) => signatureOf(shown, undefined)).resolve(tree);
}
