/** Schema -> arbitrary values that fit it, and the places inside one where something else would not. */
import fc from "fast-check";
import type { JsonSchema } from "../../runtime/manifest.js";

type Keywords = { readonly [keyword: string]: unknown };
type Definitions = Readonly<Record<string, JsonSchema>>;

/** Beyond this, recursive values are ended as soon as their types allow it. */
const DEEPEST = 4;

/** Whether values of a schema can be made from the schema alone. */
export function isGenerable(schema: unknown): boolean {
  return !/"x-tqc":"(?:codec|DataView)"/.test(JSON.stringify(schema));
}

/** Values that fit a schema. */
export function valuesOf(schema: JsonSchema, definitions: Definitions = {}, depth = 0): fc.Arbitrary<unknown> {
  if (typeof schema === "boolean") return fc.oneof(fc.string(), fc.double(), fc.constant(null));
  const inner = (part: unknown) => valuesOf((part ?? true) as JsonSchema, definitions, depth + 1);
  if (typeof schema.$ref === "string") return inner(resolved(schema, definitions));
  if ("x-tqc" in schema) return extended(schema, inner, depth);
  if ("const" in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  if (Array.isArray(schema.anyOf)) return fc.oneof(...chosen(schema.anyOf as JsonSchema[], depth).map(inner));
  switch (schema.type) {
    case "string":
      return typeof schema.pattern === "string" ? fc.stringMatching(new RegExp(schema.pattern, "u")) : fc.string();
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return listsOf(schema, inner, depth);
    case "object":
      return objectsOf(schema, inner, depth);
    default:
      return schema.type === "number" ? fc.double() : fc.constantFrom<object>({}, []);
  }
}

/** Near the bottom, alternatives that end. */
function chosen(alternatives: readonly JsonSchema[], depth: number): readonly JsonSchema[] {
  const ends = alternatives.filter((one) => !/"\$ref"|"type":"(?:object|array)"/.test(JSON.stringify(one)));
  return depth > DEEPEST && ends.length > 0 ? ends : alternatives;
}

type Inner = (part: unknown) => fc.Arbitrary<unknown>;

function listsOf({ prefixItems, items, minItems = 0 }: Keywords, inner: Inner, depth: number): fc.Arbitrary<unknown[]> {
  const first = (prefixItems ?? []) as readonly JsonSchema[];
  const least = Math.max(0, Number(minItems) - first.length);
  const isOver = items === false || (depth > DEEPEST && least === 0);
  const rest = isOver ? fc.constant([]) : fc.array(inner(items), { minLength: least, maxLength: least + 3 });
  return fc.tuple(fc.tuple(...first.map(inner)), rest).map(([start, end]) => [...start, ...end]);
}

function objectsOf(schema: Keywords, inner: Inner, depth: number): fc.Arbitrary<object> {
  const required = new Set((schema.required ?? []) as readonly string[]);
  const entries = Object.entries((schema.properties ?? {}) as Definitions);
  const kept = entries.filter(([name]) => depth <= DEEPEST || required.has(name));
  const model = Object.fromEntries(kept.map(([name, part]) => [name, inner(part)]));
  const requiredKeys = kept.map(([name]) => name).filter((name) => required.has(name));
  const known = fc.record(model, { requiredKeys, noNullPrototype: true });
  if (depth > DEEPEST) return known;
  const further = [
    ...Object.entries((schema.patternProperties ?? {}) as Definitions),
    ...(schema.additionalProperties === undefined ? [] : [["^z[a-z]{0,4}$", schema.additionalProperties] as const]),
  ].map(([pattern, part]) =>
    fc.dictionary(fc.stringMatching(new RegExp(pattern, "u")), inner(part), { maxKeys: 2, noNullPrototype: true }),
  );
  return fc.tuple(...further, known).map((all) => Object.assign({}, ...all) as object);
}

function extended(schema: Keywords, inner: Inner, depth: number): fc.Arbitrary<unknown> {
  const listed = <T>(item: () => fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
    depth > DEEPEST ? fc.constant([]) : fc.array(item(), { maxLength: 3 });
  const bytes = fc.uint8Array({ maxLength: 16, size: "max" });
  switch (schema["x-tqc"]) {
    case "undefined":
      return fc.constant(undefined);
    case "bigint":
      return schema.literal === undefined ? fc.bigInt() : fc.constant(BigInt(String(schema.literal)));
    case "Date":
      return fc.date({ noInvalidDate: true });
    case "RegExp":
      return fc.constantFrom(/a+/gi, /[/]\\/u);
    case "URL":
      return fc.webUrl().map((text) => new URL(text));
    case "Error":
      return fc.string().map((text) => new (classNamed(String(schema.name ?? "Error")))(text));
    case "Map":
      return listed(() => fc.tuple(inner(schema.key), inner(schema.value))).map((all) => new Map(all));
    case "Set":
      return listed(() => inner(schema.items)).map((all) => new Set(all));
    case "ArrayBuffer":
      return bytes.map((all) => new Uint8Array(all).buffer);
    default:
      return typedArrays(String(schema["x-tqc"]));
  }
}

function classNamed(name: string): new (text: string) => Error {
  const found: unknown = Reflect.get(globalThis, name);
  return name === "AggregateError" ? Error : (found as new (text: string) => Error);
}

function typedArrays(name: string): fc.Arbitrary<unknown> {
  const type = Reflect.get(globalThis, name) as { from(items: readonly unknown[]): unknown };
  const item: fc.Arbitrary<unknown> = name.startsWith("Big") ? fc.bigInt({ min: 0n, max: 1000n }) : fc.nat(100);
  return fc.array(item, { maxLength: 4 }).map((items) => type.from(items));
}

/** A value with one part replaced by what does not fit there, and the path to it. */
export interface Spoiled {
  readonly value: unknown;
  readonly path: string;
}

/** Every way to put what does not fit into a value, where its schema has a say. */
export function spoil(schema: JsonSchema, value: unknown, definitions: Definitions): Spoiled[] {
  const own = resolved(schema, definitions);
  if (typeof own === "boolean" || takesAll(own)) return [];
  return [{ value: misfitOf(own), path: "" }, ...spoiledInside(own, value, definitions)];
}

function takesAll(schema: JsonSchema): boolean {
  return schema === true || (typeof schema === "object" && Array.isArray(schema.anyOf) && schema.anyOf.some(takesAll));
}

/** The nearest thing that a schema refuses: what a careless caller would pass. */
function misfitOf({ type, "x-tqc": kind, const: only }: Keywords): unknown {
  if (only !== undefined) return [only];
  const near: Readonly<Record<string, unknown>> = { string: 7, number: "7", boolean: 1, null: undefined, object: [] };
  if (typeof type === "string" && type in near) return near[type];
  const nearKinds: Readonly<Record<string, unknown>> = {
    undefined: null,
    bigint: 7,
    Date: 0,
    Map: {},
    Set: [],
    URL: "",
  };
  return typeof kind === "string" && kind in nearKinds ? nearKinds[kind] : (): void => {};
}

function spoiledInside(schema: Keywords, value: unknown, definitions: Definitions): Spoiled[] {
  const inner = (part: unknown, item: unknown) => spoil((part ?? true) as JsonSchema, item, definitions);
  if (Array.isArray(value) && schema.type === "array") {
    const first = (schema.prefixItems ?? []) as readonly JsonSchema[];
    return value.flatMap((item, i) =>
      inner(first[i] ?? schema.items, item).map((bad) => ({
        value: value.with(i, bad.value),
        path: `[${i}]${bad.path}`,
      })),
    );
  }
  if (value instanceof Map) return spoiledEntries(schema, [...value], inner);
  if (value instanceof Set && schema["x-tqc"] === "Set") {
    const items = [...value];
    return items.flatMap((item, i) =>
      inner(schema.items, item).map((bad) => ({
        value: new Set(items.with(i, bad.value)),
        path: ` (an item)${bad.path}`,
      })),
    );
  }
  if (typeof value !== "object" || value === null || schema.type !== "object") return [];
  const properties = (schema.properties ?? {}) as Definitions;
  return Object.entries(value).flatMap(([name, item]) => {
    const step = /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
    const part = Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties;
    const spoiled = inner(part, item).filter((bad) => bad.value !== undefined);
    return spoiled.map((bad) => ({ value: { ...value, [name]: bad.value }, path: step + bad.path }));
  });
}

type Spoil = (part: unknown, item: unknown) => Spoiled[];

function spoiledEntries(schema: Keywords, entries: readonly (readonly [unknown, unknown])[], inner: Spoil): Spoiled[] {
  return entries.flatMap(([key, item], i) => [
    ...inner(schema.key, key).map((bad) => ({
      value: new Map(entries.with(i, [bad.value, item])),
      path: ` (a key)${bad.path}`,
    })),
    ...inner(schema.value, item).map((bad) => ({
      value: new Map(entries.with(i, [key, bad.value])),
      path: `.get(${typeof key === "bigint" ? `${key}n` : typeof key === "string" ? JSON.stringify(key) : String(key)})${bad.path}`,
    })),
  ]);
}

function resolved(schema: JsonSchema, definitions: Definitions): JsonSchema {
  if (typeof schema === "boolean" || typeof schema.$ref !== "string") return schema;
  return resolved(definitions[schema.$ref.slice("#/$defs/".length)] ?? true, definitions);
}
