/** Whether every value of one schema fits another; and where not, the first place that says so. */
import type { JsonSchema } from "../../runtime/manifest.js";
import { schemaText } from "./schema-text.js";

/** A schema with the definitions it refers to. */
export interface Scoped {
  readonly schema: JsonSchema;
  readonly definitions: { readonly [name: string]: JsonSchema };
}

/** Where values of the one do not fit the other. */
export interface Misfit {
  /** From the whole to the part: ".options.width", "[]". */
  readonly path: string;
  /** What may stand there, and what may. */
  readonly found: string;
  readonly expected: string;
}

type ObjectSchema = { readonly [keyword: string]: unknown };

/** The first place where a value of `from` does not fit `to`; undefined where all fit. */
export function misfit(from: Scoped, to: Scoped): Misfit | undefined {
  return new Comparison(from.definitions, to.definitions).compare(from.schema, to.schema, "");
}

class Comparison {
  readonly #from: Scoped["definitions"];
  readonly #to: Scoped["definitions"];
  /** Pairs that are being compared, or were: a recursive type fits where nothing speaks against it. */
  #assumed = new Set<string>();
  /** Pairs that do not fit. */
  readonly #refuted = new Set<string>();

  constructor(from: Scoped["definitions"], to: Scoped["definitions"]) {
    this.#from = from;
    this.#to = to;
  }

  compare(from: JsonSchema, to: JsonSchema, path: string): Misfit | undefined {
    if (to === true || from === false) return undefined;
    const miss = { path, found: schemaText(from), expected: schemaText(to) };
    if (from === true || to === false) return miss;
    if ("$ref" in from || "$ref" in to) return this.#references(from, to, path);
    const alternatives = alternativesOf(from);
    if (alternatives.length > 1) return first(alternatives, (one) => this.compare(one, to, path));
    const options = alternativesOf(to);
    if (options.length > 1) return this.#oneOf(from, options, miss);
    if ("const" in from || "const" in to) return constFits(from, to) ? undefined : miss;
    if ("x-tqc" in from || "x-tqc" in to) return this.#extension(from, to, miss);
    if (!typesFit(from, to)) return miss;
    if (from.type === "array") return this.#list(from, to, path, miss);
    return from.type === "object" ? this.#object(from, to, path) : undefined;
  }

  #references(from: ObjectSchema, to: ObjectSchema, path: string): Misfit | undefined {
    const key = JSON.stringify([from, to]);
    if (this.#refuted.has(key)) return { path, found: schemaText(from), expected: schemaText(to) };
    if (this.#assumed.has(key)) return undefined;
    const before = [...this.#assumed];
    this.#assumed.add(key);
    const miss = this.compare(resolve(from, this.#from), resolve(to, this.#to), path);
    if (!miss) return undefined;
    // What was found to fit in between may have relied on this.
    this.#assumed = new Set(before);
    this.#refuted.add(key);
    return miss;
  }

  /** Where there is only one alternative of its kind, the place inside it says more. */
  #oneOf(from: ObjectSchema, options: readonly JsonSchema[], miss: Misfit): Misfit | undefined {
    const misses = options.map((option) => this.compare(from, option, miss.path));
    if (misses.includes(undefined)) return undefined;
    const inside = misses.filter((one) => one!.path !== miss.path);
    return inside.length === 1 ? inside[0] : { ...miss, expected: options.map(schemaText).join(" | ") };
  }

  #extension(from: ObjectSchema, to: ObjectSchema, miss: Misfit): Misfit | undefined {
    if (from["x-tqc"] !== to["x-tqc"]) return miss;
    if (from["x-tqc"] === "codec" && from.name !== to.name) return miss;
    if ("literal" in to && from.literal !== to.literal) return miss;
    const parts = (["key", "value", "items"] as const).filter((key) => key in from && key in to);
    const step = { key: "<key>", value: "<value>", items: "<item>" };
    return first(parts, (key) => this.compare(from[key] as JsonSchema, to[key] as JsonSchema, miss.path + step[key]));
  }

  #list(from: ObjectSchema, to: ObjectSchema, path: string, miss: Misfit): Misfit | undefined {
    const [left, right] = [listOf(from), listOf(to)];
    if (left.least < right.least || left.most > right.most) return miss;
    const positions = Array.from({ length: Math.max(left.prefix.length, right.prefix.length) }, (_, i) => i);
    const at = ({ prefix, rest }: List, i: number): JsonSchema => prefix[i] ?? rest;
    return (
      first(positions, (i) => this.compare(at(left, i), at(right, i), `${path}[${i}]`)) ??
      this.compare(left.rest, right.rest, `${path}[]`)
    );
  }

  #object(from: ObjectSchema, to: ObjectSchema, path: string): Misfit | undefined {
    const [left, right] = [propertiesOf(from), propertiesOf(to)];
    const leftRequired = new Set(from.required as readonly string[] | undefined);
    const rightRequired = new Set(to.required as readonly string[] | undefined);
    const missing = [...rightRequired].find((name) => !leftRequired.has(name));
    if (missing !== undefined) {
      const found = missing in left ? `${schemaText(left[missing]!)} or nothing` : "nothing";
      return { path: `${path}.${missing}`, found, expected: schemaText(right[missing] ?? true) };
    }
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    const inside = first(names, (name) =>
      this.#all(
        schemasOf(name, from),
        schemasOf(name, to),
        path + (/^[\p{ID_Continue}$]+$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`),
      ),
    );
    return inside ?? this.#index(from, to, `${path}[key]`);
  }

  /** What is said about names that nobody knows beforehand. */
  #index(from: ObjectSchema, to: ObjectSchema, path: string): Misfit | undefined {
    const [left, right] = [patternsOf(from), patternsOf(to)];
    const rest = (schema: ObjectSchema) =>
      schema.additionalProperties === undefined ? [] : [schema.additionalProperties as JsonSchema];
    // A name of the one side may match a pattern of the other that this side knows nothing of.
    const news = Object.keys(right)
      .filter((pattern) => !(pattern in left))
      .map((pattern) => right[pattern]!);
    const others = this.#all(rest(from), [...rest(to), ...news], path);
    return (
      others ??
      first(Object.keys(left), (pattern) =>
        this.#all([left[pattern]!], [...(pattern in right ? [right[pattern]!] : rest(to)), ...news], path),
      )
    );
  }

  /** Whether what fits all of `from` fits all of `to`; where nothing is said, nothing is wrong. */
  #all(from: readonly JsonSchema[], to: readonly JsonSchema[], path: string): Misfit | undefined {
    if (from.length === 0) return undefined;
    return first(to, (expected) => {
      const misses = from.map((one) => this.compare(one, expected, path));
      return misses.includes(undefined) ? undefined : misses[0];
    });
  }
}

function first<Item>(items: readonly Item[], look: (item: Item) => Misfit | undefined): Misfit | undefined {
  for (const item of items) {
    const found = look(item);
    if (found) return found;
  }
  return undefined;
}

function resolve(schema: ObjectSchema, definitions: Scoped["definitions"]): JsonSchema {
  const reference = schema.$ref;
  return typeof reference === "string" ? (definitions[reference.replace("#/$defs/", "")] ?? true) : schema;
}

/** A union taken apart; `boolean` is two constants, so that it can be compared with one of them. */
function alternativesOf(schema: ObjectSchema): readonly JsonSchema[] {
  if (Array.isArray(schema.anyOf)) return schema.anyOf as JsonSchema[];
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => ({ const: value }));
  if (schema.type === "boolean") return [{ const: false }, { const: true }];
  if (Array.isArray(schema.type)) return schema.type.map((type) => ({ type }));
  return [schema];
}

function constFits(from: ObjectSchema, to: ObjectSchema): boolean {
  if (!("const" in from)) return false;
  if ("const" in to) return from.const === to.const;
  if (typeof from.const !== to.type) return false;
  return (
    typeof from.const !== "string" || typeof to.pattern !== "string" || new RegExp(to.pattern, "u").test(from.const)
  );
}

function typesFit(from: ObjectSchema, to: ObjectSchema): boolean {
  return from.type === to.type && (to.pattern === undefined || from.pattern === to.pattern);
}

interface List {
  readonly prefix: readonly JsonSchema[];
  readonly rest: JsonSchema;
  readonly least: number;
  readonly most: number;
}

function listOf(schema: ObjectSchema): List {
  const prefix = (schema.prefixItems ?? []) as JsonSchema[];
  const rest = (schema.items ?? true) as JsonSchema;
  const most = rest === false ? prefix.length : Number.POSITIVE_INFINITY;
  return { prefix, rest, least: (schema.minItems ?? 0) as number, most };
}

function propertiesOf(schema: ObjectSchema): { readonly [name: string]: JsonSchema } {
  return (schema.properties ?? {}) as { readonly [name: string]: JsonSchema };
}

function patternsOf(schema: ObjectSchema): { readonly [pattern: string]: JsonSchema } {
  return (schema.patternProperties ?? {}) as { readonly [pattern: string]: JsonSchema };
}

/** All that is said about the property of a name. */
function schemasOf(name: string, schema: ObjectSchema): JsonSchema[] {
  const own = propertiesOf(schema);
  const matching = Object.entries(patternsOf(schema)).filter(([pattern]) => new RegExp(pattern, "u").test(name));
  const said = [...(Object.hasOwn(own, name) ? [own[name]!] : []), ...matching.map(([, part]) => part)];
  return said.length > 0 || schema.additionalProperties === undefined
    ? said
    : [schema.additionalProperties as JsonSchema];
}
