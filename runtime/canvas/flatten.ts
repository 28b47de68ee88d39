/** Trees -> chain. */

import { bare, isBare } from "./bare.js";
import type { ChainTree, Tree } from "./tree.js";

/** Steps in a row: a chain in a chain dissolves, unless something is set on it; a chain of one is that one. */
export function chainTree(steps: readonly Tree[]): Tree {
  const [first, ...rest] = steps;
  if (first && dissolves(first) && rest.length > 0) return grown({ before: first, added: rest.flatMap(stepsOf) });
  const flat = steps.flatMap(stepsOf);
  const [only] = flat;
  return flat.length === 1 && only ? only : { kind: "chain", steps: flat, ...bare };
}

function dissolves(tree: Tree): tree is ChainTree {
  return tree.kind === "chain" && isBare(tree);
}

function stepsOf(tree: Tree): readonly Tree[] {
  return dissolves(tree) ? tree.steps : [tree];
}

/** A chain, and what was added to it. */
interface Growth {
  readonly before: ChainTree;
  readonly added: readonly Tree[];
}

/** How chains have grown whose steps nobody has looked at yet. */
const growths = new WeakMap<ChainTree, Growth>();

/** A longer chain. Its steps are put in a row when they are looked at, so that a loop of `pipe` costs what its steps cost. */
function grown(growth: Growth): ChainTree {
  let row: readonly Tree[] | undefined;
  const tree: ChainTree = {
    kind: "chain",
    get steps() {
      row ??= inARow(tree);
      return row;
    },
    ...bare,
  };
  growths.set(tree, growth);
  return tree;
}

function inARow(tree: ChainTree): readonly Tree[] {
  const parts: (readonly Tree[])[] = [];
  let at = tree;
  for (let growth = growths.get(at); growth; growth = growths.get(at)) {
    parts.push(growth.added);
    at = growth.before;
  }
  growths.delete(tree);
  return [at.steps, ...parts.reverse()].flat();
}
