/** One task over many items, and many tasks over many items. */
import type { Signature } from "tqc";
import { describe, expect, test } from "vitest";
import {
  add,
  chain,
  chord,
  chunks,
  double,
  fail,
  id,
  ids,
  pow,
  sum,
  upper,
  xmap,
  xstarmap,
} from "../project/src/tasks.gen.js";
import type { World } from "../world.js";

type Row = readonly [given: string, canvas: Signature<[]>, want: unknown];

const pairs: readonly (readonly [number, number])[] = [
  [1, 2],
  [3, 4],
  [5, 6],
];
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

const table: readonly Row[] = [
  ["map", upper.map(["a", "b"]), ["A", "B"]],
  ["map over nothing", upper.map([]), []],
  ["starmap", add.starmap(pairs), [3, 7, 11]],
  ["starmap with optional arguments left out", pow.starmap([[3], [2, 5]]), [9, 32]],
  ["a step after starmap", chain(add.starmap(pairs), sum.s()), 21],
  ["chunks of a task", add.chunks(pairs, 2), [[3, 7], [11]]],
  ["chunks of ten", chunks(range(100), 10, sum.s()), range(10).map((i) => 45 + i * 100)],
  ["chunks with a last one that is smaller", chunks([1, 2, 3], 2, double.s()), [[2, 4], [6]]],
  ["chunks of nothing", chunks([], 3, sum.s()), []],
  ["a step after chunks", chain(chunks(range(10), 3, sum.s()), sum.s()), 45],
  ["chunks as a header", chord(chunks(range(10), 3, sum.s()), sum.s()), 45],
  ["xmap", xmap(upper.s(), ["a", "b"]), ["A", "B"]],
  ["xmap of tuples onto a task of two parameters", xmap(add.s(), pairs), [3, 7, 11]],
  ["xmap of lists onto a task of one", xmap(sum.s(), [[1, 2], [3]]), [3, 3]],
  ["xmap in front of what is bound", xmap(add.s(10), [1, 2]), [11, 12]],
  ["xstarmap", xstarmap(add.s(), pairs), [3, 7, 11]],
  ["xstarmap of tuples of one", xstarmap(id.s(), [["a"], ["b"]]), ["a", "b"]],
  ["a step after xmap", chain(xmap(add.s(10), [1, 2]), sum.s()), 23],
];

export function mapping(world: World): void {
  describe("mapping", () => {
    test.each(table)("%s", async (_given, canvas, want) => expect(await world.value(canvas)).toEqual(want));

    test("map is one task, xmap is one task per item", async () => {
      const ofMap = await world.value(ids.map([1, 2]));
      const ofXmap = await world.value(xmap(ids.s(), [1, 2]));
      expect(new Set(ofMap.map(({ id }) => id)).size).toBe(1);
      expect(new Set(ofXmap.map(({ id }) => id)).size).toBe(2);
    });

    test("map fails with its first failure", async () => {
      expect(await world.error(fail.map(["first", "second"]))).toMatchObject({ cause: { message: "first" } });
    });
  });
}
