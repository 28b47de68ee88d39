/** Schemas and values as people read them in a message. */
import type { JsonSchema } from "../manifest.js";

/** Schema -> the type it stands for, in short. */
export function describeSchema(schema: JsonSchema): string {
  if (schema === true) return "anything";
  if (schema === false) return "absent";
  if (typeof schema.$ref === "string") return schema.$ref.slice("#/$defs/".length);
  if ("x-tqc" in schema) return describeExtension(schema);
  if ("const" in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((each) => JSON.stringify(each)).join(" | ");
  if (Array.isArray(schema.anyOf)) return unique(schema.anyOf.map(describeSchema)).join(" | ");
  if (Array.isArray(schema.type)) return schema.type.join(" | ");
  return describeTyped(schema);
}

function describeTyped(schema: Exclude<JsonSchema, boolean>): string {
  if (schema.type === "array") return describeArray(schema);
  if (schema.type === "string" && typeof schema.pattern === "string") return `text that matches ${schema.pattern}`;
  return typeof schema.type === "string" ? schema.type : "anything";
}

function describeArray({ prefixItems, items, minItems }: Exclude<JsonSchema, boolean>): string {
  if (Array.isArray(prefixItems)) {
    const parts = prefixItems.map(
      (each: JsonSchema, i) => describeSchema(each) + (i < Number(minItems ?? 0) ? "" : "?"),
    );
    return `[${[...parts, ...(items === false ? [] : ["..."])].join(", ")}]`;
  }
  const item = describeSchema((items ?? true) as JsonSchema);
  const least = Number(minItems ?? 0);
  return `${item.includes(" ") ? `(${item})` : item}[]${least > 0 ? ` of at least ${least}` : ""}`;
}

function describeExtension(schema: Exclude<JsonSchema, boolean>): string {
  const name = String(schema["x-tqc"]);
  if (name === "codec") return String(schema.name);
  return typeof schema.literal === "string" ? `${schema.literal}n` : name;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

const LONGEST = 60;

/** Value -> what it is: `"4" (string)`, `null`, `an array of 3`, `an instance of Foo`. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return `${shortened(JSON.stringify(value))} (string)`;
    case "number":
    case "boolean":
      return `${String(value)} (${typeof value})`;
    case "bigint":
      return `${value}n (bigint)`;
    case "undefined":
      return "undefined";
    case "function":
      return "a function";
    case "symbol":
      return "a symbol";
    case "object":
      return describeObject(value);
  }
}

function describeObject(value: object | null): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  const name = value.constructor?.name ?? "Object";
  if (name !== "Object") return `an instance of ${name}`;
  return shortened(`an object { ${Object.keys(value).join(", ")} }`);
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
