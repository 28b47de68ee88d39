import { describe, expect, test } from "vitest";
import { codec } from "../../runtime/codec/class-codec.js";
import { InvalidArgumentsError } from "../../runtime/errors.js";
import type { JsonSchema } from "../../runtime/manifest.js";
import { compileSchema } from "../../runtime/schema/schema.js";
import { checkArguments, checkBound, checkCall, checkResult } from "../../runtime/schema/validator.js";
import { contract, number, parameter, text } from "./contracts.js";

const add = contract("tasks.math.add", [parameter("x: number", number), parameter("y: number", number)], {
  result: number,
});
const fmt = contract("fmt", [
  parameter("n: number", number),
  parameter("digits?: number", number),
  parameter("locale?: string", text),
]);
const sum = contract("sum", [parameter("label: string", text), parameter("...items: number[]", number)]);

function refusal(run: () => void): string {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidArgumentsError) return error.message;
    throw error;
  }
  return "";
}

describe("arguments", () => {
  test.each<[string, () => void, string]>([
    ["that fit", () => checkArguments(add, [2, 3]), ""],
    ["NaN and infinities are numbers", () => checkArguments(add, [Number.NaN, Number.POSITIVE_INFINITY]), ""],
    [
      "of a wrong type",
      () => checkArguments(add, [2, "4"]),
      `tasks.math.add: argument 2 'y' must be number, but is "4" (string)`,
    ],
    ["too few", () => checkArguments(add, [2]), "tasks.math.add: argument 2 'y' must be number, but is missing"],
    [
      "too many",
      () => checkArguments(add, [1, 2, 3]),
      "tasks.math.add: takes at most 2 arguments (x: number, y: number), but is given 3",
    ],
    [
      "none where none is taken",
      () => checkArguments(contract("ping", []), [1]),
      "ping: takes no arguments, but is given 1",
    ],
    ["optional ones left out", () => checkArguments(fmt, [1]), ""],
    ["optional ones undefined", () => checkArguments(fmt, [1, undefined, "en"]), ""],
    [
      "an optional one of a wrong type",
      () => checkArguments(fmt, [1, "2"]),
      `fmt: argument 2 'digits' must be number, but is "2" (string)`,
    ],
    ["of a rest parameter", () => checkArguments(sum, ["a", 1, 2, 3]), ""],
    [
      "of a rest parameter, one wrong",
      () => checkArguments(sum, ["a", 1, null]),
      "sum: argument 3 'items' must be number, but is null",
    ],
  ])("%s", (_, run, message) => expect(refusal(run)).toBe(message));
});

describe("what is bound while one value is still to come", () => {
  test.each<[string, () => void, string]>([
    ["in front of it", () => checkBound(add, [3]), ""],
    ["wrong", () => checkBound(add, ["3"]), `tasks.math.add: argument 2 'y' must be number, but is "3" (string)`],
    ["too little", () => checkBound(add, []), "tasks.math.add: argument 2 'y' must be number, but is missing"],
    [
      "too much",
      () => checkBound(add, [1, 2]),
      "tasks.math.add: takes at most 2 arguments (x: number, y: number), but is given 3",
    ],
    ["by name", () => checkBound(add, [7, undefined], [1]), ""],
    [
      "by name, wrong",
      () => checkBound(add, ["7", undefined], [1]),
      `tasks.math.add: argument 1 'x' must be number, but is "7" (string)`,
    ],
    [
      "by name, and one more open",
      () => checkBound(add, [undefined, undefined], [0, 1]),
      "tasks.math.add: argument 2 'y' must be number, but is undefined",
    ],
    ["before a rest parameter", () => checkBound(sum, [1, 2]), ""],
  ])("%s", (_, run, message) => expect(refusal(run)).toBe(message));
});

describe("a mapped call", () => {
  const call = { complete: true } as const;
  test.each<[string, () => void, string]>([
    ["fits item by item", () => checkCall(fmt, { ...call, mode: "map", args: [[1, 2]] }), ""],
    ["fits tuple by tuple", () => checkCall(add, { ...call, mode: "starmap", args: [[[1, 2]]] }), ""],
    [
      "names the argument of an item",
      () =>
        checkCall(add, {
          ...call,
          mode: "starmap",
          args: [
            [
              [1, 2],
              [1, "2"],
            ],
          ],
        }),
      `tasks.math.add: argument 2 'y' must be number, but is "2" (string)`,
    ],
    [
      "needs a list",
      () => checkCall(fmt, { ...call, mode: "map", args: [1] }),
      "fmt: map takes a list, but was given 1 (number)",
    ],
    [
      "needs a list of lists",
      () => checkCall(add, { ...call, mode: "starmap", args: [[1]] }),
      "tasks.math.add: starmap takes a list of argument lists, but one is 1 (number)",
    ],
  ])("%s", (_, run, message) => expect(refusal(run)).toBe(message));
});

test("a result is named as such, with the place inside it", () => {
  const found = contract("find", [], { result: { type: "object", properties: { name: text }, required: ["name"] } });
  expect(refusal(() => checkResult(found, { name: "a" }))).toBe("");
  expect(refusal(() => checkResult(found, { name: 1 }))).toBe(
    "find: its result.name must be string, but is 1 (number)",
  );
});

class Money {}
codec(Money, { name: "Money", encode: () => 0, decode: () => new Money() });

describe("a schema", () => {
  const user: JsonSchema = {
    type: "object",
    properties: { name: text, "first-tag": text, tags: { type: "array", items: text } },
    required: ["name"],
  };
  const tree: JsonSchema = { $ref: "#/$defs/Tree" };
  const definitions = {
    Tree: { type: "object", properties: { left: tree, value: number }, required: ["value"] },
  };
  const shape: JsonSchema = {
    anyOf: [
      { type: "object", properties: { kind: { const: "circle" }, r: number }, required: ["kind", "r"] },
      {
        type: "object",
        properties: { kind: { const: "square" }, side: { type: "object", properties: { a: number }, required: ["a"] } },
        required: ["kind", "side"],
      },
    ],
  };

  test.each<[string, JsonSchema, unknown, unknown]>([
    ["a property", user, { name: "a" }, { name: 1 }],
    ["a required property", user, { name: "a", more: 1 }, {}],
    ["a property that is undefined", user, { name: "a", tags: undefined }, { name: undefined }],
    ["an item", user, { name: "a", tags: ["b"] }, { name: "a", tags: ["b", 3] }],
    ["a recursive type", tree, { value: 1, left: { value: 2 } }, { value: 1, left: { value: "2" } }],
    ["a union", shape, { kind: "circle", r: 1 }, { kind: "square", side: { a: "1" } }],
    ["an enum", { enum: ["a", 1] }, 1, "1"],
    ["a record", { type: "object", properties: {}, additionalProperties: number }, { a: 1 }, { a: "1" }],
    [
      "a record with a pattern",
      { type: "object", properties: {}, patternProperties: { "^x-": number } },
      { "x-a": 1, b: "" },
      { "x-a": "" },
    ],
    ["a tuple", { type: "array", prefixItems: [number, text], minItems: 1, items: false }, [1], [1, "a", 2]],
    ["a list that must not be empty", { type: "array", items: number, minItems: 1 }, [1], []],
    ["text of a form", { type: "string", pattern: "^v\\d+$" }, "v1", "w1"],
    ["any object", { type: ["object", "array"] }, [], "a"],
    ["undefined", { "x-tqc": "undefined" }, undefined, null],
    ["a bigint", { "x-tqc": "bigint" }, 1n, 1],
    ["one bigint", { "x-tqc": "bigint", literal: "10" }, 10n, 11n],
    ["a Date", { "x-tqc": "Date" }, new Date(0), "1970-01-01"],
    ["a RegExp", { "x-tqc": "RegExp" }, /a/, "/a/"],
    ["a URL", { "x-tqc": "URL" }, new URL("http://a/"), "http://a/"],
    ["an Error", { "x-tqc": "Error" }, new TypeError("a"), "a"],
    ["a Uint8Array, of which a Buffer is one", { "x-tqc": "Uint8Array" }, Buffer.from("a"), new Uint16Array(1)],
    ["an ArrayBuffer", { "x-tqc": "ArrayBuffer" }, new ArrayBuffer(1), new Uint8Array(1)],
    ["a Map", { "x-tqc": "Map", key: text, value: number }, new Map([["a", 1]]), new Map([["a", "1"]])],
    ["the keys of a Map", { "x-tqc": "Map", key: text, value: true }, new Map([["a", 1]]), new Map([[1, 1]])],
    ["a Set", { "x-tqc": "Set", items: text }, new Set(["a"]), new Set([1])],
    ["a class with a codec", { "x-tqc": "codec", name: "Money" }, new Money(), {}],
  ])("tells %s", (_, schema, right, wrong) => {
    const check = compileSchema(schema, { definitions, owner: "a test" });
    expect(check(right)).toBeUndefined();
    expect(check(wrong)).toBeDefined();
  });

  test.each<[JsonSchema, unknown, string, string]>([
    [user, { name: "a", tags: ["b", 3] }, ".tags[1]", "string"],
    [user, { name: "a", "first-tag": 3 }, '["first-tag"]', "string"],
    [shape, { kind: "square", side: { a: "1" } }, ".side.a", "number"],
    [{ "x-tqc": "Map", key: text, value: number }, new Map([["a", "1"]]), '.get("a")', "number"],
    [{ anyOf: [number, { "x-tqc": "undefined" }] }, null, "", "number | undefined"],
    [{ type: "array", items: { anyOf: [number, text] } }, 1, "", "(number | string)[]"],
    [{ type: "array", prefixItems: [number, text], minItems: 1, items: false }, [], "", "[number, string?]"],
  ])("says where and what: %j", (schema, value, at, expected) => {
    expect(compileSchema(schema, { definitions, owner: "a test" })(value)).toMatchObject({ at, expected });
  });

  test("refuses a value that goes round in a circle, instead of going round with it", () => {
    const ring: { value: number; left?: unknown } = { value: 1 };
    ring.left = ring;
    const task = contract("walk", [parameter("tree: Tree", tree)], { definitions });
    expect(refusal(() => checkArguments(task, [ring]))).toContain("must be without cycles");
  });
});
