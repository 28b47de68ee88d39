import { chain, chord, chunks, group, xmap, xstarmap } from "tqc";
import { describe, expect, test } from "vitest";
import { add, fmt, join, log, mul, ping, sum, upper } from "./tasks.js";
import { show } from "./world.js";

async function* later<T>(...items: T[]): AsyncGenerator<T> {
  yield* items;
}

describe.each([
  ["s binds", () => add.s(2, 3), "add(2, 3)"],
  ["si is immutable", () => add.si(2, 3), "add!(2, 3)"],
  ["si of a task without parameters", () => ping.si(), "ping!()"],
  ["si leaves out what is optional", () => fmt.si(1), "fmt!(1)"],
  ["a name for the last parameter is an ordinary partial", () => add.partial({ y: 3 }), "add(3)"],
  ["a name for the first leaves the second open", () => add.partial({ x: 3 }), "add(3, _)"],
  ["a name in the middle", () => fmt.partial({ digits: 2 }), "fmt(_, 2, _)"],
  ["an optional one stays open in its place", () => fmt.partial({ locale: "en" }), 'fmt(_, _, "en")'],
  [
    "a name for what comes before a rest",
    () => join.partial({ separator: "-" }).pipe(log.s()),
    'chain(join("-"), log())',
  ],
  ["a name for a rest binds its list", () => join.partial({ parts: ["a", "b"] }), 'join(_, "a", "b")'],
  ["all names", () => add.partial({ y: 3, x: 2 }), "add(2, 3)"],
  ["map is one message", () => upper.map(new Set(["a", "b"])), 'upper.map(["a","b"])'],
  ["starmap is one message", () => add.starmap([[1, 2]]), "add.starmap([[1,2]])"],
  [
    "chunks of a task",
    () =>
      add.chunks(
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        2,
      ),
    "group(add.starmap([[1,2],[3,4]]), add.starmap([[5,6]]))",
  ],
  ["a chain", () => chain(add.s(2, 3), mul.s(4)), "chain(add(2, 3), mul(4))"],
  ["a chain of one is that one", () => chain(add.s(2, 3)), "add(2, 3)"],
  [
    "a chain in a chain is flattened",
    () => chain(chain(add.s(1, 2), mul.s(3)), chain(mul.s(4))),
    "chain(add(1, 2), mul(3), mul(4))",
  ],
  ["pipe", () => add.s(1, 2).pipe(mul.s(3)).pipe(mul.s(4)), "chain(add(1, 2), mul(3), mul(4))"],
  [
    "a chain with a link stays whole",
    () => chain(chain(add.s(1, 2), mul.s(3)).link(log.si("a")), mul.s(4)),
    "chain(chain(add(1, 2), mul(3)), mul(4))",
  ],
  ["a group of arguments", () => group(add.s(1, 2), upper.s("a")), 'group(add(1, 2), upper("a"))'],
  ["a group of a list", () => group([add.s(1, 2)]), "group(add(1, 2))"],
  ["a group of a set", () => group(new Set([add.s(1, 2)])), "group(add(1, 2))"],
  ["a group of one is a group", () => group(add.s(1, 2)), "group(add(1, 2))"],
  ["a group of none", () => group(), "group()"],
  ["a group in a group nests", () => group(add.s(1, 2), group(add.s(3, 4))), "group(add(1, 2), group(add(3, 4)))"],
  ["a group of what comes later", () => group(later(add.s(1, 2))), "group(...)"],
  ["a chord of a list", () => chord([add.s(1, 2)], sum.s()), "chord(group(add(1, 2)) -> sum())"],
  ["a chord of a group", () => chord(group(add.s(1, 2)), sum.s()), "chord(group(add(1, 2)) -> sum())"],
  ["a chord of one signature", () => chord(add.s(1, 2), sum.s()), "chord(group(add(1, 2)) -> sum())"],
  [
    "a chord of a chain that ends in a group has one member",
    () => chord(chain(add.s(1, 2), group(add.s(1))), sum.s()),
    "chord(group(chain(add(1, 2), group(add(1)))) -> sum())",
  ],
  ["a chord in two steps", () => chord([add.s(1, 2)])(sum.s()), "chord(group(add(1, 2)) -> sum())"],
  ["a chord over nothing", () => chord([], sum.s()), "chord(group() -> sum())"],
  ["chunks", () => chunks([1, 2, 3], 2, sum.s() as never), "group(sum([1,2]), sum([3]))"],
  ["chunks of nothing", () => chunks([], 2, sum.s() as never), "group()"],
  ["xmap", () => xmap(upper.s(), ["a", "b"]), 'group(upper("a"), upper("b"))'],
  ["xmap puts the item in front", () => xmap(add.s(10), [1, 2]), "group(add(1, 10), add(2, 10))"],
  [
    "xmap spreads a tuple where more than one is needed",
    () =>
      xmap(add.s(), [
        [1, 2],
        [3, 4],
      ]),
    "group(add(1, 2), add(3, 4))",
  ],
  ["xmap spreads no list where one is needed", () => xmap(sum.s(), [[1, 2], [3]]), "group(sum([1,2]), sum([3]))"],
  ["xmap spreads no list for one open parameter", () => xmap(add.s(10), [[1]] as never), "group(add([1], 10))"],
  [
    "xmap over a chain binds its first step",
    () => xmap(chain(add.s(1), mul.s(2)), [5]),
    "group(chain(add(5, 1), mul(2)))",
  ],
  ["xmap over what is open by name", () => xmap(add.partial({ x: 1 }), [5]), "group(add(1, 5))"],
  ["xstarmap always spreads", () => xstarmap(add.s(), [[1, 2]]), "group(add(1, 2))"],
] as const)("%s", (_fact, make, wanted) => {
  test(wanted, () => {
    expect(show(make())).toBe(wanted);
  });
});

test("what comes later is read as it comes, and checked", async () => {
  const { treeOf } = await import("../../runtime/canvas/value.js");
  const tree = treeOf(group(later(add.s(1, 2), add as never)));
  const members = (tree as { members: AsyncIterable<unknown> }).members[Symbol.asyncIterator]();
  expect((await members.next()).value).toMatchObject({ task: "tasks.add", args: [1, 2] });
  await expect(members.next()).rejects.toThrow("a member of group: add is a builder, not a signature: use add.s(...)");
});

describe.each([
  ["chain() of nothing", () => (chain as () => unknown)(), "chain takes at least one signature"],
  [
    "a builder in a chain",
    () => chain(add.s(1, 2), mul as never),
    "step 2 of chain: mul is a builder, not a signature: use mul.s(...)",
  ],
  [
    "a number in a chain",
    () => chain(3 as never),
    "step 1 of chain: not a signature: a task's signature is made by .s(...)",
  ],
  [
    "a builder in a group",
    () => group([add.s(1, 2), mul] as never),
    "member 2 of group: mul is a builder, not a signature: use mul.s(...)",
  ],
  [
    "a step that takes nothing",
    () => chain(add.s(1, 2), ping.s()),
    "ping takes nothing, but add returns number: use .si(...)",
  ],
  [
    "a step that is full",
    () => chain(add.s(1, 2), add.s(3, 4)),
    "add takes nothing, but add returns number: use .si(...)",
  ],
  [
    "a step that needs two",
    () => chain(add.s(1, 2), mul.s()),
    "mul takes (x: number, y: number), but add returns number",
  ],
  [
    "a pipe to a step that takes nothing",
    () => add.s(1, 2).pipe(ping.s() as never),
    "ping takes nothing, but add returns number: use .si(...)",
  ],
  [
    "a body that takes nothing",
    () => chord([add.s(1, 2), mul.s(1, 2)], ping.s()),
    "ping takes nothing, but group of add, mul returns [number, number]: use .si(...)",
  ],
  [
    "a callback that takes nothing",
    () => add.s(1, 2).link(ping.s() as never),
    "ping takes nothing, but add returns number: use .si(...)",
  ],
  [
    "a link on a group",
    () => group(add.s(1, 2)).link(sum.s() as never),
    "a group has no link: use chord(group, callback)",
  ],
  [
    "a link on chunks",
    () => chunks([1], 1, sum.s() as never).link(sum.s() as never),
    "a group has no link: use chord(group, callback)",
  ],
  [
    "an immutable one that lacks an argument",
    () => add.si(1),
    "add.si needs every required argument: (x: number, y: number); found 1",
  ],
  ["a name that no parameter has", () => add.partial({ z: 1 }), "add has no parameter called z"],
  [
    "a name for a rest, without a list",
    () => join.partial({ parts: "a" }),
    "join: parts is a rest parameter, which is bound as a list; found string",
  ],
  [
    "chunks of what has no items",
    () => chunks(5 as never, 2, sum.s() as never),
    "the items are a list, an iterable or an async iterable; found 5",
  ],
  [
    "xmap over what has no items",
    () => xmap(upper.s(), undefined as never),
    "the items are a list, an iterable or an async iterable; found undefined",
  ],
  [
    "stamps that are no record",
    () => add.s(1, 2).stamp(null as never),
    'stamp: stamps are a record such as { requestId: "r1" }; found null',
  ],
  [
    "chunks of no size",
    () => chunks([1], 0, sum.s() as never),
    "the size of a chunk is a whole number from 1; found 0",
  ],
  [
    "a policy nobody knows",
    () => chord([add.s(1, 2)], sum.s(), { onError: "ignore" as never }),
    'chord: onError is "fail", "cancel" or "settle"; found "ignore"',
  ],
  [
    "a stamp that is none",
    () => add.s(1).stamp({ a: {} } as never),
    'stamp: the stamp "a" is [object Object]; a stamp is text, a number, a boolean, or a list of them',
  ],
] as const)("%s is refused", (_fact, make, message) => {
  test(message, () => {
    expect(make).toThrow(new TypeError(message));
  });
});
