import { matchers, type TaskMatchers, testApp } from "tqc/testing";
import { describe, expect, test } from "vitest";
import { add, app, fail, group } from "../cases/project/src/tasks.gen.js";
import "../cases/project/src/tasks.registry.gen.js";

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: the declaration that is extended says so
  interface Matchers<T = any> extends TaskMatchers<T> {}
}

expect.extend(matchers);

class NoSuchPage extends Error {
  override readonly name = "NoSuchPage";
}

describe("matchers", () => {
  test("toHaveSucceededWith looks at the value", async () => {
    await using world = await testApp(app);
    const result = await group(add.s(1, 1), add.s(2, 2)).delay();
    await world.settle();
    await expect(result).toHaveSucceededWith([2, 4]);
    await expect(result).toHaveSucceededWith([2, expect.any(Number)]);
    await expect(result).not.toHaveSucceededWith([2, 5]);
    await expect(expect(result).toHaveSucceededWith([2, 5])).rejects.toThrow(
      /to succeed with Array \[\s+2,\s+5,\s+\]; it succeeded with Array \[\s+2,\s+4,\s+\]/,
    );
    // @ts-expect-error a list of numbers
    await expect(result).not.toHaveSucceededWith("2, 4");
  });

  test("toHaveFailedWith looks at the error and what caused it", async () => {
    await using world = await testApp(app);
    world.stub(fail, () => {
      throw Object.assign(new NoSuchPage("page 7 is gone"), { status: 404 });
    });
    const result = await fail.delay("x");
    await world.settle();
    for (const expected of [
      "page 7",
      /page \d is gone/,
      NoSuchPage,
      new NoSuchPage("page 7 is gone"),
      expect.objectContaining({ status: 404 }),
    ])
      await expect(result).toHaveFailedWith(expected);
    for (const expected of ["page 8", /^gone/, RangeError, new Error("page 7 is gone")])
      await expect(result).not.toHaveFailedWith(expected);
    await expect(expect(result).toHaveSucceededWith(undefined as never)).rejects.toThrow(
      /it failed: TaskFailedError: .*, because of NoSuchPage: page 7 is gone/,
    );
  });

  test("what has not ended has neither succeeded nor failed, and they say what to do", async () => {
    await using world = await testApp(app);
    const result = await add.applyAsync([1, 2], { countdown: "1h" });
    await world.settle();
    await expect(result).toHaveState("PENDING");
    await expect(result).not.toHaveFailedWith(/./);
    await expect(expect(result).toHaveSucceededWith(3)).rejects.toThrow(/it is PENDING: .*advance\(\)/);
    await expect(expect(result).toHaveState("SUCCESS")).rejects.toThrow(/to be SUCCESS; it is PENDING/);
    await world.advance("1h");
    await expect(result).toHaveState("SUCCESS");
    await expect(result).toHaveSucceededWith(3);
  });
});
