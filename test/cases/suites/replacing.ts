/** A replacing canvas takes the task's place: its value, its position, its callbacks, its stamps. */
import type { Signature } from "tqc";
import { describe, expect, test } from "vitest";
import { noted } from "../project/src/journal.js";
import {
  add,
  chain,
  chord,
  group,
  heard,
  id,
  log,
  mul,
  replaceAdd,
  replaceChain,
  replaceChord,
  replaceFail,
  replaceGroup,
  replaceLinked,
  replaceRepeatedly,
  replaceStamped,
  sum,
} from "../project/src/tasks.gen.js";
import { fresh, type World } from "../world.js";

type Row = readonly [given: string, canvas: Signature<[]>, want: unknown];

const table: readonly Row[] = [
  ["alone", replaceAdd.s(2, 3), 5],
  ["at the start of a chain", chain(replaceAdd.s(2, 3), mul.s(2)), 10],
  ["in the middle of a chain", chain(add.s(1, 1), replaceAdd.s(3), mul.s(2)), 10],
  ["at the end of a chain", chain(add.s(1, 1), replaceAdd.s(3)), 5],
  ["in a group", group(add.s(1, 1), replaceAdd.s(2, 3), add.s(3, 3)), [2, 5, 6]],
  ["in a header", chord([add.s(1, 1), replaceAdd.s(2, 3)], sum.s()), 7],
  ["as a body", chord([add.s(1, 1), add.s(2, 2)], chain(sum.s(), replaceAdd.s(4))), 10],
  ["by a chain", chain(replaceChain.s(1), add.s(1)), 21],
  ["by a chain in a group", group(replaceChain.s(1), add.s(1, 1)), [20, 2]],
  ["by a group", replaceGroup.s(3), [0, 2, 4]],
  ["by a group that is followed", chain(replaceGroup.s(3), sum.s()), 6],
  ["by a group in a group", group(add.s(1, 1), replaceGroup.s(2)), [2, [0, 2]]],
  ["by a group in a header", chord([add.s(1, 1), replaceGroup.s(2)], id.s()), [2, [0, 2]]],
  ["by an empty group", replaceGroup.s(0), []],
  ["by an empty group that is followed", chain(replaceGroup.s(0), id.s()), []],
  ["by an empty group in a header", chord([replaceGroup.s(0), add.s(1, 1)], id.s()), [[], 2]],
  ["by a chord", chain(replaceChord.s(4), mul.s(10)), 120],
  ["by a chord over nothing", replaceChord.s(0), 0],
  ["by a task that is replaced in turn", replaceRepeatedly.s(5), "done"],
  ["many times over in a header", chord([replaceRepeatedly.s(2), replaceRepeatedly.s(0)], id.s()), ["done", "done"]],
];

export function replacing(world: World): void {
  describe("a task that is replaced", () => {
    test.each(table)("%s", async (_given, canvas, want) => expect(await world.value(canvas)).toEqual(want));

    test("keeps its link, which fires once, with the replacement's value", async () => {
      const key = fresh();
      await world.value(chain(add.s(1, 1), replaceChain.s().link(log.s(key)), add.s(1)));
      expect(noted(key)).toEqual([30]);
    });

    test("may bring a link of its own", async () => {
      const [own, kept] = [fresh(), fresh()];
      expect(await world.value(replaceLinked.s(1, own).link(log.s(kept)))).toBe(2);
      expect([noted(own), noted(kept)]).toEqual([[2], [2]]);
    });

    test("fails when its replacement does, and its error callbacks fire once", async () => {
      const [own, outer] = [fresh(), fresh()];
      const canvas = chain(add.s(1, 1), replaceFail.si("gone").linkError(heard.s(own)), add.s(1));
      const error = await world.error(canvas.linkError(heard.s(outer)));
      expect(error).toMatchObject({
        task: "tasks.failing.fail",
        path: "chain[1]/chain[1]",
        cause: { message: "gone" },
      });
      expect(noted(own)).toMatchObject([{ error: { message: "gone" } }]);
      expect(noted(outer)).toHaveLength(1);
    });

    test("in a header fails the chord when its replacement fails", async () => {
      const error = await world.error(chord([replaceFail.s("gone"), add.s(1, 1)], sum.s()));
      expect(error).toMatchObject({ name: "ChordError", cause: { cause: { message: "gone" } } });
    });

    test("hands its stamps down, and the replacement's own win", async () => {
      const { stamps } = await world.value(replaceStamped.s().stamp({ outer: "given", both: "outer" }));
      expect(stamps).toEqual({ outer: "given", inner: "own", both: "inner" });
    });
  });
}
