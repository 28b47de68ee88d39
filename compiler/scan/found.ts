/** What a scan finds: tasks as plain values, with places for whatever may be wrong with them. */
import type { JsonSchema } from "../../runtime/manifest.js";
import type { Place, Problem } from "../diagnostic.js";
import type { Remark } from "../shape/remark.js";
import type { Entry } from "../shape/shaping.js";

/** One option as it was written. */
export interface OptionEntry {
  readonly key: string;
  /** Plain data. */
  readonly value: unknown;
  readonly keyPlace: Place;
  readonly valuePlace: Place;
  /** It came with a spread, which a later entry may override. */
  readonly spread?: true;
}

/** A type in a task's contract. */
export interface FoundType {
  /** Refers to entries as `{ "$ref": "#7" }`. */
  readonly schema: JsonSchema;
  readonly remarks: readonly Remark[];
  /** The type as its author wrote it. */
  readonly text: string;
  /** The type as the generated module may write it; absent where that takes a name of the user's module. */
  readonly inline?: string;
  readonly place: Place;
}

/** A parameter. */
export interface FoundParameter extends FoundType {
  readonly name: string;
  readonly optional: boolean;
  readonly rest: boolean;
  /** It is an element of a rest parameter of tuple type. */
  readonly spread?: true;
}

/** What a call gives, once it is awaited. */
export interface FoundResult extends FoundType {
  /** The function itself gives a promise of it. */
  readonly promised?: boolean;
}

/** A task. */
export interface Found {
  /** The source file, relative to the source root. */
  readonly module: string;
  /** The path of the export: "add", "Reports.render", "default". */
  readonly export: string;
  /** What the function is called where it is declared; a default export may have no name. */
  readonly label: string | undefined;
  /** The name, or what stands in its stead. */
  readonly place: Place;
  readonly options: readonly OptionEntry[];
  readonly parameters: readonly FoundParameter[];
  readonly result: FoundResult;
  readonly documentation: string;
}

/** All that a scan has found. */
export interface Scanned {
  readonly tasks: readonly Found[];
  /** The types that schemas refer to. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly problems: readonly Problem[];
}
