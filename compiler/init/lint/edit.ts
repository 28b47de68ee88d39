/** What becomes of a text that is to mention the generated files. */
import { GENERATED_PATTERNS } from "../first-files.js";

/** A new text; or the old one says so already; or a person has to add something, in a place that only a person finds. */
export type Edit =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "known" }
  | { readonly kind: "advice"; readonly advice: string };

/** The generated files wherever they are, as globs. */
export const GLOBS = GENERATED_PATTERNS.map((name) => `**/${name}`);

/** Whether a text speaks of all generated files. */
export function knowsGenerated(text: string): boolean {
  return GENERATED_PATTERNS.every((name) => text.includes(name));
}
