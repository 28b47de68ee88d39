/** What a tree has before anything is set on it. */
import type { CallTree, Tree, TreeBase } from "./tree.js";

/** No options, no callbacks, no stamps. */
export const bare: TreeBase = { options: {}, links: [], errbacks: [], stampers: [] };

/** Whether nothing is set on a tree, so that it may dissolve into what encloses it. */
export function isBare({ options, links, errbacks, stampers }: Tree): boolean {
  return Object.keys(options).length === 0 && links.length === 0 && errbacks.length === 0 && stampers.length === 0;
}

/** A call, bare but for what is told. */
export function callTree(call: Pick<CallTree, "task" | "args"> & Partial<CallTree>): CallTree {
  return { kind: "call", mode: "call", immutable: false, ...bare, ...call };
}
