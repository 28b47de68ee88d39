/** Steps in a row. */
import type { Chain, Steps } from "./fits.js";
import { chainTree } from "./flatten.js";
import { checkFit } from "./misfit.js";
import { needTree, originOf, signatureOf } from "./value.js";

/** Runs its steps in order: each is given the result of the one before as its first argument. */
export function chain<const S extends readonly unknown[]>(...steps: Steps<S>): Chain<S> {
  const given: readonly unknown[] = steps;
  if (given.length === 0) throw new TypeError("chain takes at least one signature");
  const trees = given.map((step, i) => needTree(step, `step ${i + 1} of chain`));
  const origin = given.map(originOf).find((known) => known !== undefined);
  trees.forEach((tree, i) => {
    const before = trees[i - 1];
    if (before) checkFit(before, tree, origin);
  });
  return signatureOf(chainTree(trees), origin);
}
