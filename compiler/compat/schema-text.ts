/** A schema in the words of TypeScript, short enough for a sentence. */
import type { JsonSchema } from "../../runtime/manifest.js";

const LONGEST = 60;

/** The text of a schema. */
export function schemaText(schema: JsonSchema): string {
  const text = textOf(schema);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}

function textOf(schema: JsonSchema): string {
  if (typeof schema === "boolean") return schema ? "unknown" : "never";
  const { type, anyOf, enum: values, $ref } = schema;
  if (typeof $ref === "string") return $ref.replace("#/$defs/", "");
  if ("x-tqc" in schema) return extensionText(schema);
  if ("const" in schema) return JSON.stringify(schema.const);
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (Array.isArray(anyOf)) return (anyOf as JsonSchema[]).map(textOf).join(" | ");
  if (type === "array") return listText(schema);
  if (type === "object") return objectText(schema);
  if (Array.isArray(type)) return "object";
  return typeof schema.pattern === "string" ? `text that matches ${schema.pattern}` : String(type);
}

function extensionText(schema: { readonly [keyword: string]: unknown }): string {
  const part = (key: string): string => textOf((schema[key] ?? true) as JsonSchema);
  switch (schema["x-tqc"]) {
    case "Map":
      return `Map<${part("key")}, ${part("value")}>`;
    case "Set":
      return `Set<${part("items")}>`;
    case "codec":
      return String(schema.name);
    default:
      return "literal" in schema ? `${String(schema.literal)}n` : String(schema["x-tqc"]);
  }
}

function listText({ prefixItems, items }: { readonly [keyword: string]: unknown }): string {
  const rest = (items ?? true) as JsonSchema;
  const item = textOf(rest);
  const many = /[ |]/.test(item) ? `(${item})[]` : `${item}[]`;
  if (!Array.isArray(prefixItems) && rest !== false) return many;
  const fixed = ((prefixItems ?? []) as JsonSchema[]).map(textOf);
  return `[${[...fixed, ...(rest === false ? [] : [`...${many}`])].join(", ")}]`;
}

function objectText({ properties, required, additionalProperties }: { readonly [keyword: string]: unknown }): string {
  const names = new Set(required as readonly string[] | undefined);
  const fields = Object.entries((properties ?? {}) as { [name: string]: JsonSchema });
  const texts = fields.map(([name, schema]) => `${name}${names.has(name) ? "" : "?"}: ${textOf(schema)}`);
  if (additionalProperties !== undefined) texts.push(`[key: string]: ${textOf(additionalProperties as JsonSchema)}`);
  return texts.length === 0 ? "{}" : `{ ${texts.join("; ")} }`;
}
