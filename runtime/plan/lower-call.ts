/** Call -> node: what is bound and given, and which of the options that reach it win. */

import type { CallTree } from "../canvas/tree.js";
import type { NodeIndex, Stamps } from "../messages.js";
import type { Draft, Place } from "./draft.js";

const NO_STAMPS: Stamps = Object.freeze({});

/** Adds the node of one call. */
export function lowerCall(tree: CallTree, place: Place, draft: Draft): NodeIndex {
  const { context } = draft;
  const settings = draft.settings.of(tree, place.inherited, context);
  const complete = tree.immutable || place.given !== undefined;
  const args = tree.immutable || !place.given ? tree.args : fill(tree.args, place.given, tree.open);
  context.check?.(tree, args, complete);
  draft.keep = Math.max(draft.keep, settings.keep);
  const delay = place.delay + settings.wait;
  if (settings.pure && delay === 0) draft.pure.add(draft.next);
  return draft.add({
    kind: "call",
    index: draft.next,
    edges: [],
    path: place.path,
    task: settings.task,
    fingerprint: settings.fingerprint,
    mode: tree.mode,
    immutable: tree.immutable,
    args: context.encode(args),
    open: complete ? undefined : tree.open,
    queue: settings.queue,
    priority: settings.priority,
    delay,
    expires: settings.expires,
    options: settings.options,
    // Stampers are resolved by now: at most one plain record.
    stamps: (tree.stampers[0] as Stamps | undefined) ?? NO_STAMPS,
    parent: undefined,
    id: undefined,
  });
}

/** Where given arguments go: into the open positions in order, or in front. */
export function fill(
  bound: readonly unknown[],
  given: readonly unknown[],
  open?: readonly number[],
): readonly unknown[] {
  if (!open) return given.length === 0 ? bound : [...given, ...bound];
  const args = [...bound];
  given.forEach((value, i) => {
    args[open[i] ?? args.length] = value;
  });
  return args;
}
