/** Call -> node: what is bound and given, and which of the options that reach it win. */

import type { CallTree, SendOptions, Tree } from "../canvas/tree.js";
import { toMilliseconds } from "../duration.js";
import type { CallOptions, NodeIndex, Stamps } from "../messages.js";
import type { Draft, Place } from "./draft.js";

/** Adds the node of one call. */
export function lowerCall(tree: CallTree, place: Place, draft: Draft): NodeIndex {
  const { context } = draft;
  const contract = context.contract(tree.task);
  const options = merge(place.inherited, tree.options);
  const complete = tree.immutable || place.given !== undefined;
  const args = tree.immutable || !place.given ? tree.args : fill(tree.args, place.given, tree.open);
  context.check?.(tree, args, complete);
  draft.keep = Math.max(draft.keep, toMilliseconds(options.resultExpires ?? contract?.options.resultExpires ?? "1d"));
  const expires = expiry(options.expires ?? contract?.options.expires, context.now);
  return draft.add({
    kind: "call",
    path: place.path,
    task: contract?.name ?? tree.task,
    mode: tree.mode,
    immutable: tree.immutable,
    args: context.encode(args),
    queue: options.queue ?? contract?.options.queue ?? "default",
    priority: options.priority ?? contract?.options.priority ?? 0,
    delay: place.delay + wait(tree.options, context.now),
    options: callOptions(options),
    stamps: ownStamps(tree),
    ...(contract && { fingerprint: contract.fingerprint }),
    ...(expires !== undefined && { expires }),
    ...(!complete && tree.open && { open: tree.open }),
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

/** What a composite hands down: its options as defaults, and its delay to what it starts with. */
export function within(tree: Tree, place: Place, draft: Draft): Place {
  return {
    ...place,
    inherited: merge(place.inherited, tree.options),
    delay: place.delay + wait(tree.options, draft.context.now),
  };
}

/** The inner wins; headers are merged by key. What belongs to one start only is not handed down. */
function merge(outer: SendOptions, inner: SendOptions): SendOptions {
  if (Object.keys(inner).length === 0) return outer;
  const { id: _id, countdown: _countdown, eta: _eta, ...options } = inner;
  const headers = { ...outer.headers, ...options.headers };
  return { ...outer, ...options, ...(Object.keys(headers).length > 0 && { headers }) };
}

function wait({ countdown, eta }: SendOptions, now: number): number {
  return (
    (countdown === undefined ? 0 : toMilliseconds(countdown)) +
    (eta === undefined ? 0 : Math.max(0, eta.getTime() - now))
  );
}

function expiry(expires: SendOptions["expires"], now: number): number | undefined {
  if (expires === undefined) return undefined;
  return expires instanceof Date ? expires.getTime() : now + toMilliseconds(expires);
}

function callOptions({ maxRetries, timeLimit, ignoreResult, headers }: SendOptions): CallOptions {
  return {
    ...(maxRetries !== undefined && { maxRetries }),
    ...(timeLimit !== undefined && { timeLimit: toMilliseconds(timeLimit) }),
    ...(ignoreResult !== undefined && { ignoreResult }),
    ...(headers && { headers }),
  };
}

/** The stamps of a tree whose stampers are resolved: at most one plain record. */
function ownStamps({ stampers }: CallTree): Stamps {
  return (stampers[0] as Stamps | undefined) ?? {};
}
