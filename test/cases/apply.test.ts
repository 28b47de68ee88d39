import { currentTask } from "tqc";
import { afterAll, describe, expect, test } from "vitest";
import { ApplyWorld } from "./apply-world.js";
import { add, app, chain, mul } from "./project/src/tasks.gen.js";
import "./project/src/tasks.registry.gen.js";
import { values } from "./suite.js";

describe("under apply", () => {
  afterAll(() => app.close());

  values(new ApplyWorld());

  test("delays are skipped, and nothing expires", async () => {
    const late = add.s(1, 2).set({ countdown: "1h", expires: 1 });
    expect(await chain(late, mul.s(2).set({ eta: new Date(Date.now() + 3_600_000) })).apply()).toBe(6);
  });

  test("a builder applies itself", async () => {
    expect(await add.apply(2, 3)).toBe(5);
    expect(await mul.s(4).apply(2)).toBe(8);
  });

  test("currentTask() outside a task is an error that says so", () => {
    expect(() => currentTask()).toThrow(/outside a task/);
  });
});
