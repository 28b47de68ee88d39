/** Which nodes share a box on a page: many that are alike, and long rows of one task; a handful is shown one by one. */
import type { NodeIndex } from "../../runtime/messages.js";
import type { ShapeNode } from "../../runtime/plan/shape.js";
import { type Classes, foldAlike, targetsOf } from "../graph/fold.js";

/** So many alike are shown one by one, as long as the page has no more boxes than this. */
const HANDFUL = 8;
const ROOMY = 120;
/** With more boxes than this, steps of one task that follow one another share one. */
const CROWDED = 200;

/** The nodes of each class, in the order of the classes' first nodes. */
export function membersOf(classes: Classes): ReadonlyMap<number, readonly NodeIndex[]> {
  const members = new Map<number, NodeIndex[]>();
  for (const [index, number] of classes) {
    const known = members.get(number);
    if (known) known.push(index);
    else members.set(number, [index]);
  }
  return members;
}

/** The class of each node. */
export function foldForPage(nodes: readonly ShapeNode[]): Classes {
  const classes = foldAlike(nodes);
  const members = membersOf(classes);
  if (members.size > CROWDED) return rowsJoined(nodes, classes);
  const handfuls = [...members.values()].filter(({ length }) => length > 1 && length <= HANDFUL);
  const more = handfuls.reduce((sum, { length }) => sum + length - 1, 0);
  if (members.size + more > ROOMY) return classes;
  const apart = new Set(handfuls.flat());
  return new Map([...classes].map(([index, number]) => [index, apart.has(index) ? -1 - index : number]));
}

/** A step that alone follows another of its task joins its class. */
function rowsJoined(nodes: readonly ShapeNode[], classes: Classes): Classes {
  const sources = new Map<NodeIndex, number>();
  for (const { edges } of nodes) {
    for (const to of edges.flatMap(targetsOf)) sources.set(to, (sources.get(to) ?? 0) + 1);
  }
  const joined = new Map(classes);
  const sizes = new Map([...membersOf(classes)].map(([number, { length }]) => [number, length]));
  const byIndex = new Map(nodes.map((node) => [node.index, node]));
  for (const { index, edges, ...node } of nodes) {
    const [to] = edges.flatMap(targetsOf);
    const next = to === undefined || edges.length !== 1 ? undefined : byIndex.get(to);
    if (next?.kind !== "call" || node.kind !== "call" || next.task !== node.task || sources.get(next.index) !== 1)
      continue;
    if (edges[0]?.kind !== "next" || sizes.get(classes.get(next.index)!) !== 1) continue;
    joined.set(next.index, joined.get(index)!);
  }
  return joined;
}
