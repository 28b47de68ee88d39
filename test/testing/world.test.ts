import { testApp } from "tqc/testing";
import { describe, expect, expectTypeOf, test } from "vitest";
import { add, app, chain, chord, fail, group, mul, Reports, sum, upper, xmap } from "../cases/project/src/tasks.gen.js";
import "../cases/project/src/tasks.registry.gen.js";
import { Fixture } from "../client/fixture.js";

describe("time", () => {
  test("two hundred workflows with a day's wait each take seconds", async () => {
    const before = process.cpuUsage();
    for (let round = 0; round < 200; round++) {
      await using world = await testApp(app);
      const counted = chord(
        [1, 2, 3].map((x) => add.s(x, round)),
        sum.s(),
      );
      const result = await chain(counted, mul.s(2)).applyAsync([], { countdown: "1d" });
      await world.advance("1d");
      expect(await result.get()).toBe(12 + 6 * round);
    }
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    console.info(`200 workflow tests: ${seconds.toFixed(2)} s of CPU`);
    expect(seconds).toBeLessThan(10);
  });

  test("settle waits for a task that waits for the world, and gives up on one that never ends", async () => {
    await using world = await testApp(app, { patience: "20s" });
    world.stub(add, (x, y) => new Promise((resolve) => setTimeout(() => resolve(x + y), 30)));
    const result = await add.delay(2, 3);
    await world.settle();
    expect(await result.state()).toBe("SUCCESS");

    await using impatient = await testApp(app, { patience: 20 });
    impatient.stub(add, () => new Promise(() => {}));
    const stuck = await add.delay(2, 3);
    await impatient.settle();
    expect(await stuck.state()).toBe("STARTED");
  });

  test("a task that hangs is waited for once, however much time passes", async () => {
    await using world = await testApp(app, { patience: "1s" });
    world.stub(add, () => new Promise(() => {}));
    await add.delay(2, 3);
    for (let hour = 1; hour < 50; hour++) await mul.applyAsync([hour, 2], { countdown: `${hour}h` });
    const began = performance.now();
    await world.advance("50h");
    expect(world.calls(mul)).toHaveLength(49);
    expect(performance.now() - began).toBeLessThan(25_000);
  });

  test("a time limit ends a task that hangs", async () => {
    await using world = await testApp(app, { patience: 20 });
    world.stub(add, () => new Promise(() => {}));
    const result = await add.applyAsync([2, 3], { timeLimit: "30s" });
    await world.advance("30s");
    await expect(result.get()).rejects.toThrow("30000 ms");
  });

  test("a world can be closed while a task hangs", async () => {
    const world = await testApp(app, { patience: 20 });
    world.stub(add, () => new Promise(() => {}));
    await add.delay(2, 3);
    await world.settle();
    await world.close();
    expect(world.worker.stats().state).toBe("stopped");
  });
});

describe("order", () => {
  async function orderWith(seed: number | undefined): Promise<string> {
    await using world = await testApp(app, seed === undefined ? {} : { seed });
    await xmap(mul.s(2), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]).delay();
    await world.settle();
    return world
      .calls(mul)
      .map(([n]) => n)
      .join(" ");
  }

  test("without a seed it is that of the canvas", async () => {
    expect(await orderWith(undefined)).toBe("1 2 3 4 5 6 7 8 9 10 11 12");
  });

  test("the same seed draws the same order, another one another", async () => {
    const orders = [await orderWith(0)];
    for (const seed of [0, 1, 2, 3, 4]) orders.push(await orderWith(seed));
    expect(orders[1]).toBe(orders[0]);
    expect(new Set(orders).size).toBe(5);
    for (const order of orders) {
      const numbers = order.split(" ").map(Number);
      expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    }
  });

  test("queues and continuations take their chance too", async () => {
    const firsts = new Set<string>();
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      await using world = await testApp(app, { seed, worker: { concurrency: 1 } });
      await group(chain(add.s(1, 1), mul.s(2)), upper.s("a").set({ queue: "texts" })).delay();
      await world.settle();
      firsts.add(
        world
          .calls()
          .map(({ task }) => task.split(".").at(-1))
          .join(" "),
      );
    }
    expect(firsts).toEqual(new Set(["add mul upper", "add upper mul", "upper add mul"]));
  });
});

describe("calls and stubs", () => {
  test("calls are recorded with their arguments, typed", async () => {
    await using world = await testApp(app);
    await chain(add.s(2, 3), mul.s(4)).delay();
    await world.settle();
    await Reports.render.delay("r1");
    await world.settle();
    expect(world.calls(add)).toEqual([[2, 3]]);
    expect(world.calls(mul)).toEqual([[5, 4]]);
    expect(world.calls(sum)).toEqual([]);
    expect(world.calls().map(({ task }) => task)).toEqual([add.taskName, mul.taskName, Reports.render.taskName]);
    expectTypeOf(world.calls(add)).toEqualTypeOf<readonly [x: number, y: number][]>();
    expectTypeOf(world.calls(upper)).toEqualTypeOf<readonly [text: string][]>();
  });

  test("vitest's own matchers take a spy", async () => {
    await using world = await testApp(app);
    await chain(add.s(2, 3), mul.s(2)).delay();
    await world.settle();
    expect(world.spy(add)).toHaveBeenCalledWith(2, expect.any(Number));
    expect(world.spy(add)).toHaveBeenCalledOnce();
    expect(world.spy(add)).not.toHaveBeenCalledWith(3, 2);
    expect(world.spy(add)).toHaveBeenCalledBefore(world.spy(mul) as never);
    expect(world.spy(sum)).not.toHaveBeenCalled();
    expect(() => expect(world.spy(sum)).toHaveBeenCalled()).toThrow(sum.taskName);
  });

  test("a stub takes the task's place, from when it is set", async () => {
    await using world = await testApp(app);
    const before = await add.delay(2, 3);
    await world.settle();
    world.stub(add, (x, y) => x * 100 + y);
    const [after, later] = [await add.delay(2, 3), await chain(add.s(1, 1), mul.s(2)).delay()];
    await world.settle();
    expect([await before.get(), await after.get(), await later.get()]).toEqual([5, 203, 202]);
    expect(world.calls(add)).toEqual([
      [2, 3],
      [2, 3],
      [1, 1],
    ]);
  });

  test("a stub is gone with its world", async () => {
    {
      await using world = await testApp(app);
      world.stub(add, () => 0);
    }
    await using world = await testApp(app);
    const result = await add.delay(2, 3);
    await world.settle();
    expect(await result.get()).toBe(5);
  });

  test("a stub takes and gives what the task does", async () => {
    await using world = await testApp(app);
    world.stub(upper, async (text) => `${text.length}`);
    // @ts-expect-error upper gives a string
    world.stub(upper, () => 5);
    // @ts-expect-error upper takes a string
    world.stub(upper, (text: number) => `${text}`);
    expectTypeOf(world.stub<typeof upper>)
      .parameter(1)
      .parameter(0)
      .toEqualTypeOf<string>();
  });

  test("what a stub gives is checked against the task's declared type", async () => {
    await using world = await testApp(app);
    world.stub(add, () => "five" as never);
    const result = await add.delay(2, 3);
    await world.settle();
    await expect(result.get()).rejects.toThrow(/number/);
  });

  test("a producer is tested without its worker's code: a task with no function says so, unless it is stubbed", async () => {
    const producer = new Fixture({}, { registered: false });
    await using world = await testApp(producer.app);
    world.stub(producer.add as never, ((x: number, y: number) => x + y) as never);
    const [stubbed, bare] = [await producer.add.delay(2, 3), await producer.sum.delay([1])];
    await world.settle();
    expect(await stubbed.get()).toBe(5);
    await expect(bare.get()).rejects.toMatchObject({
      cause: { message: expect.stringContaining("tasks.sum has no function in this test") },
    });
  });

  test("every attempt is a call", async () => {
    await using world = await testApp(app);
    let left = 2;
    world.stub(fail, () => {
      left -= 1;
      if (left >= 0) throw new Error("not yet");
      return undefined as never;
    });
    await fail.applyAsync(["x"], { maxRetries: 2 });
    await world.settle();
    expect(world.calls(fail)).toHaveLength(1);
    await world.advance("5m");
    expect(world.calls(fail)).toHaveLength(3);
  });
});
