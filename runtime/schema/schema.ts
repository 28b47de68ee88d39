/**
 * JSON Schema -> a function that checks a value, for the vocabulary that manifests use (docs/manifest.md) and `x-tqc`.
 * A schema describes values in memory, NaN, Maps and undefined included, and a mismatch says where it is and what it is.
 */
import { codecOf } from "../codec/class-codec.js";
import type { JsonSchema } from "../manifest.js";
import { describeSchema } from "./schema-text.js";

/** Where a value does not fit, and what would. */
export interface Mismatch {
  /** The path inside the value: ".tags[2]"; empty for the value itself. */
  at: string;
  readonly expected: string;
  readonly found: unknown;
}

/** Undefined where the value fits. */
export type Check = (value: unknown) => Mismatch | undefined;

/** Schemas by name, for `#/$defs/Name`. */
export type Definitions = { readonly [name: string]: JsonSchema };

type Keywords = { readonly [keyword: string]: unknown };

/** Schema -> check. Compile once, check often: primitives cost one `typeof`. */
export function compileSchema(schema: JsonSchema, definitions: Definitions = {}): Check {
  return new Compiler(definitions).compile(schema);
}

const fits: Check = () => undefined;

class Compiler {
  readonly #definitions: Definitions;
  readonly #named = new Map<string, Check>();

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
  }

  compile(schema: JsonSchema): Check {
    if (schema === true) return fits;
    if (schema === false) return expecting(schema, () => false);
    if (typeof schema.$ref === "string") return this.#reference(schema.$ref);
    if ("x-tqc" in schema) return this.#extension(schema);
    if ("const" in schema) return expecting(schema, (value) => value === schema.const);
    if (Array.isArray(schema.enum)) return oneOf(schema, new Set(schema.enum));
    if (Array.isArray(schema.anyOf))
      return anyOf(
        schema,
        schema.anyOf.map((each: JsonSchema) => this.compile(each)),
      );
    return this.#typed(schema);
  }

  /** Looked up when it is first needed: a definition may refer to itself. */
  #reference(reference: string): Check {
    const name = reference.slice("#/$defs/".length);
    return (value) => {
      let check = this.#named.get(name);
      if (!check) {
        check = this.compile(this.#definitions[name] ?? true);
        this.#named.set(name, check);
      }
      return check(value);
    };
  }

  #typed(schema: Keywords): Check {
    switch (schema.type) {
      case "string":
        return text(schema);
      case "number":
      case "boolean":
        return expecting(schema, (value) => typeof value === schema.type);
      case "integer":
        return expecting(schema, Number.isInteger);
      case "null":
        return expecting(schema, (value) => value === null);
      case "array":
        return this.#array(schema);
      case "object":
        return this.#object(schema);
    }
    if (!Array.isArray(schema.type)) return fits;
    return anyOf(
      schema,
      schema.type.map((type: string) => this.compile({ ...schema, type })),
    );
  }

  #array(schema: Keywords): Check {
    const first = ((schema.prefixItems ?? []) as readonly JsonSchema[]).map((each) => this.compile(each));
    const rest = this.compile((schema.items ?? true) as JsonSchema);
    const least = Number(schema.minItems ?? 0);
    const mismatch = mismatching(schema);
    return (value) => {
      if (!Array.isArray(value) || value.length < least) return mismatch(value);
      for (let i = 0; i < value.length; i++) {
        const found = (first[i] ?? rest)(value[i]);
        if (found) return within(`[${i}]`, found);
      }
      return undefined;
    };
  }

  #object(schema: Keywords): Check {
    const properties = Object.entries((schema.properties ?? {}) as Definitions);
    const checks = properties.map(([name, each]) => [name, this.compile(each)] as const);
    const required = new Set((schema.required ?? []) as readonly string[]);
    const others = this.#others(schema, new Set(properties.map(([name]) => name)));
    const expected = new Map(properties.map(([name, each]) => [name, describeSchema(each)]));
    const mismatch = mismatching(schema);
    return (value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return mismatch(value);
      const record = value as Readonly<Record<string, unknown>>;
      for (const [name, check] of checks) {
        const own = record[name];
        if (own === undefined) {
          if (required.has(name)) {
            const absent = check(undefined);
            if (absent) return { at: member(name), expected: expected.get(name) ?? "", found: undefined };
          }
          continue;
        }
        const found = check(own);
        if (found) return within(member(name), found);
      }
      return others?.(record);
    };
  }

  /** What holds for properties that the schema does not list; undefined where anything may be there. */
  #others(schema: Keywords, listed: ReadonlySet<string>): ((record: Keywords) => Mismatch | undefined) | undefined {
    const patterns = Object.entries((schema.patternProperties ?? {}) as Definitions).map(
      ([pattern, each]) => [new RegExp(pattern, "u"), this.compile(each)] as const,
    );
    const { additionalProperties = true } = schema;
    if (patterns.length === 0 && additionalProperties === true) return undefined;
    const additional = this.compile(additionalProperties as JsonSchema);
    return (record) => {
      for (const name of Object.keys(record)) {
        if (listed.has(name) || record[name] === undefined) continue;
        const matching = patterns.filter(([pattern]) => pattern.test(name)).map(([, check]) => check);
        for (const check of matching.length > 0 ? matching : [additional]) {
          const found = check(record[name]);
          if (found) return within(member(name), found);
        }
      }
      return undefined;
    };
  }

  #extension(schema: Keywords): Check {
    switch (schema["x-tqc"]) {
      case "undefined":
        return expecting(schema, (value) => value === undefined);
      case "bigint":
        return expecting(
          schema,
          (value) => typeof value === "bigint" && String(schema.literal ?? value) === String(value),
        );
      case "Map":
        return this.#map(schema);
      case "Set":
        return this.#set(schema);
      case "Error":
        return expecting(schema, (value) => value instanceof Error);
      case "codec":
        return expecting(
          schema,
          (value) => typeof value === "object" && value !== null && codecOf(value)?.name === schema.name,
        );
    }
    // Everything else is told by the engine's own tag, which a Buffer shares with Uint8Array.
    const tag = `[object ${String(schema["x-tqc"])}]`;
    return expecting(schema, (value) => Object.prototype.toString.call(value) === tag);
  }

  #map(schema: Keywords): Check {
    const key = this.compile((schema.key ?? true) as JsonSchema);
    const item = this.compile((schema.value ?? true) as JsonSchema);
    const mismatch = mismatching(schema);
    return (value) => {
      if (!(value instanceof Map)) return mismatch(value);
      for (const [k, v] of value) {
        const found = within(" (a key)", key(k)) ?? within(`.get(${JSON.stringify(k) ?? String(k)})`, item(v));
        if (found) return found;
      }
      return undefined;
    };
  }

  #set(schema: Keywords): Check {
    const item = this.compile((schema.items ?? true) as JsonSchema);
    const mismatch = mismatching(schema);
    return (value) => {
      if (!(value instanceof Set)) return mismatch(value);
      for (const each of value) {
        const found = within(" (an item)", item(each));
        if (found) return found;
      }
      return undefined;
    };
  }
}

function mismatching(schema: JsonSchema): (found: unknown) => Mismatch {
  let expected: string | undefined;
  return (found) => {
    expected ??= describeSchema(schema);
    return { at: "", expected, found };
  };
}

function expecting(schema: JsonSchema, test: (value: unknown) => boolean): Check {
  const mismatch = mismatching(schema);
  return (value) => (test(value) ? undefined : mismatch(value));
}

function oneOf(schema: JsonSchema, values: ReadonlySet<unknown>): Check {
  return expecting(schema, (value) => values.has(value));
}

function text(schema: Keywords): Check {
  if (typeof schema.pattern !== "string") return expecting(schema, (value) => typeof value === "string");
  const pattern = new RegExp(schema.pattern, "u");
  return expecting(schema, (value) => typeof value === "string" && pattern.test(value));
}

/** The mismatch that lies deepest is the one in the branch that was meant. */
function anyOf(schema: JsonSchema, branches: readonly Check[]): Check {
  const mismatch = mismatching(schema);
  return (value) => {
    let deepest: Mismatch | undefined;
    for (const branch of branches) {
      const found = branch(value);
      if (!found) return undefined;
      if (found.at.length > (deepest?.at.length ?? 0)) deepest = found;
    }
    return deepest ?? mismatch(value);
  };
}

function within(place: string, mismatch: Mismatch | undefined): Mismatch | undefined {
  if (mismatch) mismatch.at = place + mismatch.at;
  return mismatch;
}

function member(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
