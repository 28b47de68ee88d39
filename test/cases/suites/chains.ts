/** What chains, pipes and partials give. */
import type { Signature } from "tqc";
import { describe, expect, test } from "vitest";
import {
  add,
  chain,
  fmt,
  id,
  list,
  mul,
  nothing,
  pow,
  Reports,
  rich,
  signature,
  upper,
} from "../project/src/tasks.gen.js";
import type { World } from "../world.js";

type Row = readonly [given: string, canvas: Signature<[]>, want: unknown];

const table: readonly Row[] = [
  ["a task", add.s(2, 3), 5],
  ["three steps", chain(add.s(4, 4), add.s(8), add.s(16)), 32],
  ["one step", chain(add.s(3, 4)), 7],
  ["a chain of a chain of one", chain(chain(id.s(42))), 42],
  ["immutable steps, which ignore what they are given", chain(add.s(2, 2), add.si(4, 4), add.si(8, 8)), 16],
  ["chains in a chain", chain(chain(add.s(1, 1), add.s(2)), chain(add.s(3), mul.s(2))), 14],
  ["a chain in the middle", chain(add.s(1, 1), chain(mul.s(3), add.s(4)), mul.s(2)), 20],
  ["pipes", add.s(1, 1).pipe(mul.s(5)).pipe(add.s(1)), 11],
  ["a pipe onto a chain", chain(add.s(1, 1), mul.s(2)).pipe(chain(mul.s(3), mul.s(4))), 48],
  ["an optional parameter left out", pow.s(3), 9],
  ["an optional parameter bound, the first given", chain(add.s(1, 2), pow.s(3)), 27],
  ["all optional parameters left out after a step", chain(add.s(1, 2), fmt.s()), "3"],
  ["a rest parameter, what is given in front", chain(add.s(1, 2), list.s("a", "b")), [3, "a", "b"]],
  ["a rest parameter of nothing", list.s(), []],
  ["the second parameter bound by name", chain(add.s(1, 1), pow.partial({ exponent: 5 })), 32],
  ["the first parameter bound by name", chain(add.s(1, 4), pow.partial({ base: 2 })), 32],
  ["the last of three bound by name", chain(add.s(1, 1), fmt.partial({ locale: "de" })), "2 de"],
  ["a task that returns nothing", nothing.s(), undefined],
  ["a step after nothing", chain(nothing.s(), add.si(1, 2)), 3],
  ["null and undefined on their way", chain(list.s(null, undefined), id.s()), [null, undefined]],
  ["a task that is a method, on its queue", Reports.render.s("June"), "report June, queue reports"],
  ["a task by name", signature("tasks.math.add", [2, 3]), 5],
  ["a task by name in a chain", chain(add.s(1, 1), signature("tasks.math.add", [3])), 5],
  ["a task by name that is immutable", chain(add.s(1, 1), signature("tasks.math.add", [3, 4], { immutable: true })), 7],
  ["text", chain(id.s("x"), upper.si("caps")), "CAPS"],
];

export function chains(world: World): void {
  describe("a chain", () => {
    test.each(table)("%s", async (_given, canvas, want) => {
      expect(await world.value(canvas)).toEqual(want);
    });

    test("takes what its first step is open for", async () => {
      expect(await world.value(chain(add.s(4), mul.s(8)), 16)).toBe(160);
      expect(await world.value(add.s(), 2, 3)).toBe(5);
      expect(await world.value(pow.s(), 3)).toBe(9);
      expect(await world.value(list.s("c"), "a", "b")).toEqual(["a", "b", "c"]);
    });

    test("of an array of steps gives what the last one gives", async () => {
      const steps = [1, 2, 3].map((each) => add.s(each));
      expect(await world.value(chain(...steps), 10)).toBe(16);
    });

    test("of a hundred steps arrives", async () => {
      const steps = Array.from({ length: 100 }, () => add.s(1));
      expect(await world.value(chain(...steps), 0)).toBe(100);
    });

    test("keeps what plain JSON would lose", async () => {
      const [when, sizes] = [new Date(0), new Map([["a", 2n ** 70n]])];
      expect(await world.value(rich.s(when, sizes))).toEqual({ when, sizes, none: undefined });
    });
  });
}
