/** A long list, cut into pieces. */

import { bind } from "./bind.js";
import type { Misfit, NotASignature } from "./fits.js";
import { groupOver, type Items, inChunks } from "./items.js";
import type { GroupOf, Said, TypeText } from "./labels.js";
import type { GroupSignature, LabelOf, OutOf, Signature } from "./signature.js";
import { needTree, originOf, signatureOf } from "./value.js";

// item, Signature -> itself or message
/** What is done with each chunk: it takes a list of items. */
export type OverChunk<Item, T> =
  T extends Signature<infer In, unknown, infer Label>
    ? [Item[]] extends In
      ? T
      : Misfit<Label, In, Said<"chunks gives ", TypeText<Item[]>>>
    : NotASignature<T>;

/** A group with one task per chunk: each is given a list of up to `size` items. */
export function chunks<Item, T>(
  items: Items<Item>,
  size: number,
  task: OverChunk<Item, T>,
): GroupSignature<[], OutOf<T>[], GroupOf<LabelOf<T>[]>> {
  const tree = needTree(task, "the task of chunks");
  return signatureOf(
    groupOver(inChunks(items, size), (chunk) => bind(tree, [chunk])),
    originOf(task),
  );
}
