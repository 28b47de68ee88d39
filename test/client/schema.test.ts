import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConfigurationError, InvalidArgumentsError } from "../../runtime/errors.js";
import type { JsonSchema, TaskContract } from "../../runtime/manifest.js";
import { checkArguments, checkResult } from "../../runtime/schema/validator.js";
import { spoil, valuesOf } from "../compiler/arbitrary.js";
import { contract, number, parameter, text } from "./contracts.js";

type Definitions = NonNullable<TaskContract["definitions"]>;

/** What is said of one argument `v`; empty where it fits. */
function said(schema: JsonSchema, value: unknown, definitions: Definitions = {}): string {
  try {
    checkArguments(contract("t", [parameter("v: V", schema)], { definitions }), [value]);
    return "";
  } catch (error) {
    if (error instanceof InvalidArgumentsError) return error.message.replace("t: argument 1 ", "");
    throw error;
  }
}

const object = (properties: Definitions, required = Object.keys(properties)): JsonSchema => ({
  type: "object",
  properties,
  required,
});
const list = (items: JsonSchema): JsonSchema => ({ type: "array", items });
const map = (key: JsonSchema, value: JsonSchema): JsonSchema => ({ "x-tqc": "Map", key, value });
const set = (items: JsonSchema): JsonSchema => ({ "x-tqc": "Set", items });
const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` });

/** Recursive through every kind of container. */
const definitions: Definitions = {
  Tree: object({ value: number, kids: list(ref("Tree")) }, ["value"]),
  Größe: object({ parts: map(text, ref("Größe")), peers: set(ref("Größe")) }, []),
};

describe("of any schema", () => {
  const schemas = fc.letrec<{ schema: JsonSchema }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 4, depthSize: "medium" },
      fc.constantFrom<JsonSchema>(
        true,
        number,
        text,
        { type: "boolean" },
        { type: "null" },
        { const: "a" },
        { enum: ["a", 1] },
        { "x-tqc": "Date" },
        { "x-tqc": "bigint" },
        { "x-tqc": "undefined" },
        ref("Tree"),
        ref("Größe"),
      ),
      tie("schema").map(list),
      fc.tuple(tie("schema"), tie("schema")).map((prefixItems) => ({
        type: "array",
        prefixItems,
        minItems: 2,
        items: false,
      })),
      fc.tuple(tie("schema"), tie("schema")).map(([a, b]) => ({ anyOf: [a, b] })),
      fc.tuple(tie("schema"), tie("schema")).map(([a, b]) => object({ a, "b-c/d~e": b }, [])),
      tie("schema").map((additionalProperties) => ({ type: "object", properties: {}, additionalProperties })),
      fc.tuple(fc.constantFrom(text, number, { "x-tqc": "bigint" }), tie("schema")).map(([k, v]) => map(k, v)),
      tie("schema").map(set),
    ),
  })).schema;
  const known = fc.sample(schemas, { numRuns: 100, seed: 7 });

  test("values made from it fit, and one part spoiled is refused at its place", () => {
    let refused = 0;
    for (const schema of known) {
      const task = contract("t", [parameter("v: V", schema)], { definitions });
      const property = fc.property(valuesOf(schema, definitions), fc.nat(), (value, pick) => {
        checkArguments(task, [value]);
        const spoiled = spoil(schema, value, definitions);
        const one = spoiled[pick % Math.max(1, spoiled.length)];
        if (!one) return;
        refused++;
        expect(() => checkArguments(task, [one.value])).toThrow(`t: argument 1 'v${one.path}' must be `);
      });
      fc.assert(property, { numRuns: 10 });
    }
    expect(refused).toBeGreaterThan(800);
  });
});

describe("of a union, what is told", () => {
  const circle = object({ kind: { const: "circle" }, r: number });
  const square = object({ kind: { const: "square" }, side: object({ a: number, unit: { enum: ["m", "ft"] } }) });
  const shape: JsonSchema = { anyOf: [circle, square, ref("Line"), { type: "null" }] };
  const lines: Definitions = { Line: object({ kind: { const: "line" }, points: list(list(number)) }) };

  test.each<[string, unknown, string]>([
    ["is about the branch whose tag it has", { kind: "circle", r: "1" }, `'v.r' must be number, but is "1" (string)`],
    ["is what that branch lacks", { kind: "square" }, "'v.side' must be object, but is undefined"],
    [
      "is found through a reference",
      { kind: "line", points: [[1], ["2"]] },
      `'v.points[1][0]' must be number, but is "2" (string)`,
    ],
    [
      "is the tag, with all that it may be, where it is none of them",
      { kind: "cube", r: 1 },
      `'v.kind' must be "circle" | "square" | "line", but is "cube" (string)`,
    ],
    ["is the tag where it is missing", { r: 1 }, `'v.kind' must be "circle" | "square" | "line", but is undefined`],
    [
      "is deep inside",
      { kind: "square", side: { a: 1, unit: "in" } },
      `'v.side.unit' must be "m" | "ft", but is "in" (string)`,
    ],
    [
      "is the union, where the value is like none of it",
      "circle",
      `'v' must be object | Line | null, but is "circle" (string)`,
    ],
  ])("%s", (_, value, message) => expect(said(shape, value, lines)).toBe(message));

  test("is the deepest mismatch, where nothing tells the branches apart", () => {
    const either: JsonSchema = { anyOf: [list(number), list(object({ a: list(number) }))] };
    expect(said(either, [{ a: ["1"] }])).toBe(`'v[0].a[0]' must be number, but is "1" (string)`);
  });

  test("is no tag that may be left out", () => {
    const loud: JsonSchema = object({ loud: { const: true }, text: list(text) }, ["text"]);
    expect(said({ anyOf: [loud, number] }, { text: [1] })).toBe(`'v.text[0]' must be string, but is 1 (number)`);
    expect(said({ anyOf: [loud, object({ kind: { const: "b" } })] }, { text: [1] })).toContain(
      "'v.text[0]' must be string",
    );
  });

  test("is the inner union, where that is what fits nothing", () => {
    const inner: JsonSchema = object({ a: { anyOf: [number, text] } });
    expect(said({ anyOf: [inner, { type: "null" }] }, { a: true })).toBe(
      "'v.a' must be number | string, but is true (boolean)",
    );
  });
});

test("a tagged union that goes deep is walked once, not once per branch and level", () => {
  let looks = 0;
  const count: ProxyHandler<object> = {
    get(...asked) {
      looks += 1;
      return Reflect.get(...asked);
    },
  };
  const seen = (value: object): object => new Proxy(value, count);
  const operation = (op: string): JsonSchema => object({ left: ref("Term"), op: { const: op } });
  const terms: Definitions = { Term: { anyOf: [operation("add"), operation("mul"), operation("neg"), number] } };
  let term: unknown = 1;
  for (let i = 0; i < 14; i++) term = seen({ left: term, op: "neg" });
  expect(said(ref("Term"), term, terms)).toBe("");
  expect(looks).toBeLessThan(500);
  expect(said(ref("Term"), seen({ left: term, op: "sub" }), terms)).toContain(`'v.op' must be "add" | "mul" | "neg"`);
});

describe("a place", () => {
  const user = object({ tags: list(text) });
  test.each<[JsonSchema, unknown, string]>([
    [map(text, user), new Map([["a b", { tags: ["x", 1] }]]), `'v.get("a b").tags[1]' must be string`],
    [map(user, true), new Map([[{ tags: [1] }, 1]]), "'v (a key).tags[0]' must be string"],
    [map(true, text), new Map([[{ id: 1 }, 1]]), "'v.get(an object { id })' must be string"],
    [map(true, text), new Map([[10n, 1]]), "'v.get(10n)' must be string"],
    [map(true, text), new Map([[undefined, 1]]), "'v.get(undefined)' must be string"],
    [
      set(map(text, set(number))),
      new Set([new Map([["a", new Set(["1"])]])]),
      `'v (an item).get("a") (an item)' must be number`,
    ],
    [object({ "a/b~c": list(text) }), { "a/b~c": [1] }, `'v["a/b~c"][0]' must be string`],
    [object({ "": text }), { "": 1 }, `'v[""]' must be string`],
    [object({ 0: object({ a: text }) }), { 0: {} }, `'v["0"].a' must be string`],
    [{ type: "array", prefixItems: [number], items: false }, [1, 2], "'v[1]' must be absent"],
    [object({ size: text }), new Map([["size", "a"]]), "'v.size' must be string"],
  ])("in %j of %o", (schema, value, beginning) => expect(said(schema, value)).toContain(beginning));
});

describe("undefined", () => {
  const record: JsonSchema = { type: "object", properties: {}, additionalProperties: text };
  const some: JsonSchema = { type: "object", properties: {}, patternProperties: { "^x-": text } };
  const optional = object({ a: text }, []);

  test.each([record, some, optional])("in a property counts as absent: %j", (schema) => {
    expect(said(schema, { a: undefined, "x-a": undefined })).toBe("");
    expect(said(schema, { a: null, "x-a": null })).toContain("must be string, but is null");
  });

  test.each<[JsonSchema, unknown]>([
    [list(text), [undefined]],
    [{ type: "array", prefixItems: [text], items: false }, [undefined]],
    [map(text, text), new Map([["a", undefined]])],
    [set(text), new Set([undefined])],
  ])("in a list, a Map or a Set is a value: %j", (schema, value) => {
    expect(said(schema, value)).toContain("must be string, but is undefined");
  });

  test("is missed where a property is required", () => {
    expect(said(object({ a: text, b: text }), { a: undefined, b: "" })).toBe("'v.a' must be string, but is undefined");
  });
});

describe("a property with a name that every object inherits", () => {
  const named = (name: string, value: unknown): unknown =>
    JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`);
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];

  test.each(names)("%s is looked for in the value itself", (name) => {
    const schema = { type: "object", properties: named(name, text) } as JsonSchema;
    expect(said(schema, {})).toBe("");
    expect(said(schema, named(name, "a"))).toBe("");
    expect(said(schema, named(name, 1))).toBe(`'v.${name}' must be string, but is 1 (number)`);
  });

  test.each(names)("%s is missed where it is required", (name) => {
    const schema = { type: "object", properties: named(name, text), required: [name] } as JsonSchema;
    expect(said(schema, {})).toContain(`'v.${name}' must be`);
  });

  test.each(names)("%s is one of a record's", (name) => {
    const schema = { type: "object", properties: {}, additionalProperties: text };
    expect(said(schema, named(name, "a"))).toBe("");
    expect(said(schema, named(name, 1))).toBe(`'v.${name}' must be string, but is 1 (number)`);
  });
});

describe("a value without end", () => {
  const endless = "must be without cycles and not nested so deeply";
  const ring = (make: (self: unknown) => unknown, hold: (outer: unknown, self: unknown) => void): unknown => {
    const self = make(undefined);
    hold(self, self);
    return self;
  };

  test.each<[string, JsonSchema, unknown]>([
    [
      "through a property",
      ref("Tree"),
      ring(
        () => ({ value: 1 }),
        (o, s) => Object.assign(o as object, { kids: [s] }),
      ),
    ],
    [
      "through a Map",
      ref("Größe"),
      ring(
        () => ({ parts: new Map() }),
        (o, s) => (o as { parts: Map<string, unknown> }).parts.set("a", s),
      ),
    ],
    [
      "through a Set",
      ref("Größe"),
      ring(
        () => ({ peers: new Set() }),
        (o, s) => (o as { peers: Set<unknown> }).peers.add(s),
      ),
    ],
  ])("%s is refused", (_, schema, value) => expect(said(schema, value, definitions)).toContain(endless));

  test("that is only very deep is refused too, and the next value is not", () => {
    let deep: unknown = { value: 1 };
    for (let i = 0; i < 200_000; i++) deep = { value: 1, kids: [deep] };
    expect(said(ref("Tree"), deep, definitions)).toContain(endless);
    expect(said(ref("Tree"), { value: 1, kids: [{ value: 2 }] }, definitions)).toBe("");
  });

  test("that is deep, and wrong at the bottom, is refused with its place", () => {
    let deep: unknown = { value: "1" };
    for (let i = 0; i < 300; i++) deep = { value: 1, kids: [deep] };
    expect(said(ref("Tree"), deep, definitions)).toContain(`'v${".kids[0]".repeat(300)}.value' must be number`);
  });
});

describe("a schema that cannot be compiled", () => {
  const refused = (schema: JsonSchema): (() => void) => {
    const task = contract("tasks.math.add", [parameter("x: X", schema)]);
    return () => checkArguments(task, [{}]);
  };

  test.each<[string, JsonSchema, RegExp]>([
    ["an unknown keyword", { type: "object", propertys: {} }, /unknown keyword: "propertys"/],
    ["an unknown type", { type: "objekt" }, /objekt/],
    ["a reference that leads nowhere", ref("Nobody"), /#\/\$defs\/Nobody/],
    ["a pattern that is none", { type: "string", pattern: "(" }, /regular expression/],
  ])("%s: the error names the task, the parameter and the fault", (_, schema, fault) => {
    expect(refused(schema)).toThrow(ConfigurationError);
    expect(refused(schema)).toThrow(/^tasks\.math\.add: the schema of 'x' cannot be used: /);
    expect(refused(schema)).toThrow(fault);
  });

  test("a result's is named as such, and only once it is needed", () => {
    const task = contract("f", [parameter("x: number", number)], { result: { type: "array", itemz: true } });
    expect(() => checkArguments(task, [1])).not.toThrow();
    expect(() => checkResult(task, [])).toThrow(/^f: the schema of its result cannot be used: /);
  });
});
