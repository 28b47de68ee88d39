/** A manifest's schema -> one that means the same to a validator for JSON, which knows neither Maps nor `undefined`. */
import type { JsonSchema } from "../manifest.js";
import type { Keywords } from "./kinds.js";

type Parts = { readonly [name: string]: JsonSchema };

/** A schema and what it refers to, as one document. */
export function documentOf(schema: Keywords, definitions: Parts): Keywords {
  return { $defs: each(definitions, translated), ...(translated(schema) as Keywords) };
}

/** Whether a schema names a property that every object inherits: only then does it matter whose a property is. */
export function namesInherited(document: Keywords): boolean {
  return [...JSON.stringify(document).matchAll(/"(\w+)"/g)].some(([, word]) => word! in Object.prototype);
}

function translated(schema: JsonSchema): JsonSchema {
  if (typeof schema === "boolean") return schema;
  if (schema["x-tqc"] === "Map") {
    return { "x-tqc": "Map", entries: { items: { prefixItems: [part(schema.key), part(schema.value)] } } };
  }
  if (schema["x-tqc"] === "Set") return { "x-tqc": "Set", entries: { items: part(schema.items) } };
  return Object.fromEntries(Object.entries(withoutProto(schema)).map(([word, value]) => [word, inside(word, value)]));
}

/** What stands under a keyword; where properties are not listed, one that is `undefined` counts as absent. */
function inside(keyword: string, value: unknown): unknown {
  switch (keyword) {
    case "items":
      return part(value);
    case "anyOf":
    case "prefixItems":
      return (value as readonly JsonSchema[]).map(translated);
    case "properties":
      return each(tagsFirst(value as Parts), translated);
    case "additionalProperties":
      return ifPresent(value as JsonSchema);
    case "patternProperties":
      return each(value as Parts, ifPresent);
    default:
      return value;
  }
}

/** Whether a property with this schema tells the branches of a union apart: it can have a few values only. */
export function isTag(schema: JsonSchema): schema is Keywords {
  return typeof schema === "object" && ("const" in schema || "enum" in schema);
}

/** Ajv keeps this order. A branch that was not meant ends at its tag, before it walks down what both branches share. */
function tagsFirst(properties: Parts): Parts {
  const entries = Object.entries(properties);
  const tags = entries.filter(([, schema]) => isTag(schema));
  return Object.fromEntries([...tags, ...entries.filter(([, schema]) => !isTag(schema))]);
}

function ifPresent(schema: JsonSchema): JsonSchema {
  return schema === true ? true : { present: translated(schema) };
}

function part(schema: unknown): JsonSchema {
  return translated((schema ?? true) as JsonSchema);
}

function each(parts: Parts, change: (schema: JsonSchema) => JsonSchema): Parts {
  return Object.fromEntries(Object.entries(parts).map(([name, schema]) => [name, change(schema)]));
}

/** Ajv passes over a listed property of that name, but not over one that matches a pattern. */
function withoutProto(schema: Keywords): Keywords {
  const properties = (schema.properties ?? {}) as Parts;
  if (!Object.hasOwn(properties, "__proto__")) return schema;
  const { ["__proto__"]: proto, ...others } = properties;
  return {
    ...schema,
    properties: others,
    patternProperties: { ...(schema.patternProperties as Parts), "^__proto__$": proto },
  };
}
