/** Tree -> an equal tree that shares nothing with it. */
import { decode, encode } from "../codec/codec.js";
import { mapMembers } from "./bind.js";
import type { GroupTree, Tree } from "./tree.js";

/** Copies a tree with its arguments. What can be read but not copied, an async iterable or a visitor, is kept. */
export function duplicate(tree: Tree): Tree {
  const base = {
    options: { ...tree.options, ...(tree.options.headers && { headers: { ...tree.options.headers } }) },
    links: tree.links.map(duplicate),
    errbacks: tree.errbacks.map(duplicate),
    stampers: [...tree.stampers],
  };
  switch (tree.kind) {
    case "call":
      return { ...tree, ...base, args: decode(encode(tree.args)) as unknown[] };
    case "chain":
      return { ...tree, ...base, steps: tree.steps.map(duplicate) };
    case "group":
      return { ...tree, ...base, members: mapMembers(tree.members, duplicate) };
    case "chord":
      return { ...tree, ...base, header: duplicate(tree.header) as GroupTree, body: duplicate(tree.body) };
  }
}
