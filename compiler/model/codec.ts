/** Whether a contract's types alone say that plain JSON gives back what it was given. */
import type { JsonSchema } from "../../runtime/manifest.js";
import type { Relied } from "./fingerprint.js";

/** Whether plain JSON is exact for every value that fits a contract. */
export function isExactAsJson({ parameters, result, definitions = {} }: Relied): boolean {
  if (parameters.some(({ optional }) => optional)) return false;
  return [...parameters.map(({ schema }) => schema), result, ...Object.values(definitions)].every(isExact);
}

/** References count as exact: what they lead to is looked at by itself. */
function isExact(schema: JsonSchema): boolean {
  if (typeof schema === "boolean") return !schema;
  if ("x-tqc" in schema || schema.type === "number" || Array.isArray(schema.type)) return false;
  if ("const" in schema) return !Object.is(schema.const, -0);
  if (schema.type === "object" && !isWhole(schema)) return false;
  return partsOf(schema).every(isExact);
}

/** JSON leaves out a property that is undefined. */
function isWhole({ properties, required }: { readonly [keyword: string]: unknown }): boolean {
  const names = Object.keys((properties ?? {}) as object);
  return names.length === ((required ?? []) as readonly string[]).length;
}

function partsOf(schema: { readonly [keyword: string]: unknown }): JsonSchema[] {
  const one = ["items", "additionalProperties"]
    .map((key) => schema[key])
    .filter((part) => part !== undefined && part !== false);
  const lists = ["anyOf", "prefixItems"].flatMap((key) => (schema[key] ?? []) as JsonSchema[]);
  const maps = ["properties", "patternProperties"].flatMap((key) => Object.values((schema[key] ?? {}) as object));
  return [...one, ...lists, ...maps] as JsonSchema[];
}
