/** Every code a diagnostic can have, in one table: docs/diagnostics.md and `tqc explain` are written from it. */
import { markCodes } from "./codes/marks.js";
import { nameCodes } from "./codes/names.js";
import { optionCodes } from "./codes/options.js";
import { travelCodes } from "./codes/travel.js";

/** What there is to say about a code. */
export interface Explanation {
  readonly severity: "error" | "warning";
  readonly title: string;
  readonly cause: string;
  /** Source that brings it about. */
  readonly example: string;
  /** The same source, mended. */
  readonly fix: string;
}

/** All codes with their explanations, in order. */
export const codes = { ...markCodes, ...travelCodes, ...optionCodes, ...nameCodes } satisfies Record<
  string,
  Explanation
>;

/** A code: "TQC2001". */
export type Code = keyof typeof codes;

/** Whether a code stands in the way of writing. */
export function severityOf(code: Code): Explanation["severity"] {
  return codes[code].severity;
}

/** The explanation of a code, in any spelling of it. */
export function explanationOf(text: string): readonly [Code, Explanation] | undefined {
  const code = text.toUpperCase().replace(/^(?:TQC)?/, "TQC");
  return Object.hasOwn(codes, code) ? [code as Code, codes[code as Code]] : undefined;
}
