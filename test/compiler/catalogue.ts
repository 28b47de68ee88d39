/**
 * Every kind of change between two contracts, with what is said of it: the table that the comparison is tested against, that
 * the run time is held to, and that docs/deploys.md shows.
 */
import type { JsonSchema, Manifest, Parameter, TaskContract } from "../../runtime/manifest.js";

export const text: JsonSchema = { type: "string" };
const number = { type: "number" };
export const nil: JsonSchema = { type: "null" };
export const either = (...anyOf: JsonSchema[]): JsonSchema => ({ anyOf });
const object = (properties: Record<string, JsonSchema>, required = Object.keys(properties)): JsonSchema => ({
  type: "object",
  properties,
  required,
});
const list = (items: JsonSchema): JsonSchema => ({ type: "array", items });

type Listed = [name: string, schema?: JsonSchema, how?: "optional" | "rest"];

function parameters(...all: Listed[]): Parameter[] {
  return all.map(([name, schema = number, how]) => ({
    name,
    schema,
    text: `${name}: T`,
    ...(how && { [how]: true as const }),
  }));
}

/** A task as the compiler would describe it. */
export function task(more: Partial<TaskContract> = {}): TaskContract {
  const name = more.name ?? "add";
  return {
    name,
    module: "m.ts",
    export: name,
    builder: name,
    parameters: parameters(["x"], ["y"]),
    result: number,
    returns: "number",
    options: {},
    fingerprint: "f",
    codec: "json",
    ...more,
  };
}

/** A manifest of these tasks. */
export const manifest = (...tasks: TaskContract[]): Manifest => ({
  version: 1,
  tasks: Object.fromEntries(tasks.map((one) => [one.name, one])),
});
const takes = (schema: JsonSchema) => task({ parameters: parameters(["x", schema]) });
const gives = (result: JsonSchema) => task({ result });
/** A type that holds others of itself. */
export const tree = (leaf: JsonSchema): TaskContract =>
  task({ result: { $ref: "#/$defs/T" }, definitions: { T: object({ leaf, next: list({ $ref: "#/$defs/T" }) }) } });

/** One kind of change. */
export interface Kind {
  readonly name: string;
  readonly old: readonly TaskContract[];
  readonly now: readonly TaskContract[];
  /** Severity and kind of each change that is told. */
  readonly want: readonly string[];
}

type Row<Side> = readonly [name: string, old: Side, now: Side, want: string[]];

const kinds = <Side>(made: (side: Side) => TaskContract[], rows: readonly Row<Side>[]): readonly Kind[] =>
  rows.map(([name, old, now, want]) => ({ name, old: made(old), now: made(now), want }));

/** What can change, by where it changes. */
export const catalogue: Readonly<Record<string, readonly Kind[]>> = {
  "A task": kinds<TaskContract[]>(
    (all) => all,
    [
      ["nothing", [task()], [task()], []],
      ["one is added", [task()], [task(), task({ name: "mul" })], ["safe task-added"]],
      ["one is removed", [task(), task({ name: "mul" })], [task()], ["breaking task-removed"]],
      [
        "one is renamed with an alias",
        [task()],
        [task({ name: "plus", options: { aliases: ["add"] } })],
        ["safe task-renamed"],
      ],
      ["one is renamed without", [task()], [task({ name: "plus" })], ["breaking task-removed", "safe task-added"]],
      ["an alias is dropped", [task({ options: { aliases: ["old"] } })], [task()], ["breaking alias-removed"]],
      [
        "it moves to another module under its name",
        [task()],
        [task({ module: "n.ts", export: "plus", builder: "plus" })],
        [],
      ],
      ["its documentation changes", [task()], [task({ documentation: "New." })], []],
    ],
  ),
  "Its parameters": kinds<Listed[]>(
    (all) => [task({ parameters: parameters(...all) })],
    [
      ["a required one is added", [["x"]], [["x"], ["y"]], ["breaking parameter-added"]],
      ["an optional one is added", [["x"]], [["x"], ["y", number, "optional"]], ["safe parameter-added"]],
      ["a rest is added", [["x"]], [["x"], ["more", number, "rest"]], ["safe parameter-added"]],
      ["the last is removed", [["x"], ["y"]], [["x"]], ["breaking parameter-removed"]],
      ["the first is removed", [["x"], ["y"]], [["y"]], ["breaking parameter-removed"]],
      ["all are removed", [["x"]], [], ["breaking parameter-removed"]],
      ["one is renamed in place", [["x"], ["y"]], [["x"], ["z"]], ["safe parameter-renamed"]],
      ["two change places", [["x"], ["y"]], [["y"], ["x"]], ["breaking parameters-reordered"]],
      [
        "one is put in the middle",
        [["x"], ["y"]],
        [["x"], ["new", number, "optional"], ["y"]],
        ["breaking parameters-reordered"],
      ],
      ["an optional one becomes required", [["x", number, "optional"]], [["x"]], ["breaking parameter-made-required"]],
      ["a required one becomes optional", [["x"]], [["x", number, "optional"]], ["safe parameter-made-optional"]],
      ["a rest becomes one", [["x", number, "rest"]], [["x"]], ["breaking parameter-changed"]],
    ],
  ),
  "A parameter's type": kinds<JsonSchema>(
    (schema) => [takes(schema)],
    [
      ["takes null too", number, either(nil, number), ["safe parameter-widened"]],
      ["takes null no more", either(nil, number), number, ["breaking parameter-narrowed"]],
      ["takes another type", number, text, ["breaking parameter-changed"]],
      ["a property is removed", object({ a: text, b: text }), object({ a: text }), ["safe parameter-widened"]],
      [
        "a required property is added",
        object({ a: text }),
        object({ a: text, b: text }),
        ["breaking parameter-narrowed"],
      ],
      ["an optional property is added", object({ a: text }), object({ a: text, b: text }, ["a"]), []],
      ["a property becomes optional", object({ a: text }), object({ a: text }, []), ["safe parameter-widened"]],
      ["a literal is added", { const: "a" }, { enum: ["a", "b"] }, ["safe parameter-widened"]],
      ["a literal is removed", { enum: ["a", "b"] }, { const: "a" }, ["breaking parameter-narrowed"]],
      ["a literal becomes text", { const: "a" }, text, ["safe parameter-widened"]],
      ["true becomes boolean", { const: true }, { type: "boolean" }, ["safe parameter-widened"]],
      ["a union is written in another order", either(text, number), either(number, text), []],
      ["items are widened", list(number), list(either(number, text)), ["safe parameter-widened"]],
      [
        "a tuple becomes a list",
        { type: "array", prefixItems: [number], minItems: 1, items: false },
        list(number),
        ["safe parameter-widened"],
      ],
      [
        "a list becomes a tuple",
        list(number),
        { type: "array", prefixItems: [number], minItems: 1, items: false },
        ["breaking parameter-narrowed"],
      ],
      ["a Date becomes text", { "x-tqc": "Date" }, text, ["breaking parameter-changed"]],
      [
        "a Map's values are narrowed",
        { "x-tqc": "Map", key: text, value: either(nil, text) },
        { "x-tqc": "Map", key: text, value: text },
        ["breaking parameter-narrowed"],
      ],
      [
        "a codec has another name",
        { "x-tqc": "codec", name: "A" },
        { "x-tqc": "codec", name: "B" },
        ["breaking parameter-changed"],
      ],
      ["anything is taken", number, true, ["safe parameter-widened"]],
      ["anything is taken no more", true, number, ["breaking parameter-narrowed"]],
      [
        "a record's values are narrowed",
        { type: "object", properties: {}, additionalProperties: either(nil, text) },
        { type: "object", properties: {}, additionalProperties: text },
        ["breaking parameter-narrowed"],
      ],
      ["text gets a pattern", text, { type: "string", pattern: "^a" }, ["breaking parameter-narrowed"]],
      ["a bigint becomes a number", { "x-tqc": "bigint" }, number, ["breaking parameter-changed"]],
      [
        "a Set's items are widened",
        { "x-tqc": "Set", items: text },
        { "x-tqc": "Set", items: either(nil, text) },
        ["safe parameter-widened"],
      ],
      ["a Set becomes a list", { "x-tqc": "Set", items: text }, list(text), ["breaking parameter-changed"]],
      [
        "a property deep inside is narrowed",
        list(object({ a: either(nil, text) })),
        list(object({ a: text })),
        ["breaking parameter-narrowed"],
      ],
      ["a list becomes one item", list(number), number, ["breaking parameter-changed"]],
      ["two literals become three", { enum: [1, 2] }, { enum: [1, 2, 3] }, ["safe parameter-widened"]],
      ["a literal fits a pattern", { const: "ab" }, { type: "string", pattern: "^a" }, ["safe parameter-widened"]],
      [
        "a named key's values are narrowed",
        { type: "object", properties: {}, patternProperties: { "^x-": either(nil, text) } },
        { type: "object", properties: {}, patternProperties: { "^x-": text } },
        ["breaking parameter-narrowed"],
      ],
      [
        "a record gets a property of another type",
        { type: "object", properties: {}, additionalProperties: text },
        object({ z: number }, []),
        ["breaking parameter-changed"],
      ],
    ],
  ),
  "Its result": kinds<TaskContract>(
    (one) => [one],
    [
      ["narrowed", gives(either(number, text)), gives(number), ["safe result-narrowed"]],
      ["widened", gives(number), gives(either(number, text)), ["breaking result-widened"]],
      ["null is included", gives(number), gives(either(nil, number)), ["breaking result-widened"]],
      ["changed", gives(number), gives(text), ["breaking result-changed"]],
      [
        "a property is added",
        gives(object({ a: text })),
        gives(object({ a: text, b: text })),
        ["safe result-narrowed"],
      ],
      [
        "a property is removed",
        gives(object({ a: text, b: text })),
        gives(object({ a: text })),
        ["breaking result-widened"],
      ],
      ["nothing becomes something", gives({ "x-tqc": "undefined" }), gives(number), ["breaking result-changed"]],
      ["recursive, the same", tree(text), tree(text), []],
      ["recursive, widened inside", tree(text), tree(either(nil, text)), ["breaking result-widened"]],
    ],
  ),
  "Its options": kinds<TaskContract["options"]>(
    (options) => [task({ options })],
    [
      ["the queue", {}, { queue: "io" }, ["safe queue-changed"]],
      ["retries", { maxRetries: 1 }, { maxRetries: 2 }, ["safe option-changed"]],
      ["the result is dropped", {}, { ignoreResult: true }, ["breaking result-dropped"]],
      ["the result is kept", { ignoreResult: true }, {}, ["safe option-changed"]],
      ["it is pure", {}, { pure: true }, ["safe option-changed"]],
      ["it is pure no more", { pure: true }, {}, ["safe option-changed"]],
      ["an alias is added", {}, { aliases: ["plus"] }, []],
      ["a time limit", {}, { timeLimit: "5s" }, ["safe option-changed"]],
      ["a schedule", { every: "1h" }, { every: "2h" }, ["safe option-changed"]],
      ["how long a result is kept", { resultExpires: "1d" }, { resultExpires: "1h" }, ["safe option-changed"]],
    ],
  ),
};
