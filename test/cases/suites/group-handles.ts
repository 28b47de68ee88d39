/** Handles of groups: members as they finish. */
import { TaskFailedError } from "tqc";
import { describe, expect, test } from "vitest";
import type { BrokerWorld } from "../broker-world.js";
import { gate } from "../project/src/journal.js";
import { add, chain, chord, chunks, fail, group, held, heldFailure, id, sum, xmap } from "../project/src/tasks.gen.js";
import { fresh } from "../world.js";

const soon = { timeout: "30s" } as const;

export function groupHandles(world: BrokerWorld): void {
  describe("a group's handle", () => {
    test("counts the members that have ended", async () => {
      const [first, second] = [fresh(), fresh()];
      const handle = await world.track(group(held.s(first, 1), held.s(second, 2)).delay());
      expect(await handle.completedCount()).toBe(0);
      gate(first).open();
      expect(await handle.results[0].get(soon)).toBe(1);
      expect(await handle.completedCount()).toBe(1);
      gate(second).open();
      expect(await handle.join(soon)).toEqual([1, 2]);
      expect(await handle.completedCount()).toBe(2);
    });

    test("gives members as they finish, and the value in the order written", async () => {
      const [first, second] = [fresh(), fresh()];
      const handle = await world.track(group(held.s(first, 1), held.s(second, 2)).delay());
      gate(second).open();
      const seen: (readonly [number, number])[] = [];
      for await (const each of handle) {
        seen.push(each);
        gate(first).open();
      }
      expect(seen).toEqual([
        [1, 2],
        [0, 1],
      ]);
      expect(await handle.get(soon)).toEqual([1, 2]);
    });

    test("gives what succeeds first, and throws the failure after", async () => {
      const handle = await world.track(group(fail.s("broken"), add.s(1, 1), add.s(2, 2)).delay());
      const seen = new Map<number, unknown>();
      const walk = async () => {
        for await (const [index, value] of handle) seen.set(index, value);
      };
      await expect(walk()).rejects.toBeInstanceOf(TaskFailedError);
      expect(seen).toEqual(
        new Map([
          [1, 2],
          [2, 4],
        ]),
      );
    });

    test("has failed at once, and is ready when every member is", async () => {
      const name = fresh();
      const handle = await world.track(group(fail.s("broken"), held.s(name, 2)).delay());
      await expect(handle.get(soon)).rejects.toMatchObject({ cause: { message: "broken" } });
      expect([await handle.failed(), await handle.ready()]).toEqual([true, false]);
      gate(name).open();
      await world.ended(handle.id);
      expect([await handle.failed(), await handle.ready()]).toEqual([true, true]);
      expect(await handle.results[1].get(soon)).toBe(2);
    });

    test("keeps the order written, whatever finishes first", async () => {
      const names = Array.from({ length: 4 }, fresh);
      const handle = await world.track(
        chord(
          names.map((name, i) => held.s(name, i)),
          id.s(),
        ).delay(),
      );
      for (const name of names.reverse()) {
        await gate(name).entered;
        gate(name).open();
      }
      expect(await handle.get(soon)).toEqual([0, 1, 2, 3]);
    });

    test("comes with all that ends in a group", async () => {
      const trailing = await world.track(chain(add.s(1, 1), group(add.s(1), add.s(2))).delay());
      const body = await world.track(chord([add.s(1, 1)], group(sum.s(), id.s())).delay());
      const tens = await world.track(chunks([1, 2, 3], 2, sum.s()).delay());
      const each = await world.track(xmap(add.s(1), [1, 2]).delay());
      expect(await trailing.join(soon)).toEqual([3, 4]);
      expect(await body.join(soon)).toEqual([2, [2]]);
      expect(await tens.join(soon)).toEqual([3, 3]);
      expect(await each.join(soon)).toEqual([2, 3]);
      expect([trailing, body, tens, each].map(({ results }) => results.length)).toEqual([2, 2, 2, 2]);
      expect(await tens.completedCount()).toBe(2);
    });

    test("opened by its id in another process is a group as well", async () => {
      const { id: run } = await world.track(group(add.s(1, 1), chain(add.s(1, 1), add.s(1))).delay());
      const there = world.other().result<[number, number]>(run);
      const seen: number[] = [];
      for await (const [index, value] of there) seen[index] = value;
      expect(seen).toEqual([2, 3]);
      await there.load();
      expect(await there.results[1].get(soon)).toBe(3);
      expect(await there.completedCount()).toBe(2);
    });

    test("rejects with the failure that came first", async () => {
      const name = fresh();
      const handle = await world.track(group(heldFailure.s(name), fail.s("first")).delay());
      await expect(handle.get(soon)).rejects.toMatchObject({ path: "group[1]", cause: { message: "first" } });
      gate(name).open();
      await world.ended(handle.id);
      await expect(handle.get(soon)).rejects.toMatchObject({ path: "group[1]", cause: { message: "first" } });
    });
  });
}
