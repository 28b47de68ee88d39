/** Literal and template types. */

import type { JsonSchema } from "../../runtime/manifest.js";
import { ts } from "../source/ts-morph.js";

const { TypeFlags } = ts;

/** The value of a literal type that JSON can hold. */
export function literalOf(type: ts.Type): string | number | boolean | undefined {
  if (type.isStringLiteral() || type.isNumberLiteral()) return type.value;
  if (type.flags & TypeFlags.BooleanLiteral)
    return (type as ts.Type & { readonly intrinsicName: string }).intrinsicName === "true";
  return undefined;
}

/** The schema of a literal type. */
export function literalSchema(type: ts.Type): JsonSchema | undefined {
  const value = literalOf(type);
  if (value !== undefined)
    return Object.is(value, Number.NaN) || value === Infinity ? { type: "number" } : { const: value };
  if (!(type.flags & TypeFlags.BigIntLiteral)) return undefined;
  const { negative, base10Value } = (type as ts.BigIntLiteralType).value;
  return { "x-tqc": "bigint", literal: `${negative ? "-" : ""}${base10Value}` };
}

/** `v${number}.${string}` -> the pattern of the texts it takes in. */
export function templatePattern({ texts, types }: ts.TemplateLiteralType): string {
  const parts = texts.map((text, i) => escaped(text) + (types[i] ? hole(types[i]) : ""));
  return `^${parts.join("")}$`;
}

function hole(type: ts.Type): string {
  const value = literalOf(type);
  if (value !== undefined) return escaped(String(value));
  if (type.isUnion()) return `(?:${type.types.map(hole).sort().join("|")})`;
  if (type.flags & TypeFlags.TemplateLiteral) return templatePattern(type as ts.TemplateLiteralType).slice(1, -1);
  if (type.flags & TypeFlags.Number) return "-?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?";
  if (type.flags & TypeFlags.BigInt) return "-?\\d+";
  return "[\\s\\S]*";
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => (sign === "/" || sign === "-" ? sign : `\\${sign}`));
}
