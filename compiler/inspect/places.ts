/**
 * Where nodes stand in a run that was partly replaced. A replacement's own paths start anew, so each is put below the
 * node that it replaced: `chain[1]/replacement/chain[0]`.
 */
import type { NodeIndex } from "../../runtime/messages.js";
import type { Shape } from "../../runtime/plan/shape.js";
import { targetsOf } from "../graph/fold.js";

/** The place of every node. */
export function placesOf(shape: Shape): ReadonlyMap<NodeIndex, string> {
  const places = new Map<NodeIndex, string>();
  for (const part of partsOf(shape)) {
    // What is replaced was numbered before, so its place is known by now.
    const replaced = replacedBy(part, shape);
    const above = replaced === undefined ? undefined : (places.get(replaced) ?? "");
    for (const index of part) {
      const path = shape.get(index)!.path;
      places.set(
        index,
        above === undefined ? path : [above, "replacement", path].filter((step) => step !== "").join("/"),
      );
    }
  }
  return places;
}

/** The nodes that hang together, but for the edge by which a replacement settles what it replaces; in the order of their first. */
function partsOf(shape: Shape): NodeIndex[][] {
  const joined = new Map<NodeIndex, NodeIndex[]>([...shape.keys()].map((index) => [index, []]));
  for (const { index, edges } of shape.values()) {
    for (const to of edges.filter(({ kind }) => kind !== "forward").flatMap(targetsOf)) {
      joined.get(index)?.push(to);
      joined.get(to)?.push(index);
    }
  }
  const seen = new Set<NodeIndex>();
  const parts: NodeIndex[][] = [];
  for (const start of shape.keys()) {
    if (seen.has(start)) continue;
    const part = [start];
    seen.add(start);
    for (const index of part) {
      for (const next of joined.get(index) ?? []) {
        if (seen.has(next) || !shape.has(next)) continue;
        seen.add(next);
        part.push(next);
      }
    }
    parts.push(part);
  }
  return parts;
}

function replacedBy(part: readonly NodeIndex[], shape: Shape): NodeIndex | undefined {
  for (const index of part) {
    const forward = shape.get(index)?.edges.find((edge) => edge.kind === "forward");
    if (forward) return forward.to;
  }
  return undefined;
}
