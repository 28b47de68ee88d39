/** Links and error callbacks: each fires once, for the thing it hangs on. */
import type { Signature, TaskFailure } from "tqc";
import { describe, expect, test } from "vitest";
import { noted } from "../project/src/journal.js";
import {
  add,
  chain,
  chord,
  count,
  fail,
  flaky,
  group,
  heard,
  id,
  log,
  mul,
  signature,
  sum,
  upper,
} from "../project/src/tasks.gen.js";
import { fresh, type World } from "../world.js";

const broken = fail.si("broken");

export function callbacks(world: World): void {
  links(world);
  errbacks(world);
}

function links(world: World): void {
  const linked: readonly (readonly [on: string, canvas: (key: string) => Signature<[]>, value: unknown])[] = [
    ["a task", (key) => add.s(1, 1).link(log.s(key)), 2],
    ["a chain", (key) => chain(add.s(1, 1), mul.s(3)).link(log.s(key)), 6],
    ["a step in the middle of a chain", (key) => chain(add.s(1, 1).link(log.s(key)), mul.s(3)), 2],
    ["a chain in a chain", (key) => chain(chain(add.s(1, 1), mul.s(3)).link(log.s(key)), mul.s(2)), 6],
    ["a chord", (key) => chord([add.s(1, 1), add.s(2, 2)], sum.s()).link(log.s(key)), 6],
    ["a chord in a chain", (key) => chain(chord([add.s(1, 1)], sum.s()).link(log.s(key)), mul.s(2)), 2],
    ["a chord's body", (key) => chord([add.s(1, 1), add.s(2, 2)], sum.s().link(log.s(key))), 6],
    ["a member of a header", (key) => chord([add.s(1, 1).link(log.s(key)), add.s(2, 2)], sum.s()), 2],
    ["a member of a group", (key) => group(add.s(1, 1).link(log.s(key)), add.s(2, 2)), 2],
    ["a chain that is a member", (key) => group(chain(add.s(1, 1), mul.s(3)).link(log.s(key))), 6],
    ["a map", (key) => upper.map(["a"]).link(log.s(key)), ["A"]],
    ["a task that is tried again", (key) => flaky.s(2, fresh()).link(log.s(key)), 2],
  ];

  describe("a link", () => {
    test.each(linked)("on %s fires once, with the value", async (_on, canvas, value) => {
      const key = fresh();
      await world.value(canvas(key));
      expect(noted(key)).toEqual([value]);
    });

    test("that is immutable gets nothing", async () => {
      const key = fresh();
      expect(await world.value(add.s(1, 1).link(count.si(key)))).toBe(2);
      expect(noted(key)).toEqual(["called"]);
    });

    test("on a link fires with the link's value", async () => {
      const key = fresh();
      await world.value(add.s(1, 1).link(mul.s(10).link(log.s(key))));
      expect(noted(key)).toEqual([20]);
    });

    test("may be a chain, a group or a chord", async () => {
      const [ofChain, ofGroup, ofChord] = [fresh(), fresh(), fresh()];
      const two = add.s(1, 1);
      await world.value(two.link(chain(mul.s(10), log.s(ofChain))));
      await world.value(two.link(group(log.s(ofGroup), log.s(ofGroup))));
      await world.value(two.link(chord(group(add.s(1), add.s(2)), log.s(ofChord))));
      expect([noted(ofChain), noted(ofGroup), noted(ofChord)]).toEqual([[20], [2, 2], [[3, 4]]]);
    });

    test("that fails changes nothing in the value, and its own error callback hears of it", async () => {
      const key = fresh();
      expect(await world.value(add.s(1, 1).link(fail.si("link").linkError(heard.s(key))))).toBe(2);
      expect(noted(key)).toMatchObject([{ error: { message: "link" } }]);
    });

    test("hung up twice fires once; two of a kind fire both", async () => {
      const [same, other] = [fresh(), fresh()];
      const callback = log.s(same);
      await world.value(add.s(1, 1).link(callback).link(callback).link(log.s(other)));
      expect([noted(same), noted(other)]).toEqual([[2], [2]]);
    });

    test("does not fire on a failure, nor on what never ran", async () => {
      const key = fresh();
      await world.error(chain(broken.link(log.s(key)), add.s(1).link(log.s(key))).link(log.s(key)));
      expect(noted(key)).toEqual([]);
    });
  });
}

function errbacks(world: World): void {
  const failing: readonly (readonly [on: string, canvas: (key: string) => Signature<[]>, path: string])[] = [
    ["a task", (key) => broken.linkError(heard.s(key)), ""],
    ["a chain", (key) => chain(add.s(1, 1), broken, add.s(1)).linkError(heard.s(key)), "chain[1]"],
    ["a step of a chain", (key) => chain(add.s(1, 1), broken.linkError(heard.s(key))), "chain[1]"],
    ["a step that never ran", (key) => chain(broken, add.s(1).linkError(heard.s(key))), "chain[0]"],
    ["a group", (key) => group(add.s(1, 1), broken).linkError(heard.s(key)), "group[1]"],
    ["a group in a group", (key) => group(group(broken).linkError(heard.s(key))), "group[0]/group[0]"],
    ["a trailing group", (key) => chain(broken, group(add.s(1), add.s(2)).linkError(heard.s(key))), "chain[0]"],
    [
      "a chain with a trailing group",
      (key) => chain(broken, group(add.s(1), add.s(2))).linkError(heard.s(key)),
      "chain[0]",
    ],
    [
      "a chord whose member fails",
      (key) => chord([broken, add.s(1, 1)], sum.s()).linkError(heard.s(key)),
      "chord/header[0]",
    ],
    ["a chord whose body fails", (key) => chord([add.s(1, 1)], broken).linkError(heard.s(key)), "chord/body"],
    [
      "the body of a chord whose member fails",
      (key) => chord([broken], sum.s().linkError(heard.s(key))),
      "chord/header[0]",
    ],
    ["the header of a chord", (key) => chord(group(broken).linkError(heard.s(key)), sum.s()), "chord/header[0]"],
    ["a member of a header", (key) => chord([broken.linkError(heard.s(key)), add.s(1, 1)], sum.s()), "chord/header[0]"],
    [
      "a chord in a header",
      (key) => chord([chord([broken], sum.s()).linkError(heard.s(key))], sum.s()),
      "chord/header[0]/chord/header[0]",
    ],
    [
      "a chain around all of it",
      (key) => chain(chord([group(broken)], id.s()), id.s()).linkError(heard.s(key)),
      "chain[0]/chord/header[0]/group[0]",
    ],
  ];

  describe("an error callback", () => {
    test.each(failing)("on %s fires once, with the failure that came first", async (_on, canvas, path) => {
      const key = fresh();
      await world.error(canvas(key));
      expect(noted(key)).toHaveLength(1);
      expect(noted(key)).toMatchObject([
        {
          task: "tasks.failing.fail",
          taskId: expect.any(String),
          path,
          error: { name: "Error", message: "broken" },
          others: [],
        },
      ]);
    });

    test("within and without both fire, once each", async () => {
      const [inner, outer] = [fresh(), fresh()];
      const member = chain(add.s(1, 1), broken).linkError(heard.s(inner));
      await world.error(chain(chord([member], sum.s()), add.s(1)).linkError(heard.s(outer)));
      expect([noted(inner).length, noted(outer).length]).toEqual([1, 1]);
    });

    test("of a group with many failures fires once", async () => {
      const key = fresh();
      await world.error(group(fail.s("a"), fail.s("b"), fail.s("c")).linkError(heard.s(key)));
      const said = noted(key) as readonly TaskFailure[];
      expect(said).toHaveLength(1);
      expect(["a", "b", "c"]).toContain(said[0]?.error.message);
      expect(said[0]?.others.map(({ error }) => error.message)).not.toContain(said[0]?.error.message);
    });

    test("does not fire on success, nor before the retries are spent", async () => {
      const [succeeds, gives] = [fresh(), fresh()];
      await world.value(flaky.s(3, fresh()).linkError(heard.s(succeeds)));
      await world.error(flaky.s(4, fresh()).linkError(heard.s(gives)));
      expect(noted(succeeds)).toEqual([]);
      expect(noted(gives)).toMatchObject([{ error: { message: "attempt 3 failed" } }]);
    });

    test("may be a chain, which gets the failure first", async () => {
      const key = fresh();
      await world.error(broken.linkError(chain(heard.s(fresh()), upper.s(), log.s(key))));
      expect(noted(key)).toEqual(["BROKEN"]);
    });

    test("that fails changes nothing else", async () => {
      const key = fresh();
      const error = await world.error(broken.linkError(fail.si("callback")).linkError(heard.s(key)));
      expect(error).toMatchObject({ cause: { message: "broken" } });
      expect(noted(key)).toHaveLength(1);
    });

    test("that is immutable gets nothing", async () => {
      const key = fresh();
      await world.error(broken.linkError(count.si(key)));
      expect(noted(key)).toEqual(["called"]);
    });

    test("is given a failure that a task by name can take", async () => {
      const key = fresh();
      await world.error(broken.linkError(signature("tasks.callbacks.heard", [key]) as never));
      expect(noted(key)).toMatchObject([{ error: { message: "broken" } }]);
    });
  });
}
