/** What groups and chords give: the shape of a value is the shape of the canvas. */
import type { Signature } from "tqc";
import { describe, expect, test } from "vitest";
import type { Value } from "../project/src/tasks/values.js";
import { add, addUnseen, chain, chord, group, id, list, mul, nothing, sum } from "../project/src/tasks.gen.js";
import type { World } from "../world.js";

type Row = readonly [given: string, canvas: Signature<[]>, want: unknown];

const twice = (count: number) => Array.from({ length: count }, (_, i) => add.s(i, i));
const three = () => group(add.s(1, 0), add.s(2, 0), add.s(3, 0));

const groupTable: readonly Row[] = [
  ["two members", group(id.s(42), id.s(42)), [42, 42]],
  ["none", group(), []],
  ["none, as a list", group([]), []],
  ["one", group(add.s(1, 2)), [3]],
  ["a list of members", group(twice(4)), [0, 2, 4, 6]],
  ["an iterable of members", group(new Set(twice(3))), [0, 2, 4]],
  [
    "a thousand, in order",
    group(Array.from({ length: 1000 }, (_, i) => id.s(i))),
    Array.from({ length: 1000 }, (_, i) => i),
  ],
  ["groups in groups", group(add.si(1, 10), group(add.si(1, 100), group(add.si(1, 1000)))), [11, [101, [1001]]]],
  ["a chain as one member", group(chain(add.s(1, 1), mul.s(10)), add.s(1, 1)), [20, 2]],
  [
    "a chain that ends in a group as one member",
    group(chain(add.s(1, 1), group(add.s(1), add.s(2))), id.s(0)),
    [[3, 4], 0],
  ],
  ["a chord as one member", group(chord(twice(3), sum.s()), chord([], sum.s())), [6, 0]],
  ["an empty group in a group", group(group(), add.s(1, 1)), [[], 2]],
  ["an empty group in an empty place", group(group(group())), [[[]]]],
  ["a member that returns nothing", group(nothing.s(), add.s(1, 1)), [undefined, 2]],
  ["a member whose result is ignored", group(addUnseen.s(1, 1), add.s(1, 1)), [undefined, 2]],
];

const followedTable: readonly Row[] = [
  ["a group, then a step", chain(group(twice(4)), sum.s()), 12],
  ["a group piped into a step", group(twice(4)).pipe(sum.s()), 12],
  ["a step, then a group", chain(add.s(2, 2), group(add.s(0), add.s(1), add.s(2), add.s(3))), [4, 5, 6, 7]],
  ["a group in the middle", chain(add.s(1, 1), group(add.s(1), mul.s(10)), sum.s(), add.s(100)), 123],
  ["a group in the middle and one at the end", chain(three(), group(sum.s(), id.s())), [6, [1, 2, 3]]],
  [
    "a group, then a chord of which each member gets the list",
    chain(three(), chord(group(sum.s(), sum.s(), sum.s()), sum.s())),
    18,
  ],
  ["a group of groups, then a step", chain(group(group(add.s(1, 1)), three()), id.s()), [[2], [1, 2, 3]]],
  ["a group of one, then a step", chain(group(add.s(1, 1)), id.s()), [2]],
  ["an empty group first", chain(group(), id.s()), []],
  ["an empty group in the middle", chain(add.s(1, 1), group(), id.s()), []],
  ["an empty group last", chain(add.s(1, 1), group()), []],
  ["a group in which only one member takes what is given", chain(add.s(1, 1), group(add.s(1), add.si(5, 5))), [3, 10]],
  ["an ignored member counts, and its value flows", chain(group(addUnseen.s(1, 2), add.s(1, 1)), sum.s()), 5],
  ["an ignored step's value flows", chain(addUnseen.s(1, 2), add.s(4)), 7],
];

const chordTable: readonly Row[] = [
  ["a hundred members", chord(twice(100), sum.s()), 9900],
  ["no members", chord([], sum.s()), 0],
  ["one member", chord([add.s(1, 1)], id.s()), [2]],
  ["a group as header", chord(three(), sum.s()), 6],
  ["one signature as header", chord(add.s(1, 1), id.s()), [2]],
  ["a generator as header", chord(twice(3).values(), sum.s()), 6],
  ["header and body apart", chord(twice(3))(sum.s()), 6],
  ["an immutable body", chord(twice(3), add.si(1, 1)), 2],
  ["a chord in a header", chord([chord([add.s(1, 2), add.s(3, 4)], id.s()), add.s(2, 3)], id.s()), [[3, 7], 5]],
  ["a group in a header", chord([three(), add.s(2, 3)], id.s()), [[1, 2, 3], 5]],
  ["an empty group in a header", chord([group()], id.s()), [[]]],
  ["a chain in a header", chord([chain(add.s(1, 1), mul.s(4)), add.s(2, 3)], id.s()), [8, 5]],
  [
    "a chain that ends in a group in a header",
    chord([chain(add.s(1, 1), group(add.s(1), add.s(2)))], id.s()),
    [[3, 4]],
  ],
  ["a chain as body", chord(twice(3), chain(sum.s(), mul.s(10))), 60],
  ["a group as body", chord(twice(3), group(sum.s(), id.s())), [6, [0, 2, 4]]],
  ["an empty group as body", chord(twice(3), group()), []],
  ["a chord as body", chord(twice(3), chord(group(sum.s(), sum.s()), sum.s())), 12],
  ["a chord, then steps", chain(chord(twice(3), sum.s()), mul.s(2), add.s(1)), 13],
  ["a step, then a chord", chain(add.s(1, 1), chord(group(add.s(1), mul.s(5)), sum.s())), 13],
  [
    "chords five deep",
    [1, 2, 3, 4, 5].reduce<Signature<[], Value>>((inner) => chord([inner, inner], list.s()), id.s(1)),
    nested(5),
  ],
];

/** A list of lists, as deep as that. */
function nested(depth: number): unknown {
  return depth === 0 ? 1 : [[nested(depth - 1), nested(depth - 1)]];
}

export function groups(world: World): void {
  describe("a group", () => {
    test.each(groupTable)("%s", async (_given, canvas, want) => expect(await world.value(canvas)).toEqual(want));

    test("hands what it is given to each member", async () => {
      expect(await world.value(group(add.s(1), mul.s(2)), 5)).toEqual([6, 10]);
    });

    test("over an async iterable is submitted as its members come", async () => {
      async function* members() {
        for (const each of twice(5)) yield each;
      }
      expect(await world.value(group(members()))).toEqual([0, 2, 4, 6, 8]);
      expect(await world.value(chord(members(), sum.s()))).toBe(20);
    });
  });

  describe("a canvas with a group in it", () => {
    test.each(followedTable)("%s", async (_given, canvas, want) => expect(await world.value(canvas)).toEqual(want));
  });

  describe("a chord", () => {
    test.each(chordTable)("%s", async (_given, canvas, want) => expect(await world.value(canvas)).toEqual(want));
  });
}
