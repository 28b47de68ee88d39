/** Trees -> chain. */
import type { Tree } from "../tree.js";
import { bare, isBare } from "./bare.js";

/** Steps in a row: a chain in a chain dissolves, unless something is set on it; a chain of one is that one. */
export function chainTree(steps: readonly Tree[]): Tree {
  const flat = steps.flatMap((step) => (step.kind === "chain" && isBare(step) ? step.steps : [step]));
  const [only] = flat;
  return flat.length === 1 && only ? only : { kind: "chain", steps: flat, ...bare };
}
