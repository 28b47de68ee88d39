/** Unions: literals together in one `enum`, the rest in one `anyOf`, in an order of their own. */

import type { JsonSchema } from "../../runtime/manifest.js";
import { byText } from "../diagnostic.js";
import type { ts } from "../source/ts-morph.js";
import type { Shape } from "./made.js";
import { gather } from "./remark.js";
import type { Shaping } from "./shaping.js";
import { literalOf } from "./text.js";

type Literal = string | number | boolean;

/** The shape of a union of these members. */
export function unionShape(members: readonly ts.Type[], shaping: Shaping): Shape {
  const literals = members.map(literalOf).filter((value) => value !== undefined);
  const others = members.filter((member) => literalOf(member) === undefined).map((member) => shaping.shape(member));
  const schemas = [...literalSchemas(literals), ...others.map(({ schema }) => schema)];
  return { schema: anyOf(schemas, shaping), remarks: gather(others.map(({ remarks }) => remarks)) };
}

/** Schemas -> the schema of what fits one of them, the same whatever order they come in. */
export function anyOf(alternatives: readonly JsonSchema[], shaping: Shaping): JsonSchema {
  const schemas = alternatives.flatMap(membersOf);
  if (schemas.includes(true)) return true;
  const different = new Map(
    schemas.filter((schema) => schema !== false).map((schema) => [JSON.stringify(schema), schema]),
  );
  const keyed = [...different.values()].map((schema) => ({ key: keyOf(schema, shaping), schema }));
  const sorted = keyed.sort((a, b) => byText(a.key, b.key)).map(({ schema }) => schema);
  if (sorted.length === 0) return false;
  return sorted.length === 1 ? sorted[0]! : { anyOf: sorted };
}

/** The text an alternative is sorted by: what an entry is called and holds, since its number says only when it was met. */
function keyOf(schema: JsonSchema, shaping: Shaping, deep = true): string {
  return JSON.stringify(schema, (key, value: unknown) => {
    if (key !== "$ref") return value;
    const entry = shaping.entries.get(String(value));
    return entry && deep ? `${entry.name ?? ""} ${keyOf(entry.schema, shaping, false)}` : (entry?.name ?? "");
  });
}

function membersOf(schema: JsonSchema): readonly JsonSchema[] {
  return typeof schema === "object" && Array.isArray(schema.anyOf) ? (schema.anyOf as JsonSchema[]) : [schema];
}

function literalSchemas(literals: readonly Literal[]): JsonSchema[] {
  const both = literals.includes(true) && literals.includes(false);
  const values = [...new Set(literals)].filter((value) => !(both && typeof value === "boolean")).sort(inOrder);
  const rest: JsonSchema[] = values.length === 0 ? [] : [values.length === 1 ? { const: values[0] } : { enum: values }];
  return both ? [{ type: "boolean" }, ...rest] : rest;
}

function inOrder(a: Literal, b: Literal): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [`${typeof a} ${a}`, `${typeof b} ${b}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
