import { testApp } from "tqc/testing";
import { describe, expect, test } from "vitest";
import { add, app, chain, chord, mul, sum } from "../cases/project/src/tasks.gen.js";
import "../cases/project/src/tasks.registry.gen.js";

const workflow = chain(add.s(2, 3), mul.s(2));

describe("a worker that dies", () => {
  test("with a claimed task: another runs it, once", async () => {
    await using world = await testApp(app);
    world.crash(add, { after: "claim" });
    const result = await workflow.delay();
    await world.settle();
    expect(await result.get()).toBe(10);
    expect(world.crashes).toBe(1);
    expect([world.calls(add), world.calls(mul)]).toEqual([[[2, 3]], [[5, 2]]]);
  });

  test("after the function has run: another runs it again", async () => {
    await using world = await testApp(app);
    world.crash(add, { after: "run" });
    const result = await workflow.delay();
    await world.settle();
    expect(await result.get()).toBe(10);
    expect(world.crashes).toBe(1);
    expect([world.calls(add).length, world.calls(mul).length]).toEqual([2, 1]);
  });

  test("once the outcome was recorded: the workflow goes on, and nothing runs again", async () => {
    await using world = await testApp(app);
    world.crash(add, { after: "settle" });
    const result = await workflow.delay();
    await world.settle();
    expect(await result.get()).toBe(10);
    expect(world.crashes).toBe(1);
    expect([world.calls(add).length, world.calls(mul).length]).toEqual([1, 1]);
  });

  test("takes what else it holds with it, and all of that runs elsewhere", async () => {
    for (const after of ["claim", "run", "settle"] as const) {
      for (const seed of [1, 2, 3]) {
        await using world = await testApp(app, { seed });
        world.crash(add, { after, times: 2 });
        const result = await chord(
          [1, 2, 3, 4, 5, 6].map((x) => add.s(x, 0)),
          sum.s(),
        ).delay();
        await world.advance("10s");
        expect(await result.get()).toBe(21);
        expect(world.crashes).toBe(2);
        expect(world.calls(sum)).toHaveLength(1);
      }
    }
  });

  test("under the same task again and again: the task is given up", async () => {
    await using world = await testApp(app);
    world.crash(add, { after: "claim", times: 3 });
    const result = await add.delay(2, 3);
    await world.settle();
    await expect(result.get()).rejects.toThrow(/worker/);
    expect(world.calls(add)).toEqual([]);
    const next = await add.delay(2, 3);
    await world.settle();
    expect(await next.get()).toBe(5);
  });

  test("is not there without a crash", async () => {
    await using world = await testApp(app);
    world.crash(mul, { after: "run" });
    await add.delay(1, 1);
    await world.settle();
    expect(world.crashes).toBe(0);
  });

  test("may still be running a task, whose end nobody hears of", async () => {
    await using world = await testApp(app, { patience: 20 });
    const ends: ((value: number) => void)[] = [];
    world.stub(mul, () => new Promise((resolve) => ends.push(resolve)));
    world.crash(add, { after: "run" });
    const result = await mul.delay(4, 2);
    await world.settle();
    await add.delay(1, 1);
    await world.settle();
    expect(world.crashes).toBe(1);
    expect(ends).toHaveLength(2);
    ends[0]!(1);
    await world.settle();
    expect(await result.state()).toBe("STARTED");
    ends[1]!(2);
    await world.settle();
    expect(await result.get()).toBe(2);
  });
});
