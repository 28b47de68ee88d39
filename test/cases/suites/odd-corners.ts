/** Places where two features meet. */
import { describe, expect, test } from "vitest";
import type { BrokerWorld } from "../broker-world.js";
import { gate, noted } from "../project/src/journal.js";
import {
  add,
  chain,
  chord,
  fail,
  flaky,
  group,
  heard,
  held,
  id,
  log,
  mul,
  outcomes,
  replaceAdd,
  replaceFail,
  replaceGroup,
  sum,
} from "../project/src/tasks.gen.js";
import { fresh } from "../world.js";

const soon = { timeout: "30s" } as const;

export function oddCorners(world: BrokerWorld): void {
  describe("where two features meet", () => {
    test("a callback may be replaced", async () => {
      const [link, errback] = [fresh(), fresh()];
      await world.value(add.s(1, 1).link(replaceAdd.s(3).link(log.s(link))));
      await world.error(fail.s("x").linkError(chain(heard.s(errback), replaceGroup.si(2), log.s(errback))));
      expect(noted(link)).toEqual([5]);
      expect(noted(errback)).toMatchObject([{ error: { message: "x" } }, [0, 2]]);
    });

    test("a replaced member that fails is an outcome where the chord settles", async () => {
      const settled = chord([replaceAdd.s(1, 1), replaceFail.s("gone")], outcomes.s(), { onError: "settle" });
      expect(await world.value(settled)).toEqual([2, "chord/header[1]/chain[1]: gone"]);
    });

    test("a replaced member that fails lets a chord that cancels end", async () => {
      const key = fresh();
      const waiting = log.s(1, key).set({ countdown: "1h" });
      const canvas = chord([replaceFail.s("gone"), waiting], id.s(), { onError: "cancel" });
      expect(await world.error(canvas)).toMatchObject({ cause: { cause: { message: "gone" } } });
      expect(noted(key)).toEqual([]);
    });

    test("a revoked member is an outcome where the chord settles", async () => {
      const name = fresh();
      const members = [add.s(1, 1), add.s(2, 2).set({ countdown: "1h" }).freeze(name)];
      const handle = await world.track(chord(members, outcomes.s(), { onError: "settle" }).delay());
      await world.other().result(name).revoke();
      expect(await handle.get(soon)).toEqual([2, expect.stringContaining("revoked")]);
    });

    test("an inner group with an id is opened by it", async () => {
      const name = fresh();
      const handle = await world.track(chain(group(add.s(1, 1), add.s(2, 2)).freeze(name), sum.s()).delay());
      expect(await handle.get(soon)).toBe(6);
      expect(await world.other().result<number[]>(name).get(soon)).toEqual([2, 4]);
    });

    test("a replaced task keeps its id and its parent", async () => {
      const name = fresh();
      const handle = await world.track(chain(add.s(1, 1), replaceAdd.s(3).freeze(name), mul.s(2)).delay());
      expect(await handle.get(soon)).toBe(10);
      expect(await world.other().result(name).get(soon)).toBe(5);
      expect(handle.parent?.id).toBe(name);
      expect(await handle.parent?.parent?.get(soon)).toBe(2);
    });

    test("one id sent many times at once is one run", async () => {
      const [name, key] = [fresh(), fresh()];
      const canvas = chain(log.s(1, key), id.s()).freeze(name);
      const handles = await Promise.all(Array.from({ length: 20 }, () => world.track(canvas.delay())));
      expect(await Promise.all(handles.map((handle) => handle.get(soon)))).toEqual(handles.map(() => 1));
      expect(noted(key)).toEqual([1]);
    });

    test("a handle may be asked by many at once, and again", async () => {
      const name = fresh();
      const handle = await world.track(held.delay(name, 7));
      const asked = Array.from({ length: 10 }, () => handle.get(soon));
      gate(name).open();
      expect(await Promise.all(asked)).toEqual(asked.map(() => 7));
      expect(await handle.get(soon)).toBe(7);
    });

    test("retries inside a header, a failure beside them: the chord fails at once, its error callback fires once", async () => {
      const [errback, tries] = [fresh(), fresh()];
      const canvas = chord([flaky.s(3, tries), fail.s("x")], sum.s()).linkError(heard.s(errback));
      expect(await world.error(canvas)).toMatchObject({ cause: { cause: { message: "x" } } });
      expect([noted(errback).length, noted(tries)]).toEqual([1, [0, 1, 2, 3]]);
    });

    test("a run that is forgotten may be sent again under its id", async () => {
      const [name, key] = [fresh(), fresh()];
      const canvas = chain(log.s(1, key), id.s()).freeze(name);
      const first = await world.track(canvas.delay());
      await first.get(soon);
      await world.ended(name);
      await first.forget();
      expect(await (await world.track(canvas.delay())).get(soon)).toBe(1);
      expect(noted(key)).toEqual([1, 1]);
    });
  });
}
