/** What is given to a tree becomes bound: in front of its first calls' arguments, or where they are open by name. */
import type { CallTree, GroupTree, Tree } from "./tree.js";

/** Binds `given` as the next call would be given it. An immutable call ignores it. */
export function bind(tree: Tree, given: readonly unknown[]): Tree {
  switch (tree.kind) {
    case "call":
      return tree.immutable || given.length === 0 ? tree : bindCall(tree, given);
    case "chain":
      return { ...tree, steps: tree.steps.map((step, i) => (i === 0 ? bind(step, given) : step)) };
    case "group":
      return bindGroup(tree, given);
    case "chord":
      return { ...tree, header: bindGroup(tree.header, given) };
  }
}

function bindCall({ open, ...tree }: CallTree, given: readonly unknown[]): CallTree {
  if (!open) return { ...tree, args: [...given, ...tree.args] };
  const args = [...tree.args];
  given.forEach((value, i) => {
    args[open[i] ?? args.length] = value;
  });
  const left = open.slice(given.length);
  return left.length > 0 ? { ...tree, args, open: left } : { ...tree, args };
}

function bindGroup(tree: GroupTree, given: readonly unknown[]): GroupTree {
  return { ...tree, members: mapMembers(tree.members, (member) => bind(member, given)) };
}

/** Members, each changed; those of an async iterable as they come. */
export function mapMembers(members: GroupTree["members"], change: (member: Tree) => Tree): GroupTree["members"] {
  return isListed(members) ? members.map(change) : mapAsync(members, change);
}

function isListed(members: GroupTree["members"]): members is readonly Tree[] {
  return Array.isArray(members);
}

/** An async iterable, each item changed as it comes. It can be read as often as its source can. */
export function mapAsync<A, B>(source: AsyncIterable<A>, change: (item: A) => B): AsyncIterable<B> {
  return {
    async *[Symbol.asyncIterator]() {
      for await (const item of source) yield change(item);
    },
  };
}
