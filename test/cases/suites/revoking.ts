/** Revoking, expiring, delaying. */
import { ChordError, TaskRevokedError } from "tqc";
import { describe, expect, test } from "vitest";
import type { BrokerWorld } from "../broker-world.js";
import { gate, noted } from "../project/src/journal.js";
import {
  add,
  app,
  chain,
  chord,
  count,
  fail,
  group,
  heard,
  held,
  hurried,
  id,
  log,
  obedient,
  sum,
} from "../project/src/tasks.gen.js";
import { fresh } from "../world.js";

const soon = { timeout: "30s" } as const;
const later = { countdown: "1h" } as const;

export function revoking(world: BrokerWorld): void {
  describe("a run that is revoked", () => {
    test("before it starts never runs", async () => {
      const key = fresh();
      const handle = await world.track(log.s(1, key).set(later).delay());
      await handle.revoke();
      await expect(handle.get(soon)).rejects.toBeInstanceOf(TaskRevokedError);
      expect([await handle.state(), noted(key)]).toEqual(["REVOKED", []]);
    });

    test("lets what runs finish, and nothing follows it", async () => {
      const [name, key] = [fresh(), fresh()];
      const handle = await world.track(chain(held.s(name, 5), log.s(key)).delay());
      await gate(name).entered;
      await handle.revoke();
      gate(name).open();
      await world.ended(handle.id);
      expect([await handle.state(), noted(key)]).toEqual(["REVOKED", []]);
      expect(await handle.parent?.get(soon)).toBe(5);
    });

    test("with terminate is told by its signal, and is revoked whatever it does", async () => {
      const name = fresh();
      const handle = await world.track(obedient.delay(name));
      await gate(name).entered;
      await handle.revoke({ terminate: true });
      await expect(handle.get(soon)).rejects.toBeInstanceOf(TaskRevokedError);
      await world.ended(handle.id);
      expect([await handle.state(), noted(name)]).toEqual(["REVOKED", ["TaskRevokedError"]]);
    });

    test("from another process is revoked just so", async () => {
      const handle = await world.track(group(add.s(1, 1).set(later), add.s(2, 2).set(later)).delay());
      await world.other().result(handle.id).revoke();
      await expect(handle.get(soon)).rejects.toBeInstanceOf(Error);
      expect(await handle.results[0].state()).toBe("REVOKED");
    });

    test("fires its error callbacks once, and no link", async () => {
      const [link, errback, outer] = [fresh(), fresh(), fresh()];
      const task = add.s(1, 1).set(later).link(count.si(link)).linkError(heard.s(errback));
      const handle = await world.track(chain(task, add.s(1)).linkError(heard.s(outer)).delay());
      await handle.revoke();
      await world.ended(handle.id);
      expect(noted(errback)).toMatchObject([{ error: { name: "TaskRevokedError" } }]);
      expect([noted(link), noted(outer).length]).toEqual([[], 1]);
    });

    test("once it has succeeded stays as it is", async () => {
      const handle = await world.track(add.delay(1, 2));
      await handle.get(soon);
      await handle.revoke({ terminate: true });
      expect([await handle.state(), await handle.get(soon)]).toEqual(["SUCCESS", 3]);
    });

    test("as one member fails its chord, whose cause says so", async () => {
      const handle = await world.track(chord([add.s(1, 1).set(later).freeze(fresh()), add.s(2, 2)], sum.s()).delay());
      const member = handle.children.find((child) => /^key-/.test(child.id));
      await member?.revoke();
      const error = await handle.get(soon).catch((reason: Error) => reason);
      expect(error).toBeInstanceOf(ChordError);
      let cause = error as Error;
      while (cause.cause instanceof Error) cause = cause.cause;
      expect(cause).toBeInstanceOf(TaskRevokedError);
    });

    test("as wide as thousands is revoked as a whole", async () => {
      const [ran, errback] = [fresh(), fresh()];
      const wide = group(Array.from({ length: 3_000 }, () => count.s(ran).set(later)));
      const handle = await world.track(chain(wide, id.si(1)).linkError(heard.s(errback)).delay());
      await handle.revoke();
      await expect(handle.get(soon)).rejects.toBeInstanceOf(Error);
      await world.ended(handle.id);
      expect([noted(ran).length, noted(errback).length]).toEqual([0, 1]);
    });

    test("by a stamp is every run that carries it", async () => {
      const tenant = fresh();
      const [mine, also] = [
        await world.track(add.s(1, 1).set(later).stamp({ tenant }).delay()),
        await world.track(chain(add.s(1, 1).set(later), add.s(1)).stamp({ tenant }).delay()),
      ];
      const other = await world.track(add.s(1, 1).stamp({ tenant: fresh() }).delay());
      await app.revokeByStamps({ tenant });
      await expect(mine.get(soon)).rejects.toBeInstanceOf(TaskRevokedError);
      await expect(also.get(soon)).rejects.toBeInstanceOf(Error);
      expect(await other.get(soon)).toBe(2);
    });
  });

  policies(world);
  time(world);
}

function policies(world: BrokerWorld): void {
  describe("a chord that cancels", () => {
    test("revokes what has not started when a member fails", async () => {
      const [key, errback] = [fresh(), fresh()];
      const waiting = log.s(1, key).set(later).linkError(heard.s(errback));
      const handle = await world.track(chord([waiting, fail.s("broken")], id.s(), { onError: "cancel" }).delay());
      await expect(handle.get(soon)).rejects.toMatchObject({ cause: { cause: { message: "broken" } } });
      await world.ended(handle.id);
      expect([noted(key), noted(errback).length]).toEqual([[], 1]);
    });

    test("revokes all of a wide header, and each hears of it", async () => {
      const [ran, errback] = [fresh(), fresh()];
      const waiting = Array.from({ length: 3_000 }, () => count.s(ran).set(later).linkError(count.si(errback)));
      const handle = await world.track(chord([...waiting, fail.s("x")], id.si(1), { onError: "cancel" }).delay());
      await expect(handle.get(soon)).rejects.toBeInstanceOf(ChordError);
      await world.ended(handle.id);
      expect([noted(ran).length, noted(errback).length]).toEqual([0, 3_000]);
    });

    test("lets what has started finish, and starts nothing after it", async () => {
      const [name, key] = [fresh(), fresh()];
      const member = chain(held.s(name, 1), log.s(key));
      const handle = await world.track(chord([member, fail.s("broken")], id.s(), { onError: "cancel" }).delay());
      await gate(name).entered;
      await expect(handle.get(soon)).rejects.toBeInstanceOf(ChordError);
      gate(name).open();
      await world.ended(handle.id);
      expect(noted(key)).toEqual([]);
    });

    test("succeeds as any other", async () => {
      expect(await world.value(chord([add.s(1, 1), add.s(2, 2)], sum.s(), { onError: "cancel" }))).toBe(6);
    });
  });

  describe("a chord that fails", () => {
    test("does so at once, while the other members run on", async () => {
      const [name, key] = [fresh(), fresh()];
      const handle = await world.track(chord([chain(held.s(name, 1), log.s(key)), fail.s("broken")], id.s()).delay());
      await expect(handle.get(soon)).rejects.toBeInstanceOf(ChordError);
      gate(name).open();
      await world.ended(handle.id);
      expect(noted(key)).toEqual([1]);
    });
  });
}

function time(world: BrokerWorld): void {
  describe("time", () => {
    test("a countdown delays the start", async () => {
      const handle = await world.track(add.applyAsync([1, 2], { countdown: 30 }));
      expect(await handle.get(soon)).toBe(3);
      const { times } = await handle.info();
      expect(Number(times?.started) - Number(times?.submitted)).toBeGreaterThanOrEqual(30);
    });

    test("an eta delays the start", async () => {
      const eta = new Date(Date.now() + 30);
      const handle = await world.track(add.applyAsync([1, 2], { eta }));
      expect(await handle.get(soon)).toBe(3);
      expect(Number((await handle.info()).times?.started)).toBeGreaterThanOrEqual(Number(eta));
    });

    test("a countdown on a composite delays its start, once", async () => {
      const canvas = chain(add.s(1, 1), add.s(1), add.s(1)).set({ countdown: 1_500 });
      const handle = await world.track(canvas.delay());
      expect(await handle.get(soon)).toBe(4);
      const first = (await handle.parent?.parent?.info())?.times;
      expect(Number(first?.started) - Number(first?.submitted)).toBeGreaterThanOrEqual(1_500);
      const last = (await handle.info()).times;
      expect(Number(last?.finished) - Number(first?.started)).toBeLessThan(1_500);
    });

    test("work that has not started when it expires is revoked", async () => {
      const key = fresh();
      const handle = await world.track(log.applyAsync([1, key], { countdown: "1h", expires: 20 }));
      await expect(handle.get(soon)).rejects.toBeInstanceOf(TaskRevokedError);
      expect([await handle.state(), noted(key)]).toEqual(["REVOKED", []]);
    });

    test("what depends on expired work fails with it as the cause", async () => {
      const handle = await world.track(chain(add.s(1, 1).set({ countdown: "1h", expires: 20 }), add.s(1)).delay());
      await expect(handle.get(soon)).rejects.toMatchObject({
        name: "TaskFailedError",
        cause: { name: "TaskRevokedError" },
      });
    });

    test("a time limit ends the attempt, a soft one only says so", async () => {
      const handle = await world.track(obedient.applyAsync([fresh()], { timeLimit: 20 }));
      await expect(handle.get(soon)).rejects.toMatchObject({ name: "TimeLimitExceededError" });
      expect(await world.value(hurried.s())).toBe("in time");
    });
  });
}
