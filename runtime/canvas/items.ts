/** What is done for each of many items: the rules for their types, and the groups they become. */

import { bare } from "./bare.js";
import { mapAsync } from "./bind.js";
import { isSeveral } from "./collect.js";
import type { Misfit, NotASignature } from "./fits.js";
import type { Said, TypeText } from "./labels.js";
import type { InOf, LabelOf, Signature } from "./signature.js";
import type { GroupTree, Tree } from "./tree.js";

/** Items in a row, or as they come. */
export type Items<Item> = Iterable<Item> | AsyncIterable<Item>;

/** Any value at all, spelled so that inference keeps tuples and literals as they are written. */
export type Precise =
  | string
  | number
  | boolean
  | bigint
  | null
  | undefined
  | object
  | readonly []
  | readonly Precise[]
  | { readonly [key: string]: Precise };

// Label, In, item -> the items or message
/** Items that are one argument each. */
export type EachItem<Label, In extends readonly unknown[], Item> = In extends readonly [unknown, unknown, ...unknown[]]
  ? Misfit<Label, In, "map gives one argument per item: use .starmap(...)">
  : [Item] extends In
    ? Iterable<Item>
    : Misfit<Label, In, Said<"the items are ", TypeText<Item>>>;

// Label, In, tuple -> the tuples or message
/** Items that are all arguments each. */
export type EachTuple<Label, In extends readonly unknown[], Tuple> = [Tuple] extends [Readonly<In>]
  ? Items<Tuple>
  : Misfit<Label, In, Said<"the tuples are ", TypeText<Tuple>>>;

// In, item -> whether a task open for In can be given the item, spread where it needs more than one argument
type Suits<In extends readonly unknown[], Item> = In extends readonly [unknown, unknown, ...unknown[]]
  ? [Item] extends [Readonly<In>]
    ? true
    : false
  : [Item] extends In
    ? true
    : false;

// Signature, item -> the items or message
/** Items of `xmap`: a tuple is spread where the task needs more than one argument. */
export type ItemsFor<T, Item> =
  Suits<InOf<T>, Item> extends true ? Items<Item> : Misfit<LabelOf<T>, InOf<T>, Said<"the items are ", TypeText<Item>>>;

// Signature, tuple -> the tuples or message
/** Items of `xstarmap`. */
export type TuplesFor<T, Tuple> = EachTuple<LabelOf<T>, InOf<T>, Tuple>;

// Signature -> itself or message
/** What `xmap` and `xstarmap` do for each item. */
export type Repeated<T> = T extends Signature ? T : NotASignature<T>;

/** A group with one member per item. */
export function groupOver<Item>(items: Items<Item>, member: (item: Item) => Tree): GroupTree {
  checkItems(items);
  const members = Symbol.asyncIterator in items ? mapAsync(items, member) : Array.from(items, member);
  return { kind: "group", members, ...bare };
}

function checkItems(items: unknown): void {
  if (isSeveral(items)) return;
  throw new TypeError(`the items are a list, an iterable or an async iterable; found ${String(items)}`);
}

/** Items in lists of up to `size`, the last one shorter. */
export function inChunks<Item>(items: Items<Item>, size: number): Items<Item[]> {
  if (!Number.isInteger(size) || size < 1)
    throw new TypeError(`the size of a chunk is a whole number from 1; found ${size}`);
  checkItems(items);
  return Symbol.asyncIterator in items ? asyncChunks(items, size) : syncChunks(items, size);
}

function* syncChunks<Item>(items: Iterable<Item>, size: number): Iterable<Item[]> {
  let chunk: Item[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

function asyncChunks<Item>(items: AsyncIterable<Item>, size: number): AsyncIterable<Item[]> {
  return {
    async *[Symbol.asyncIterator]() {
      let chunk: Item[] = [];
      for await (const item of items) {
        chunk.push(item);
        if (chunk.length < size) continue;
        yield chunk;
        chunk = [];
      }
      if (chunk.length > 0) yield chunk;
    },
  };
}
