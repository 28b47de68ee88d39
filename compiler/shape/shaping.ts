/** What the shape of a composite type is made with: the shapes of its parts, and what the compiler knows of them. */
import type { JsonSchema } from "../../runtime/manifest.js";
import type { ts } from "../source/ts-morph.js";
import type { Codecs } from "./codecs.js";
import type { Shape } from "./made.js";

/** A type that others refer to as `{ "$ref": "#7" }`; without a name it is there only because it is recursive. */
export interface Entry {
  readonly name: string | undefined;
  readonly schema: JsonSchema;
}

/** Shapes types. */
export interface Shaping {
  readonly checker: ts.TypeChecker;
  /** The names of declared codecs by class. */
  readonly codecs: Codecs;
  /** The types that schemas refer to, by their number. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** The shape of a type. */
  shape(type: ts.Type): Shape;
  /** The shape of what remains of a type when `undefined` is taken out. */
  defined(type: ts.Type): Shape;
  /** A type as text, without paths and never shortened. */
  text(type: ts.Type): string;
  /** Whether a symbol is declared by a library, and nowhere in the user's own source. */
  isForeign(symbol: ts.Symbol): boolean;
}
