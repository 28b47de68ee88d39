/** Handles: what can be asked of a run, in this process and in any other. */
import { ChordError, ResultTimeoutError, TaskFailedError } from "tqc";
import { describe, expect, test } from "vitest";
import type { BrokerWorld } from "../broker-world.js";
import { gate, noted } from "../project/src/journal.js";
import { add, chain, chord, fail, group, held, ids, log, mul, stepwise, sum } from "../project/src/tasks.gen.js";
import { fresh } from "../world.js";

const soon = { timeout: "30s" } as const;

export function handles(world: BrokerWorld): void {
  states(world);
  lineage(world);
  elsewhere(world);
  progress(world);
}

function states(world: BrokerWorld): void {
  describe("a handle", () => {
    test("tells the state from pending to success", async () => {
      const name = fresh();
      const handle = await world.track(held.delay(name, 7));
      await gate(name).entered;
      expect([await handle.state(), await handle.ready(), await handle.successful()]).toEqual([
        "STARTED",
        false,
        false,
      ]);
      gate(name).open();
      expect(await handle.get(soon)).toBe(7);
      expect([await handle.state(), await handle.ready(), await handle.successful()]).toEqual(["SUCCESS", true, true]);
      expect(await handle.failed()).toBe(false);
    });

    test("of a step that waits is pending", async () => {
      const name = fresh();
      const handle = await world.track(chain(held.s(name, 1), add.s(1)).delay());
      await gate(name).entered;
      expect(await handle.state()).toBe("PENDING");
      gate(name).open();
      expect(await handle.get(soon)).toBe(2);
    });

    test("of a failed task says so, and all about it", async () => {
      const handle = await world.track(fail.delay("broken"));
      await expect(handle.get(soon)).rejects.toBeInstanceOf(TaskFailedError);
      expect([await handle.state(), await handle.failed(), await handle.successful()]).toEqual([
        "FAILURE",
        true,
        false,
      ]);
      expect(await handle.info()).toMatchObject({ state: "FAILURE", task: "tasks.failing.fail", attempt: 0 });
      expect((await handle.info()).error).toBeDefined();
    });

    test("has the times, the worker and the stamps", async () => {
      const handle = await world.track(add.s(1, 2).stamp({ request: "r1" }).delay());
      await handle.get(soon);
      const { task, times, worker, stamps } = await handle.info();
      expect({ task, stamps }).toEqual({ task: "tasks.math.add", stamps: { request: "r1" } });
      expect(worker).toEqual(expect.any(String));
      expect(times?.submitted).toBeInstanceOf(Date);
      expect(Number(times?.started)).toBeGreaterThanOrEqual(Number(times?.submitted));
      expect(Number(times?.finished)).toBeGreaterThanOrEqual(Number(times?.started));
    });

    test("of an id that nobody sent is pending", async () => {
      const stranger = world.other().result(fresh());
      expect([await stranger.state(), await stranger.ready()]).toEqual(["PENDING", false]);
    });

    test("gives up waiting when it is told, and the work goes on", async () => {
      const name = fresh();
      const handle = await world.track(held.delay(name, 3));
      await expect(handle.get({ timeout: 5 })).rejects.toBeInstanceOf(ResultTimeoutError);
      await expect(handle.get({ signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
      gate(name).open();
      expect(await handle.get(soon)).toBe(3);
    });

    test("that is forgotten leaves nothing", async () => {
      const handle = await world.track(chain(add.s(1, 1), mul.s(2)).delay());
      await handle.get(soon);
      await world.ended(handle.id);
      await handle.forget();
      expect(await world.other().result(handle.id).state()).toBe("PENDING");
    });
  });
}

function lineage(world: BrokerWorld): void {
  describe("the line of results", () => {
    test("leads from the last step to the first", async () => {
      const handle = await world.track(chain(add.si(2, 2), add.si(4, 4), add.si(8, 8)).delay());
      const values: unknown[] = [];
      for (let each = handle as { parent?: unknown; get(options: typeof soon): Promise<unknown> } | undefined; each; ) {
        values.push(await each.get(soon));
        each = each.parent as typeof each;
      }
      expect(values).toEqual([16, 8, 4]);
    });

    test("of a chain of ten is one run, and each parent is the step before", async () => {
      const keys = Array.from({ length: 10 }, fresh);
      const handle = await world.track(chain(...keys.map((key) => chain(ids.si(), log.s(key)))).delay());
      await handle.get(soon);
      expect(new Set(keys.map((key) => (noted(key)[0] as { runId: string }).runId))).toEqual(new Set([handle.id]));
      let steps = 0;
      for (let each = handle.parent; each; each = each.parent) steps += 1;
      expect(steps).toBe(19);
    });

    test("reaches every node from the run", async () => {
      const handle = await world.track(chain(add.s(1, 1), group(add.s(1), add.s(2)), sum.s()).delay());
      expect(await handle.get(soon)).toBe(7);
      const values = await Promise.all(handle.children.map((child) => child.get(soon)));
      expect(values).toEqual(expect.arrayContaining([2, 3, 4]));
    });

    test("of a group is in its results", async () => {
      const handle = await world.track(group(add.s(1, 1), chain(add.s(1, 1), mul.s(4))).delay());
      const [first, second] = handle.results;
      expect([await first.get(soon), await second.get(soon)]).toEqual([2, 8]);
      expect(await second.parent?.get(soon)).toBe(2);
    });

    test("holds ids that open the nodes", async () => {
      const { id, runId } = await (await world.track(chain(add.s(1, 1), ids.s()).delay())).get(soon);
      expect(await world.other().result(id).state()).toBe("SUCCESS");
      expect(await world.other().result(runId).state()).toBe("SUCCESS");
    });
  });
}

function elsewhere(world: BrokerWorld): void {
  describe("another process", () => {
    test("gets the same value by the id", async () => {
      const name = fresh();
      const { id } = await world.track(chain(held.s(name, 4), add.s(1)).delay());
      const there = world.other().result<number>(id).get(soon);
      gate(name).open();
      expect(await there).toBe(5);
    });

    test("gets the same failure, at every node, whenever it asks", async () => {
      const handle = await world.track(
        chain(add.s(1, 1), chord(group(add.s(1), fail.si("broken")), sum.s()), add.s(1)).delay(),
      );
      const [early, late] = [
        handle.get(soon),
        world.ended(handle.id).then(() => world.other().result(handle.id).get(soon)),
      ];
      for (const get of [early, late]) {
        const error = await get.then(String, (reason: unknown) => reason);
        expect(error).toBeInstanceOf(ChordError);
        expect(error).toMatchObject({
          cause: { task: "tasks.failing.fail", path: "chain[1]/chord/header[1]", cause: { message: "broken" } },
        });
      }
      const inner = (await handle.get(soon).catch((error: Error) => error.cause)) as TaskFailedError;
      expect(
        await world
          .other()
          .result(inner.taskId)
          .get(soon)
          .catch((error: unknown) => error),
      ).toBeInstanceOf(TaskFailedError);
    });

    test("finds parents and children once it has loaded them", async () => {
      const { id } = await world.track(chain(add.s(1, 1), mul.s(5)).delay());
      const there = world.other().result<number>(id);
      expect(await there.get(soon)).toBe(10);
      await there.load();
      expect(await there.parent?.get(soon)).toBe(2);
      expect(there.children.length).toBeGreaterThan(0);
    });

    test("finds no step before a failure that ran in vain", async () => {
      const key = fresh();
      const handle = await world.track(chain(add.s(1, 1), fail.si("broken"), log.s(key)).delay());
      await world.ended(handle.id);
      expect([await handle.state(), await handle.parent?.state(), await handle.parent?.parent?.state()]).toEqual([
        "FAILURE",
        "FAILURE",
        "SUCCESS",
      ]);
      expect(await handle.parent?.parent?.get(soon)).toBe(2);
      expect(noted(key)).toEqual([]);
    });
  });
}

function progress(world: BrokerWorld): void {
  describe("progress", () => {
    test("is heard while the task runs, and ends with it", async () => {
      const name = fresh();
      const handle = await world.track(stepwise.delay(name, 3));
      const heard: unknown[] = [];
      for await (const step of handle.progress) {
        heard.push(step);
        if (step.done >= 2) gate(name).open();
      }
      expect(heard.at(-1)).toEqual({ done: 3, total: 3 });
      expect(await handle.get(soon)).toBe("3 steps");
    });

    test("that nobody heard while it ran is still told at its end", async () => {
      const name = fresh();
      gate(name).open();
      const handle = await world.track(stepwise.delay(name, 3));
      const early = handle.progress[Symbol.asyncIterator]();
      const heard = [];
      for (let step = await early.next(); !step.done; step = await early.next()) heard.push(step.value);
      expect(heard.at(-1)).toEqual({ done: 3, total: 3 });
      await handle.get(soon);
      const late = [];
      for await (const step of handle.progress) late.push(step);
      expect(late).toEqual([{ done: 3, total: 3 }]);
    });

    test("shows in the task's info", async () => {
      const name = fresh();
      const handle = await world.track(stepwise.delay(name, 2));
      for await (const step of handle.progress) {
        expect(await handle.info()).toMatchObject({ progress: step });
        gate(name).open();
        break;
      }
      await handle.get(soon);
      expect(await handle.info()).toMatchObject({ state: "SUCCESS", progress: { done: 2, total: 2 } });
    });
  });
}
