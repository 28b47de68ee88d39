/**
 * Tree -> plan. A canvas is lowered once, at the producer, to flat nodes and edges with one joining construct. Pure: no
 * I/O, no clock, one small function per form, and no case that depends on where a form stands.
 */

import type { CallTree, ChainTree, ChordTree, GroupTree, Tree } from "../canvas/tree.js";
import type { Edge, JoinPolicy, NodeIndex } from "../messages.js";
import { toRanges } from "../wire.js";
import { Draft, type LowerContext, type Lowered, member, type Place, type Stream, step } from "./draft.js";
import { lowerCall } from "./lower-call.js";
import { markPure } from "./pure.js";
import { merge, wait } from "./settings.js";

export type { LowerContext, Lowered, Stream } from "./draft.js";

/** Tree -> plan. `given` are the arguments the canvas is still open for. */
export function lower(tree: Tree, given: readonly unknown[], context: LowerContext): Lowered {
  return lowerAt(tree, { given, inherited: {}, delay: 0, path: "" }, undefined, context);
}

/** A replacement -> plan whose end settles the node it replaces, and whose nodes stand where that stood. */
export function lowerReplacement(
  tree: Tree,
  replaced: { readonly index: NodeIndex; readonly path: string },
  context: LowerContext,
): Lowered {
  const place = { given: [], inherited: {}, delay: 0, path: replaced.path };
  return lowerAt(tree, place, { kind: "forward", to: replaced.index }, context);
}

/** One member of a stream -> plan whose end is counted by the stream's join. */
export function lowerMember(tree: Tree, stream: Stream, position: number, context: LowerContext): Lowered {
  const place = { ...stream.place, path: member(stream.place.path, stream.name, position) };
  return lowerAt(tree, place, { kind: "slot", join: stream.join }, context);
}

function lowerAt(tree: Tree, place: Place, last: Edge | undefined, context: LowerContext): Lowered {
  const draft = new Draft(context);
  const { entries, exit } = lowerTree(tree, place, draft);
  if (last) draft.leave(exit, last);
  const callbacks = draft.next;
  lowerCallbacks(draft);
  markPure(draft);
  const plan = { nodes: draft.nodes, roots: entries, result: exit, callbacks, keep: draft.keep };
  return draft.stream ? { ...plan, stream: draft.stream } : plan;
}

const NONE: readonly never[] = Object.freeze([]);

/** A lowered tree, seen from outside: where it starts, and the node whose outcome is its own. */
interface Fragment {
  readonly entries: readonly NodeIndex[];
  /** Joins that settle for failed members, but fail where what precedes them failed: then no member was started. */
  readonly gates: readonly NodeIndex[];
  readonly exit: NodeIndex;
}

function lowerTree(tree: Tree, place: Place, draft: Draft): Fragment {
  const fragment = lowerForm(tree, tree.kind === "call" ? place : within(tree, place, draft), draft);
  return hang(tree, fragment, place.path, draft);
}

/** What a tree is known by and what hangs on it belong to the node whose outcome is the tree's. */
function hang(tree: Tree, fragment: Fragment, path: string, draft: Draft): Fragment {
  if (tree.options.id !== undefined) draft.at(fragment.exit).id = tree.options.id;
  for (const [i, callback] of tree.links.entries()) {
    draft.hang({ kind: "success", owner: fragment.exit, tree: callback, path: member(path, "link", i) });
  }
  for (const [i, callback] of tree.errbacks.entries()) {
    draft.hang({ kind: "failure", owner: fragment.exit, tree: callback, path: member(path, "errback", i) });
  }
  return fragment;
}

function lowerForm(tree: Tree, place: Place, draft: Draft): Fragment {
  switch (tree.kind) {
    case "call":
      return lowerLeaf(tree, place, draft);
    case "chain":
      return lowerChain(tree, place, draft);
    case "group":
      return lowerGroup(tree, place, draft);
    case "chord":
      return lowerChord(tree, place, draft);
  }
}

function lowerLeaf(tree: CallTree, place: Place, draft: Draft): Fragment {
  const index = lowerCall(tree, place, draft);
  return { entries: [index], gates: NONE, exit: index };
}

function lowerChain({ steps }: ChainTree, place: Place, draft: Draft): Fragment {
  let first: Fragment | undefined;
  let last: Fragment | undefined;
  for (const [i, tree] of steps.entries()) {
    const path = member(place.path, "chain", i);
    const at = last ? { ...place, given: undefined, delay: 0, path } : { ...place, path };
    const fragment = lowerTree(tree, at, draft);
    if (last) connect(last.exit, fragment, draft);
    first ??= fragment;
    last = fragment;
  }
  if (!first || !last) throw new TypeError("chain() needs at least one signature");
  return { ...first, exit: last.exit };
}

function lowerGroup(tree: GroupTree, place: Place, draft: Draft): Fragment {
  return lowerMembers(tree, { policy: "fail", name: "group" }, place, draft);
}

function lowerChord({ header, body, policy }: ChordTree, place: Place, draft: Draft): Fragment {
  const path = step(place.path, "chord");
  const members = lowerMembers(header, { policy, name: "header" }, within(header, { ...place, path }, draft), draft);
  hang(header, members, path, draft);
  const last = lowerTree(body, { ...place, given: undefined, delay: 0, path: step(path, "body") }, draft);
  connect(members.exit, last, draft);
  return { ...members, exit: last.exit };
}

/** What a composite hands down: its options as defaults, and its delay to what it starts with. */
function within(tree: Tree, place: Place, draft: Draft): Place {
  return {
    ...place,
    inherited: merge(place.inherited, tree.options),
    delay: place.delay + wait(tree.options, draft.context.now),
  };
}

interface Joining {
  readonly policy: JoinPolicy;
  /** What its members are called in paths. */
  readonly name: "group" | "header";
}

function lowerMembers(tree: GroupTree, { policy, name }: Joining, place: Place, draft: Draft): Fragment {
  const members = isListed(tree.members) ? tree.members : [];
  const from = draft.next;
  const [entries, gates, exits]: [NodeIndex[], NodeIndex[], NodeIndex[]] = [[], [], []];
  // One by one: ten thousand fragments that live until the last of them are ten thousand that the garbage collector moves.
  for (const [i, each] of members.entries()) {
    const fragment = lowerTree(each, { ...place, path: member(place.path, name, i) }, draft);
    for (const entry of fragment.entries) entries.push(entry);
    for (const gate of fragment.gates) gates.push(gate);
    exits.push(fragment.exit);
  }
  const until = draft.next;
  const join = draft.add({
    kind: "join",
    index: until,
    edges: [],
    path: place.path,
    policy,
    members: toRanges(exits),
    count: exits.length,
    from,
    until,
  });
  const slot: Edge = { kind: "slot", join };
  for (const exit of exits) draft.leave(exit, slot);
  if (!isListed(tree.members)) openStream({ join, members: tree.members, place, name }, draft);
  if (exits.length === 0) return { entries: [join], gates, exit: join };
  return { entries, gates: policy === "settle" ? [...gates, join] : gates, exit: join };
}

/** A join that grows waits for one end more, and everything numbered from here on may stand below it. */
function openStream(stream: Stream, draft: Draft): void {
  const join = draft.at(stream.join);
  if (join.kind !== "join" || stream.place.given === undefined || draft.stream) {
    throw new TypeError(
      "only one group that a canvas starts with can be submitted as it comes; gather the others first",
    );
  }
  join.count += 1;
  join.until = Number.MAX_SAFE_INTEGER;
  draft.stream = stream;
}

/** Whether a group's members are all known, as against submitted as they come. */
export function isListed(members: GroupTree["members"]): members is readonly Tree[] {
  return Array.isArray(members);
}

/** What one node's end means to what follows it. */
function connect(exit: NodeIndex, following: Fragment, draft: Draft): void {
  for (const to of following.entries) {
    if (draft.at(to).kind === "call") draft.leave(exit, { kind: "next", to });
    else gate(exit, to, draft);
  }
  for (const join of following.gates) gate(exit, join, draft);
}

/** Makes a join wait for one end more, and fail with it. */
function gate(exit: NodeIndex, index: NodeIndex, draft: Draft): void {
  const join = draft.at(index);
  if (join.kind === "join") join.count += 1;
  draft.leave(exit, { kind: "gate", join: index });
}

/** A callback and what hangs on it are numbered as one stretch, so that skipping it is one subtraction. */
function lowerCallbacks(draft: Draft): void {
  for (const { kind, owner, tree, path } of draft.takeCallbacks()) {
    const from = draft.next;
    const { entries } = lowerTree(tree, { given: undefined, inherited: {}, delay: 0, path }, draft);
    lowerCallbacks(draft);
    draft.leave(owner, { kind, roots: entries, from, until: draft.next });
  }
}
