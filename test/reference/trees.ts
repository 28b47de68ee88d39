/** Canvases by hand, without builders: what tests of the parts below the public face are written in. */

import type { CallTree, ChainTree, ChordTree, GroupTree, Tree } from "../../runtime/canvas/tree.js";
import type { JoinPolicy } from "../../runtime/messages.js";

const bare = { options: {}, links: [], errbacks: [], stampers: [] };

export function call(task: string, args: readonly unknown[] = [], immutable = false): CallTree {
  return { ...bare, kind: "call", task, mode: "call", args, immutable };
}

export function chain(...steps: Tree[]): ChainTree {
  return { ...bare, kind: "chain", steps };
}

export function group(...members: Tree[]): GroupTree {
  return { ...bare, kind: "group", members };
}

export function chord(header: readonly Tree[], body: Tree, policy: JoinPolicy = "fail"): ChordTree {
  return { ...bare, kind: "chord", header: group(...header), body, policy };
}
