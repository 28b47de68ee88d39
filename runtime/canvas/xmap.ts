/** One task per item. */

import { bind } from "./bind.js";
import { groupOver, type Items, type ItemsFor, type Precise, type Repeated, type TuplesFor } from "./items.js";
import type { GroupOf } from "./labels.js";
import { firstCalls, needsSeveral } from "./misfit.js";
import type { GroupSignature, LabelOf, OutOf } from "./signature.js";
import { needTree, originOf, signatureOf } from "./value.js";

/** A group of one task per item. */
export type Each<T> = T extends unknown ? GroupSignature<[], OutOf<T>[], GroupOf<LabelOf<T>[]>> : never;

/** A group of one task per item. An item that is an argument tuple is spread where the task needs more than one argument. */
export function xmap<T, Item extends Precise>(task: Repeated<T>, items: ItemsFor<T, Item>): Each<T> {
  const tree = needTree(task, "the task of xmap");
  const origin = originOf(task);
  const spreads = firstCalls(tree).some((call) => needsSeveral(call, origin));
  const given = (item: unknown) => (spreads && Array.isArray(item) ? item : [item]);
  return signatureOf(
    groupOver(items as Items<unknown>, (item) => bind(tree, given(item))),
    origin,
  );
}

/** A group of one task per tuple of arguments, always spread. */
export function xstarmap<T, const Tuple extends Precise>(task: Repeated<T>, tuples: TuplesFor<T, Tuple>): Each<T> {
  const tree = needTree(task, "the task of xstarmap");
  return signatureOf(
    groupOver(tuples as Items<readonly unknown[]>, (tuple) => bind(tree, tuple)),
    originOf(task),
  );
}
