import { describe, expect, test } from "vitest";
import { task } from "../../runtime/task.js";

/** What a runtime hands to a decorator. */
const place = (where: Readonly<Record<string, unknown>>) =>
  ({ kind: "method", name: "render", static: true, private: false, ...where }) as never;

describe("task", () => {
  const add = (x: number, y: number) => x + y;

  test("around a function gives back that very function", () => {
    expect(task(add)).toBe(add);
    expect(task({ queue: "io" }, add)).toBe(add);
  });

  test("on a static method leaves it as it is", () => {
    expect(task(add, place({}))).toBeUndefined();
    expect(task()(add, place({}))).toBeUndefined();
    expect(task({ queue: "io" })(add, place({}))).toBeUndefined();
  });

  test.each([
    ["the instance method 'render'", { static: false }],
    ["the private method 'render'", { private: true }],
    ["the field 'render'", { kind: "field" }],
  ])("on %s is refused", (what, where) => {
    expect(() => task()(add, place(where))).toThrow(`@task stands on ${what}; it belongs on a public static method`);
  });
});
