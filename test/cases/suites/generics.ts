/** Generic tasks, which are called as their constraints say. */
import { InvalidArgumentsError } from "tqc";
import { describe, expect, test } from "vitest";
import { chain, group, latest, pluck, signature, without } from "../project/src/tasks.gen.js";
import type { World } from "../world.js";

const [morning, evening] = [new Date("2026-01-01T06:00:00Z"), new Date("2026-01-01T18:00:00Z")];
const happenings = [
  { name: "open", at: morning },
  { name: "close", at: evening },
];

export function generics(world: World): void {
  describe("a generic task", () => {
    test("takes and gives what its constraint says, through the codec", async () => {
      expect(await world.value(latest.s([morning, evening]))).toEqual(evening);
    });

    test("takes the keys that its constraint has", async () => {
      expect(await world.value(group(pluck.s(happenings, "name"), pluck.s(happenings, "at")))).toEqual([
        ["open", "close"],
        [morning, evening],
      ]);
    });

    test("is a step like any other", async () => {
      expect(await world.value(chain(without.s(["a", "b", "c"], "b"), without.s("c")))).toEqual(["a"]);
    });

    test.each<readonly [name: string, args: unknown[]]>([
      ["tasks.generic.latest", [["2026"]]],
      ["tasks.generic.pluck", [happenings, "place"]],
      ["tasks.generic.without", [["a"], 1]],
    ])("refuses what does not fit its constraint: %s", async (name, args) => {
      expect(await world.error(signature(name, args))).toBeInstanceOf(InvalidArgumentsError);
    });
  });
}
