import { ChordError, chain, chord, group, ResultTimeoutError, TaskFailedError, TaskRevokedError } from "tqc";
import { afterEach, describe, expect, test } from "vitest";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import type { GroupResult } from "../../runtime/result/result.js";
import { VirtualClock } from "../../runtime/virtual-clock.js";
import { errorOf, Fixture } from "./fixture.js";

const open: Fixture[] = [];
function fixture(...given: ConstructorParameters<typeof Fixture>): Fixture {
  const made = new Fixture(...given);
  open.push(made);
  return made;
}
afterEach(async () => {
  for (const made of open.splice(0)) {
    made.release();
    await made.app.close();
  }
});

describe("get", () => {
  test("rejects after its timeout, and the work goes on", async () => {
    const clock = new VirtualClock(0);
    const { add } = fixture({ broker: createMemoryBroker({ clock }), clock });
    const handle = await add.delay(1, 2);
    const error = errorOf(handle.get({ timeout: "1d" }));
    await new Promise((resolve) => setImmediate(resolve));
    while (clock.step(86_400_000));
    expect(await error).toBeInstanceOf(ResultTimeoutError);
    expect(await handle.state()).toBe("PENDING");
  });

  test("rejects with the reason of its signal", async () => {
    const { add } = fixture({ broker: createMemoryBroker() });
    const handle = await add.delay(1, 2);
    const controller = new AbortController();
    const error = errorOf(handle.get({ signal: controller.signal }));
    controller.abort(new Error("enough"));
    expect((await error).message).toBe("enough");
  });

  describe("of a run that was opened by its id, while the broker does not answer", () => {
    function silent() {
      const clock = new VirtualClock(0);
      const silence = () => new Promise<never>(() => {});
      const broker = { ...createMemoryBroker({ clock }), resolve: silence, inspect: silence, read: silence };
      return { clock, ...fixture({ broker, clock }) };
    }

    test("rejects after its timeout", async () => {
      const { app, clock } = silent();
      const error = errorOf(app.result("elsewhere").get({ timeout: "2s" }));
      await new Promise((resolve) => setImmediate(resolve));
      expect(clock.step(1_999)).toBe(false);
      expect(clock.step(2_000)).toBe(true);
      expect(await error).toBeInstanceOf(ResultTimeoutError);
    });

    test("rejects with the reason of its signal", async () => {
      const { app } = silent();
      const controller = new AbortController();
      const error = errorOf(app.result("elsewhere").get({ signal: controller.signal }));
      controller.abort(new Error("enough"));
      expect((await error).message).toBe("enough");
    });
  });

  test("without any time asks whether it has ended", async () => {
    const { add, wait, app } = fixture();
    const [ended, open] = [await add.delay(1, 2), await wait.delay()];
    await ended.get();
    expect(await app.result(ended.id).get({ timeout: 0 })).toBe(3);
    expect(await errorOf(app.result(open.id).get({ timeout: 0 }))).toBeInstanceOf(ResultTimeoutError);
  });

  test("finds an outcome whose word was lost, at the next reading", async () => {
    const clock = new VirtualClock(0);
    const broker = createMemoryBroker({ clock });
    const deaf = { ...broker, follow: async () => async () => {} };
    const { add, app } = fixture({ broker: deaf, clock });
    const worker = app.worker();
    const handle = await add.delay(1, 2);
    const value = handle.get();
    await worker.start();
    while ((await broker.read(handle.id, [0]))[0] === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    clock.step(1_000);
    expect(await value).toBe(3);
    await worker.stop();
  });

  describe("of a run that was submitted while the client listened", () => {
    /** A client that listens already, on a clock that has moved on since; `reads` counts what it reads. */
    async function listening() {
      const clock = new VirtualClock(0);
      const broker = createMemoryBroker({ clock });
      let reads = 0;
      const read: typeof broker.read = (...given) => {
        reads += 1;
        return broker.read(...given);
      };
      const made = fixture({ broker: { ...broker, read }, clock });
      const worker = made.app.worker();
      await worker.start();
      await (await made.add.delay(0, 0)).get();
      clock.step(1);
      reads = 0;
      return { ...made, broker, clock, worker, reads: () => reads };
    }

    /** Resolves once a run has ended and everybody has been told. */
    async function ended(broker: ReturnType<typeof createMemoryBroker>, run: string) {
      while ((await broker.read(run, [0]))[0] === undefined) await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }

    test("reads nothing: the end is told, before or after it is asked for", async () => {
      const { add, broker, worker, reads } = await listening();
      const early = (await add.delay(1, 2)).get();
      expect(await early).toBe(3);
      const late = await add.delay(3, 4);
      await ended(broker, late.id);
      expect(await late.get()).toBe(7);
      expect(reads()).toBe(0);
      await worker.stop();
    });

    test("reads where so much has ended since that the end is forgotten", async () => {
      const { add, broker, worker, reads } = await listening();
      const handle = await add.delay(1, 2);
      await ended(broker, handle.id);
      const others = await Promise.all(Array.from({ length: 1_000 }, () => add.delay(0, 0)));
      await ended(broker, others.at(-1)!.id);
      expect(reads()).toBe(0);
      expect(await handle.get()).toBe(3);
      expect(reads()).toBe(1);
      await worker.stop();
    });

    test("waits for what is sent anew under an id, whatever was heard of the run before", async () => {
      const { add, clock, worker } = await listening();
      const send = (x: number) => add.applyAsync([x, 1], { id: "daily", resultExpires: "1s" });
      expect(await (await send(1)).get()).toBe(2);
      clock.step(clock.now() + 2_000);
      expect(await (await send(5)).get()).toBe(6);
      await worker.stop();
    });

    test("hears nothing of an earlier broker's runs", async () => {
      const { add, app, worker } = await listening();
      expect(await (await add.applyAsync([1, 1], { id: "daily" })).get()).toBe(2);
      await worker.stop();
      await app.close();
      app.configure({ broker: createMemoryBroker() });
      const next = app.worker();
      await next.start();
      expect(await (await add.applyAsync([5, 1], { id: "daily" })).get()).toBe(6);
      await next.stop();
    });

    test("does not remember what was forgotten", async () => {
      const { add, broker, clock, worker } = await listening();
      const handle = await add.delay(1, 2);
      await ended(broker, handle.id);
      await worker.stop();
      await handle.forget();
      const error = errorOf(handle.get({ timeout: "5s" }));
      await new Promise((resolve) => setImmediate(resolve));
      while (clock.step(10_000));
      expect(await error).toBeInstanceOf(ResultTimeoutError);
    });
  });

  test("gives the error as it was thrown, under the task's name", async () => {
    const { fail } = fixture();
    const error = await errorOf((await fail.delay("gone")).get());
    expect(error).toBeInstanceOf(TaskFailedError);
    expect(error).toMatchObject({ code: "TASK_FAILED", task: "tasks.fail", path: "" });
    expect(error.cause).toBeInstanceOf(TypeError);
    expect(error.cause).toMatchObject({ name: "TypeError", message: "gone", status: 404 });
  });
});

describe("a failure is told", () => {
  test("to the body of a chord as a ChordError, to its header as what it is", async () => {
    const { add, sum, fail } = fixture();
    const handle = await chord([add.s(1, 2), fail.s("no")], sum.s()).delay();
    const error = await errorOf(handle.get());
    expect(error).toBeInstanceOf(ChordError);
    expect(error.cause).toMatchObject({ name: "TaskFailedError", path: "chord/header[1]" });
    expect(await errorOf(handle.parent!.get())).toBeInstanceOf(TaskFailedError);
  });

  test("to what follows a revoked task as its cause", async () => {
    const { add } = fixture({ broker: createMemoryBroker() });
    const handle = await chain(add.s(1, 2), add.s(3)).delay();
    await handle.parent!.revoke();
    expect(await errorOf(handle.parent!.get())).toBeInstanceOf(TaskRevokedError);
    const error = await errorOf(handle.get());
    expect(error).toBeInstanceOf(TaskFailedError);
    expect(error.cause).toBeInstanceOf(TaskRevokedError);
  });
});

describe("a handle knows its relations", () => {
  test("along a chain", async () => {
    const { add } = fixture();
    const last = await chain(add.s(1, 2), add.s(3), add.s(4)).delay();
    const values = [last, last.parent!, last.parent!.parent!].map((handle) => handle.get());
    expect(await Promise.all(values)).toEqual([10, 6, 3]);
    expect(last.parent!.parent!.parent).toBeUndefined();
    expect(last.children.map(({ id }) => id)).toEqual([`${last.id}~0`, `${last.id}~1`, last.id]);
  });

  test("around a group", async () => {
    const { add, sum } = fixture();
    const handle = await chain(add.s(1, 2), group(add.s(1), chain(add.s(2), add.s(3))), sum.s()).delay();
    expect(await handle.get()).toBe(12);
    const middle = handle.parent as GroupResult<number[]>;
    expect(await Promise.all(middle.results.map((member) => member.get()))).toEqual([4, 8]);
    expect(await middle.parent!.get()).toBe(3);
  });

  test("once it is loaded, where it was opened by its id", async () => {
    const { add, app } = fixture();
    const { id } = await chain(add.s(1, 2), add.s(3)).delay();
    const handle = app.result(id);
    expect(() => handle.parent).toThrow("await handle.load() before you read its relations");
    await handle.load();
    expect(await handle.parent!.get()).toBe(3);
    expect(await app.result(`${id}~0`).get()).toBe(3);
  });
});

describe("a group", () => {
  test("counts its members, and gives each as it ends", async () => {
    const { add } = fixture();
    const handle = await group([add.s(1, 2), add.s(3, 4)]).delay();
    expect(await handle.get()).toEqual([3, 7]);
    expect(await handle.completedCount()).toBe(2);
    const given: unknown[] = [];
    for await (const each of handle) given.push(each);
    expect(given).toEqual([
      [0, 3],
      [1, 7],
    ]);
  });

  test("throws a member's failure after the values of the others", async () => {
    const { add, fail } = fixture();
    const handle = await group([fail.s("first"), add.s(3, 4)]).delay();
    const given: unknown[] = [];
    const reading = (async () => {
      for await (const each of handle) given.push(each);
    })();
    expect(await errorOf(reading)).toBeInstanceOf(TaskFailedError);
    expect(given).toEqual([[1, 7]]);
  });

  test("has failed at once, and is ready when every member has ended", async () => {
    const made = fixture();
    const handle = await group([made.fail.s("first"), made.wait.s()]).delay();
    expect(await errorOf(handle.get())).toBeInstanceOf(TaskFailedError);
    expect([await handle.failed(), await handle.ready()]).toEqual([true, false]);
    made.release();
    await handle.results[1]!.get();
    expect(await handle.ready()).toBe(true);
  });

  test("opened by its id is a group again", async () => {
    const { add, app } = fixture();
    const { id } = await group([add.s(1, 2), add.s(3, 4)]).delay();
    const handle = await app.result<number[]>(id).load();
    expect(await handle.join()).toEqual([3, 7]);
    expect(handle.results).toHaveLength(2);
  });

  test("is what a task is not", async () => {
    const { add, app } = fixture();
    const { id } = await add.delay(1, 2);
    await expect(app.result<number[]>(id).completedCount()).rejects.toThrow("it has no members");
  });
});

test("an id that nobody knows is pending", async () => {
  const { app } = fixture();
  expect(await app.result("never-sent").state()).toBe("PENDING");
});

test("what was forgotten is pending again", async () => {
  const { add } = fixture();
  const handle = await add.delay(1, 2);
  await handle.get();
  await handle.forget();
  expect(await handle.state()).toBe("PENDING");
});
