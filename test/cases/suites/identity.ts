/** Ids: chosen, frozen, found again, and never mixed up. */
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import type { BrokerWorld } from "../broker-world.js";
import { gate, noted } from "../project/src/journal.js";
import { add, app, chain, chord, group, held, id, ids, log, mul, sum } from "../project/src/tasks.gen.js";
import { fresh } from "../world.js";

const soon = { timeout: "30s" } as const;

export function identity(world: BrokerWorld): void {
  describe("an id", () => {
    test("given when sending is the result's", async () => {
      const [ofTask, ofChain, ofGroup, ofChord] = [fresh(), fresh(), fresh(), fresh()];
      const two = add.s(1, 1);
      const handles = [
        await world.track(two.applyAsync([], { id: ofTask })),
        await world.track(chain(two, add.s(1)).applyAsync([], { id: ofChain })),
        await world.track(group(two, two).applyAsync([], { id: ofGroup })),
        await world.track(chord([two], sum.s()).applyAsync([], { id: ofChord })),
      ];
      expect(handles.map((handle) => handle.id)).toEqual([ofTask, ofChain, ofGroup, ofChord]);
      expect(await Promise.all(handles.map((handle) => handle.get(soon)))).toEqual([2, 3, [2, 2], 2]);
      expect(await world.other().result(ofGroup).get(soon)).toEqual([2, 2]);
    });

    test("that is frozen is told before it is sent", async () => {
      const name = fresh();
      const canvas = chain(add.s(1, 1), mul.s(3)).freeze(name);
      expect(canvas.id).toBe(name);
      expect((await world.track(canvas.delay())).id).toBe(name);
      const drawn = add.s(1, 1).freeze();
      expect((await world.track(drawn.delay())).id).toBe(drawn.id);
    });

    test("frozen on a member is that node's", async () => {
      const name = fresh();
      const handle = await world.track(chain(add.s(1, 1).freeze(name), mul.s(3)).delay());
      expect(await handle.get(soon)).toBe(6);
      expect(await world.other().result(name).get(soon)).toBe(2);
    });

    test("is known to the task that runs under it", async () => {
      const name = fresh();
      const handle = await world.track(ids.s().freeze(name).delay());
      expect(await handle.get(soon)).toMatchObject({ id: name, name: "tasks.values.ids", runId: name });
    });

    test("of the parent is known to the task: the step before, the header of a body, the owner of a callback", async () => {
      const key = fresh();
      const body = chain(ids.s(), log.s(key)).freeze(fresh());
      const handle = await world.track(
        chain(add.s(1, 1), chord(group(ids.s()), body))
          .link(chain(ids.s(), log.s(key)))
          .delay(),
      );
      await handle.get(soon);
      await world.ended(handle.id);
      const [inBody, inLink] = noted(key) as readonly { readonly parentId: string }[];
      const [member] =
        (await world
          .other()
          .result<readonly { readonly parentId: string }[]>(inBody?.parentId ?? "")
          .get(soon)) ?? [];
      expect(
        await world
          .other()
          .result(member?.parentId ?? "")
          .get(soon),
      ).toBe(2);
      expect(
        await world
          .other()
          .result(inLink?.parentId ?? "")
          .get(soon),
      ).toEqual(await handle.get(soon));
      expect(await world.value(ids.s())).toMatchObject({ parentId: undefined });
    });

    test("that exists is the same run, and its work is done once", async () => {
      const [name, key] = [fresh(), fresh()];
      const canvas = chain(log.s(1, key), id.s()).freeze(name);
      const [first, second] = [await world.track(canvas.delay()), await world.track(canvas.delay())];
      expect([await first.get(soon), await second.get(soon)]).toEqual([1, 1]);
      const third = await world.track(log.applyAsync([2, key], { id: name }));
      expect(await third.get(soon)).toBe(1);
      expect(noted(key)).toEqual([1]);
    });

    test("that exists warns where the work differs", async () => {
      const name = fresh();
      await (await world.track(chain(add.s(1, 1), mul.s(2)).freeze(name).delay())).get(soon);
      const warned = once(process, "warning");
      const handle = await world.track(chain(add.s(1, 1), id.s(), id.s()).freeze(name).delay());
      const [warning] = (await warned) as [Error];
      expect(warning.message).toContain(name);
      expect(await handle.get(soon)).toBe(4);
    });
  });

  describe("a canvas", () => {
    test("sent twice at the same time is two runs", async () => {
      const [gateName, key] = [fresh(), fresh()];
      const canvas = chain(held.s(gateName, 1), group(log.s(key), log.s(key)), id.s());
      const [first, second] = await Promise.all([world.track(canvas.delay()), world.track(canvas.delay())]);
      gate(gateName).open();
      expect([await first.get(soon), await second.get(soon)]).toEqual([
        [1, 1],
        [1, 1],
      ]);
      expect(first.id).not.toBe(second.id);
      expect(noted(key)).toEqual([1, 1, 1, 1]);
    });

    test("among many that are sent at once gets its own handle", async () => {
      const handles = await app.submit([add.s(1, 1), chain(add.s(1, 1), mul.s(2)), group(add.s(1, 1))]);
      for (const handle of handles) await world.track(Promise.resolve(handle));
      expect(await Promise.all(handles.map((handle) => handle.get(soon)))).toEqual([2, 4, [2]]);
    });
  });
}
