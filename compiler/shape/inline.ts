/** Types that can be written down wherever they are used, because they are made of the language's own words. */

import type { Shaper } from "../shape.js";
import { ts } from "../source/ts-morph.js";

const { TypeFlags } = ts;

const WORDS: readonly (readonly [ts.TypeFlags, string])[] = [
  [TypeFlags.String, "string"],
  [TypeFlags.Number, "number"],
  [TypeFlags.BigInt, "bigint"],
  [TypeFlags.Void, "void"],
  [TypeFlags.Undefined, "undefined"],
  [TypeFlags.Null, "null"],
  [TypeFlags.Unknown, "unknown"],
  [TypeFlags.Never, "never"],
];

/** The text of such a type; undefined for one that needs a name of the user's module, as every recursive one does. */
export function inlineText(type: ts.Type, shaper: Shaper, above: readonly ts.Type[] = []): string | undefined {
  if (above.includes(type)) return undefined;
  if (type.aliasSymbol && !type.isUnion()) return undefined;
  if (type.flags & TypeFlags.EnumLike) return undefined;
  const word = WORDS.find(([flag]) => type.flags & flag);
  if (word) return word[1];
  if (type.isStringLiteral()) return JSON.stringify(type.value);
  if (type.isNumberLiteral()) return Number.isFinite(type.value) ? String(type.value) : undefined;
  if (type.flags & TypeFlags.BooleanLiteral) return shaper.text(type);
  const below = [...above, type];
  if (type.isUnion()) return unionText(type.types, shaper, below);
  return isDate(type, shaper) ? "Date" : listText(type, shaper, below);
}

/** The members' texts in an order of their own, what may be missing last. */
export function unionText(
  members: readonly ts.Type[],
  shaper: Shaper,
  above: readonly ts.Type[] = [],
): string | undefined {
  const texts = members.map((member) => inlineText(member, shaper, above));
  if (texts.includes(undefined)) return undefined;
  const all = new Set(texts as string[]);
  if (all.has("true") && all.has("false")) {
    all.delete("true");
    all.delete("false");
    all.add("boolean");
  }
  const missing = ["null", "undefined"].filter((text) => all.delete(text));
  return [...[...all].sort(), ...missing].join(" | ");
}

function listText(type: ts.Type, shaper: Shaper, above: readonly ts.Type[]): string | undefined {
  if (!shaper.checker.isArrayType(type)) return undefined;
  const item = inlineText(shaper.checker.getTypeArguments(type as ts.TypeReference)[0]!, shaper, above);
  if (item === undefined) return undefined;
  const readonly = type.getSymbol()?.name === "ReadonlyArray" ? "readonly " : "";
  return `${readonly}${/[ |]/.test(item) ? `(${item})` : item}[]`;
}

function isDate(type: ts.Type, shaper: Shaper): boolean {
  const symbol = type.getSymbol();
  return symbol?.name === "Date" && shaper.isForeign(symbol);
}
