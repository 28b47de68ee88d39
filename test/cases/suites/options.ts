/** Options on a composite are defaults for all below it; a member's own win. */
import { describe, expect, test } from "vitest";
import { noted } from "../project/src/journal.js";
import { add, addUnseen, chain, chord, group, ids, log } from "../project/src/tasks.gen.js";
import { fresh, type World } from "../world.js";

export function options(world: World): void {
  describe("an option", () => {
    test("reaches the task", async () => {
      const sent = ids.s().set({ queue: "other", priority: 7, headers: { tenant: "t1" } });
      expect(await world.value(sent)).toMatchObject({ queue: "other", priority: 7, headers: { tenant: "t1" } });
    });

    test("that is not set is the task's own", async () => {
      expect(await world.value(ids.s())).toMatchObject({ queue: "default", priority: 0, headers: {}, attempt: 0 });
    });

    test("on a composite is a default, and a member's own wins", async () => {
      const members = group(ids.s(), ids.s().set({ queue: "own" })).set({ queue: "outer", priority: 3 });
      expect(await world.value(members)).toMatchObject([
        { queue: "outer", priority: 3 },
        { queue: "own", priority: 3 },
      ]);
    });

    test("of an inner composite wins over that of an outer one", async () => {
      const inner = chain(add.s(1, 1), ids.s()).set({ queue: "inner" });
      expect(await world.value(group(inner, ids.s()).set({ queue: "outer" }))).toMatchObject([
        { queue: "inner" },
        { queue: "outer" },
      ]);
    });

    test("on a chord reaches header and body", async () => {
      const body = fresh();
      const canvas = chord([chain(ids.s(), log.s(body))], ids.s()).set({ queue: "chords" });
      expect(await world.value(canvas)).toMatchObject({ queue: "chords" });
      expect(noted(body)).toMatchObject([{ queue: "chords" }]);
    });

    test("set again is merged: headers by key, the rest by the last one", async () => {
      const sent = ids
        .s()
        .set({ queue: "outer", headers: { x: "1", y: "1" } })
        .set({ queue: "other", headers: { y: "2" } });
      expect(await world.value(sent)).toMatchObject({ queue: "other", headers: { x: "1", y: "2" } });
    });

    test("on a composite does not reach its callbacks", async () => {
      const key = fresh();
      await world.value(
        add
          .s(1, 1)
          .link(chain(ids.s(), log.s(key)))
          .set({ queue: "other", headers: { a: "1" } }),
      );
      expect(noted(key)).toMatchObject([{ queue: "default", headers: {} }]);
    });
  });

  describe("a result that is ignored", () => {
    test("is undefined to whoever asks, and flows on", async () => {
      const key = fresh();
      expect(await world.value(addUnseen.s(1, 2).link(log.s(key)))).toBeUndefined();
      expect(await world.value(add.s(1, 2).set({ ignoreResult: true }))).toBeUndefined();
      expect(noted(key)).toEqual([3]);
    });

    test("is kept where the sender says so", async () => {
      expect(await world.value(addUnseen.s(1, 2).set({ ignoreResult: false }))).toBe(3);
    });
  });
}
