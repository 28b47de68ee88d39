/** List, iterable or async iterable of signatures -> group. */

import { bare } from "./bare.js";
import { mapAsync } from "./bind.js";
import type { Origin } from "./origin.js";
import type { GroupTree } from "./tree.js";
import { needTree, originOf } from "./value.js";

/** Signatures in a row, or as they come. */
export type Several = Iterable<unknown> | AsyncIterable<unknown>;

/** Whether a value can be gone through. A text can, but is no list of anything here. */
export function isSeveral(value: unknown): value is Several {
  return isAsync(value) || (typeof value === "object" && value !== null && Symbol.iterator in value);
}

/** Whether a value can only be gone through as its items come. */
export function isAsync(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

/** A group of these signatures. Throws a TypeError that says which of them is none. */
export function collect(
  several: Several,
  where: string,
): { readonly tree: GroupTree; readonly origin: Origin | undefined } {
  if (isAsync(several)) {
    const members = mapAsync(several, (member) => needTree(member, `a member of ${where}`));
    return { tree: { kind: "group", members, ...bare }, origin: undefined };
  }
  const list = [...several];
  const members = list.map((member, i) => needTree(member, `member ${i + 1} of ${where}`));
  return {
    tree: { kind: "group", members, ...bare },
    origin: list.map(originOf).find((origin) => origin !== undefined),
  };
}
