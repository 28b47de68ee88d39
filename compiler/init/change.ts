/** What init says and does: a list of these. */

/** One file, and what becomes of it. */
export type Change =
  | { readonly kind: "create" | "complete"; readonly path: string; readonly text: string; readonly what: string }
  | { readonly kind: "keep"; readonly path: string; readonly what: string }
  | { readonly kind: "advise"; readonly path: string; readonly what: string; readonly advice: string };
