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
  if (schema.additionalProperties === undefined || depth > DEEPEST) return known;
  const others = fc.dictionary(fc.stringMatching(/^z[a-z]{0,4}$/), inner(schema.additionalProperties), {
    maxKeys: 2,
    noNullPrototype: true,
  });
  return fc.tuple(others, known).map(([more, own]) => ({ ...more, ...own }));
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

/** A value with one part replaced by `wrong`, and the path to it. */
export interface Spoiled {
  readonly value: unknown;
  readonly path: string;
}

/** Every way to put what fits nothing into a value, where its schema has a say. */
export function spoil(schema: JsonSchema, value: unknown, definitions: Definitions, wrong: unknown): Spoiled[] {
  const own = resolved(schema, definitions);
  if (typeof own === "boolean") return [];
  const here = { value: wrong, path: "" };
  if (Array.isArray(value) && own.type === "array") {
    const first = (own.prefixItems ?? []) as readonly JsonSchema[];
    const parts = value.flatMap((item, i) =>
      spoil(first[i] ?? ((own.items ?? true) as JsonSchema), item, definitions, wrong).map((spoiled) => ({
        value: value.with(i, spoiled.value),
        path: `[${i}]${spoiled.path}`,
      })),
    );
    return [here, ...parts];
  }
  if (typeof value !== "object" || value === null || own.type !== "object") return [here];
  const parts = Object.entries((own.properties ?? {}) as Definitions).flatMap(([name, part]) => {
    if (!Object.hasOwn(value, name)) return [];
    const step = /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
    return spoil(part, Reflect.get(value, name), definitions, wrong).map((spoiled) => ({
      value: { ...value, [name]: spoiled.value },
      path: step + spoiled.path,
    }));
  });
  return [here, ...parts];
}

function resolved(schema: JsonSchema, definitions: Definitions): JsonSchema {
  if (typeof schema === "boolean" || typeof schema.$ref !== "string") return schema;
  return resolved(definitions[schema.$ref.slice("#/$defs/".length)] ?? true, definitions);
}
