/** The kinds of values that `x-tqc` names: what JSON Schema has no word for. */
import { codecOf } from "../codec/class-codec.js";

/** A schema that is no boolean. */
export type Keywords = { readonly [keyword: string]: unknown };

/** A schema with `x-tqc` -> whether a value is of that kind; what a Map or a Set holds is not looked at. */
export function kindOf({ "x-tqc": kind, literal, name }: Keywords): (value: unknown) => boolean {
  switch (kind) {
    case "undefined":
      return (value) => value === undefined;
    case "bigint":
      return (value) => typeof value === "bigint" && (literal === undefined || String(value) === literal);
    case "Map":
      return (value) => value instanceof Map;
    case "Set":
      return (value) => value instanceof Set;
    case "Error":
      return (value) => value instanceof Error;
    case "codec":
      return (value) => typeof value === "object" && value !== null && codecOf(value)?.name === name;
  }
  // Everything else is told by the engine's own tag, which a Buffer shares with Uint8Array.
  const tag = `[object ${String(kind)}]`;
  return (value) => Object.prototype.toString.call(value) === tag;
}
