/**
 * Where a plan may be run ahead: pure calls that follow one another, one by one. The edge that leads to the first of them
 * says which is the last, so that the worker which is given the first can be shown those behind it.
 */
import type { Edge } from "../messages.js";
import type { Draft } from "./draft.js";

/** Notes on each edge to a pure call how far those reach that follow it. */
export function markPure(draft: Draft): void {
  if (draft.pure.size === 0) return;
  // Backwards: what follows a call is marked before what leads to it.
  for (const { edges } of draft.nodes.toReversed()) {
    const edge = onlyNext(edges);
    if (!edge || !draft.pure.has(edge.to)) continue;
    const following = onlyNext(draft.at(edge.to).edges);
    if (following?.to !== edge.to + 1 || !draft.pure.has(following.to)) continue;
    edges[0] = { ...edge, ahead: following.ahead ?? following.to };
  }
}

function onlyNext(edges: readonly Edge[]): Extract<Edge, { kind: "next" }> | undefined {
  const [edge] = edges;
  return edges.length === 1 && edge?.kind === "next" ? edge : undefined;
}
