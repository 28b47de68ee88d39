/** Retries are invisible from outside. */
import { describe, expect, test } from "vitest";
import { noted } from "../project/src/journal.js";
import { add, again, chain, chord, flaky, mul, picky, sum } from "../project/src/tasks.gen.js";
import { fresh, type World } from "../world.js";

export function retries(world: World): void {
  describe("a task that fails at first", () => {
    test("is tried again, and its value is that of the attempt that succeeded", async () => {
      const key = fresh();
      expect(await world.value(flaky.s(1, key))).toBe(1);
      expect(noted(key)).toEqual([0, 1]);
    });

    test("hands its value on as if nothing had happened", async () => {
      expect(await world.value(chain(flaky.s(2, fresh()), mul.s(10)))).toBe(20);
      expect(await world.value(chord([flaky.s(1, fresh()), add.s(1, 1)], sum.s()))).toBe(3);
    });

    test("fails when its retries are spent", async () => {
      const key = fresh();
      expect(await world.error(flaky.s(9, key))).toMatchObject({ cause: { message: "attempt 3 failed" } });
      expect(noted(key)).toEqual([0, 1, 2, 3]);
    });

    test("is tried as often as its sender says", async () => {
      const [never, once] = [fresh(), fresh()];
      await world.error(flaky.s(9, never).set({ maxRetries: 0 }));
      await world.error(flaky.s(9, once).set({ maxRetries: 1 }));
      expect([noted(never), noted(once)]).toEqual([[0], [0, 1]]);
    });

    test("is tried again for the errors it names, and for no others", async () => {
      const [worthIt, not] = [fresh(), fresh()];
      await world.error(picky.s("RangeError", worthIt));
      await world.error(picky.s("TypeError", not));
      expect([noted(worthIt).length, noted(not).length]).toEqual([4, 1]);
    });
  });

  describe("a task that asks for another attempt", () => {
    test("gets it", async () => {
      const key = fresh();
      expect(await world.value(again.s(2, key))).toBe(2);
      expect(noted(key)).toEqual([0, 1, 2]);
    });

    test("fails with the cause it named once the retries are spent", async () => {
      expect(await world.error(again.s(3, fresh()))).toMatchObject({ cause: { message: "not yet" } });
      expect(await world.error(again.s(1, fresh()).set({ maxRetries: 0 }))).toMatchObject({
        cause: { message: "not yet" },
      });
    });
  });
}
