/** What a canvas rejects with: the user's error as it was, where it happened, and what it means to what depends on it. */
import { ChordError, type Signature, TaskFailedError } from "tqc";
import { describe, expect, test } from "vitest";
import { noted } from "../project/src/journal.js";
import {
  add,
  carry,
  chain,
  chord,
  fail,
  group,
  id,
  lie,
  log,
  outcomes,
  print,
  refuse,
  shout,
  sum,
} from "../project/src/tasks.gen.js";
import { fresh, type World } from "../world.js";

const broken = fail.si("broken");

/** A canvas that fails, and the place its failure names. */
type Row = readonly [given: string, canvas: Signature<[]>, path: string];

const alone: readonly Row[] = [
  ["a task", broken, ""],
  ["the first step of a chain", chain(broken, add.s(1)), "chain[0]"],
  ["a step in the middle", chain(add.s(1, 1), broken, add.s(2)), "chain[1]"],
  ["the last step", chain(add.s(1, 1), broken), "chain[1]"],
  ["a member of a group", group(add.s(1, 1), broken), "group[1]"],
  ["a member of a group in a group", group(add.s(1, 1), group(broken)), "group[1]/group[0]"],
  ["a step of a member", group(add.s(1, 1), chain(add.s(1, 1), broken)), "group[1]/chain[1]"],
  ["a step before a trailing group", chain(broken, group(add.s(1), add.s(2))), "chain[0]"],
  ["a member of a trailing group", chain(add.s(1, 1), group(add.s(1), broken)), "chain[1]/group[1]"],
  ["a chord's body", chord([id.s(42)], broken), "chord/body"],
  ["a step of a chord's body", chord([id.s(42)], chain(sum.si([1]), broken)), "chord/body/chain[1]"],
  ["a step before a chord", chain(broken, chord(group(add.s(1)), sum.s())), "chain[0]"],
];

const joined: readonly Row[] = [
  ["a chord's only member", chord([broken], id.s()), "chord/header[0]"],
  ["one member of many", chord([add.s(1, 1), broken, add.s(2, 2)], sum.s()), "chord/header[1]"],
  ["a step of a member", chord([chain(add.s(1, 1), broken)], id.s()), "chord/header[0]/chain[1]"],
  ["a member of a group in a header", chord([group(add.s(1, 1), broken)], id.s()), "chord/header[0]/group[1]"],
  ["a member of a chord in a header", chord([chord([broken], id.s())], id.s()), "chord/header[0]/chord/header[0]"],
  ["a member of a group that is followed", chain(group(add.s(1, 1), broken), sum.s()), "chain[0]/group[1]"],
  ["a member, and the body is a chord", chord([broken], chord(group(id.s()), id.s())), "chord/header[0]"],
  ["a member, and the body is a group", chord([broken], group(id.s(), id.s())), "chord/header[0]"],
  ["a member, and steps follow", chain(chord([broken], id.s()), id.s(), id.s()), "chain[0]/chord/header[0]"],
];

export function failures(world: World): void {
  describe("a failure", () => {
    test.each(alone)("of %s rejects with that task's TaskFailedError", async (_given, canvas, path) => {
      const error = await world.error(canvas);
      expect(error).toBeInstanceOf(TaskFailedError);
      expect(error).toMatchObject({
        code: "TASK_FAILED",
        task: "tasks.failing.fail",
        path,
        cause: { message: "broken" },
      });
    });

    test.each(joined)("of %s rejects with a ChordError whose cause is the member's", async (_given, canvas, path) => {
      const error = await world.error(canvas);
      expect(error).toBeInstanceOf(ChordError);
      expect(error.cause).toBeInstanceOf(TaskFailedError);
      expect(error.cause).toMatchObject({ task: "tasks.failing.fail", path, cause: { message: "broken" } });
    });

    test("has the error as it was thrown: name, message, stack, own fields and cause", async () => {
      const { cause } = await world.error(print.s(3));
      expect(cause).toBeInstanceOf(Error);
      expect(cause).toMatchObject({ name: "OutOfPaper", message: "tray 3 is empty", tray: 3 });
      expect(cause).toMatchObject({ cause: { message: "no delivery" }, stack: expect.stringContaining("failing.ts") });
    });

    test("of what is no Error has its text for a message", async () => {
      const { cause } = await world.error(shout.s("help"));
      expect(cause).toBeInstanceOf(Error);
      expect(cause).toMatchObject({ message: "help" });
    });

    test("is a result that does not fit its declared type, or cannot travel", async () => {
      const lied = await world.error(chain(lie.s(), add.s(1)));
      expect(lied).toMatchObject({
        name: "TaskFailedError",
        task: "tasks.failing.lie",
        cause: { name: "InvalidArgumentsError" },
      });
      expect(lied.message).toMatch(/number/);
      expect(await world.error(carry.s())).toMatchObject({ code: "TASK_FAILED", task: "tasks.failing.carry" });
    });

    test("stops the steps after it, and no step before it", async () => {
      const [before, after] = [fresh(), fresh()];
      await world.end(chain(log.s(1, before), broken, log.s(after)));
      expect([noted(before), noted(after)]).toEqual([[1], []]);
    });

    test("of a member leaves its siblings alone, and the body does not run", async () => {
      const [sibling, body] = [fresh(), fresh()];
      await world.end(chord([broken, chain(add.s(1, 1), log.s(sibling))], log.s(body)));
      expect([noted(sibling), noted(body)]).toEqual([[2], []]);
    });
  });

  describe("a chord that settles", () => {
    const settle = (...header: Signature<[], number>[]) => chord(header, outcomes.s(), { onError: "settle" });

    test("runs its body with values and failures, in order", async () => {
      expect(await world.value(settle(add.s(1, 1), broken, add.s(2, 2)))).toEqual([2, "chord/header[1]: broken", 4]);
    });

    test("runs its body when all have failed, and when there are none", async () => {
      expect(await world.value(settle(fail.s("a"), fail.s("b")))).toEqual(["chord/header[0]: a", "chord/header[1]: b"]);
      expect(await world.value(settle())).toEqual([]);
    });

    test("holds of a composite member the failure that came first in it", async () => {
      const members = settle(chain(add.s(1, 1), broken, add.s(1)), chord([refuse.s([1, 2])], sum.s()));
      expect(await world.value(members)).toEqual([
        "chord/header[0]/chain[1]: broken",
        "chord/header[1]/chord/header[0]: refused 1,2",
      ]);
    });

    test("takes what precedes it", async () => {
      const settled = chord(group(add.s(1), broken), outcomes.s(), { onError: "settle" });
      expect(await world.value(chain(add.s(1, 1), settled))).toEqual([3, "chain[1]/chord/header[1]: broken"]);
    });

    test("fails when its body does", async () => {
      const error = await world.error(chord([broken], fail.si("body"), { onError: "settle" }));
      expect(error).toMatchObject({ path: "chord/body", cause: { message: "body" } });
    });

    test("fails with what precedes it", async () => {
      const settled = chord(group(add.s(1)), outcomes.s(), { onError: "settle" });
      expect(await world.error(chain(broken, settled))).toMatchObject({
        path: "chain[0]",
        cause: { message: "broken" },
      });
    });
  });
}
