/**
 * What a canvas means, in a page: the reference the run time is compared with. A task here is a plain function; time, queues
 * and workers do not exist. Whatever can fail at the same time leaves it open who is first, so a failure is a set of candidates.
 */
import type { CallTree, ChordTree, GroupTree, Tree } from "../../runtime/canvas/tree.js";

/** How a canvas ends: with a value, or with one of these messages. */
export type End =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly messages: ReadonlySet<string> };

/** The tasks, and the calls they note. */
export interface World {
  readonly tasks: Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
  readonly calls: (readonly [task: string, ...args: readonly unknown[]])[];
}

/** What error callbacks are given in place of a TaskFailure. */
export const FAILURE = "(failure)";

/** Tree, given arguments -> its end. */
export function interpret(tree: Tree, given: readonly unknown[], world: World): End {
  return tell(tree, form(tree, given, world), world);
}

function form(tree: Tree, given: readonly unknown[], world: World): End {
  switch (tree.kind) {
    case "call":
      return call(tree, given, world);
    case "chain":
      return tree.steps
        .slice(1)
        .reduce((end, step) => after(end, step, world), interpret(tree.steps[0] as Tree, given, world));
    case "group":
      return join(membersOf(tree).map((member) => interpret(member, given, world)));
    case "chord":
      return chord(tree, given, world);
  }
}

function call(tree: CallTree, given: readonly unknown[], { tasks }: World): End {
  const args = tree.immutable ? tree.args : [...given, ...tree.args];
  try {
    return { ok: true, value: tasks[tree.task]?.(...args) };
  } catch (error) {
    return { ok: false, messages: new Set([(error as Error).message]) };
  }
}

function chord({ header, body, policy }: ChordTree, given: readonly unknown[], world: World): End {
  const ends = membersOf(header).map((member) => interpret(member, given, world));
  const end: End = policy === "settle" ? { ok: true, value: ends.map(outcome) } : join(ends);
  return after(tell(header, end, world), body, world);
}

/** What a body that settles is given for a member. */
function outcome(end: End): unknown {
  return end.ok ? { ok: true, value: end.value } : { ok: false, error: FAILURE };
}

function join(ends: readonly End[]): End {
  const messages = ends.flatMap((end) => (end.ok ? [] : [...end.messages]));
  return messages.length > 0
    ? { ok: false, messages: new Set(messages) }
    : { ok: true, value: ends.map((end) => end.ok && end.value) };
}

/** A step that follows: run with the value, or failed with the same cause, in all its parts. */
function after(end: End, step: Tree, world: World): End {
  return end.ok ? interpret(step, [end.value], world) : fail(step, end, world);
}

function fail(tree: Tree, end: End, world: World): End {
  for (const part of partsOf(tree)) fail(part, end, world);
  return tell(tree, end, world);
}

function partsOf(tree: Tree): readonly Tree[] {
  if (tree.kind === "chain") return tree.steps;
  if (tree.kind === "group") return membersOf(tree);
  return tree.kind === "chord" ? [tree.header, tree.body] : [];
}

/** Callbacks hear of an end once; what becomes of them changes nothing. */
function tell(tree: Tree, end: End, world: World): End {
  for (const callback of end.ok ? tree.links : tree.errbacks)
    interpret(callback, [end.ok ? end.value : FAILURE], world);
  return end;
}

function membersOf(group: GroupTree): readonly Tree[] {
  return group.members as readonly Tree[];
}
