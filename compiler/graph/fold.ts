/**
 * Which nodes of a plan are alike: same task, same place but for the number of the member, and alike in all that comes
 * before and after. Two hundred members of a group are one class; a member that goes on differently is none of it.
 */
import type { Edge, NodeIndex } from "../../runtime/messages.js";
import type { ShapeNode } from "../../runtime/plan/shape.js";

/** The number of a node's class, counted in the order of the nodes. */
export type Classes = ReadonlyMap<NodeIndex, number>;

/** Classes are split by their neighbours until a round splits nothing more. */
export function foldAlike(nodes: readonly ShapeNode[]): Classes {
  const neighbours = neighboursOf(nodes);
  let classes = numbered(nodes, (node) => [node.kind, subjectOf(node), placeOf(node.path)].join("\n"));
  let before = 0;
  while (classes.size > 0 && before !== countOf(classes)) {
    before = countOf(classes);
    const coarse = classes;
    classes = numbered(
      nodes,
      ({ index }) => `${coarse.get(index)} ${tally(neighbours.get(index) ?? [], coarse).join(" ")}`,
    );
  }
  return classes;
}

function subjectOf(node: ShapeNode): string {
  return node.kind === "call" ? node.task : node.policy;
}

/** A path without the numbers of members; those of a chain's steps stay, since each step is another. */
function placeOf(path: string): string {
  return path.replace(/(group|header)\[\d+\]/g, "$1[]");
}

interface Neighbour {
  readonly relation: string;
  readonly index: NodeIndex;
}

function neighboursOf(nodes: readonly ShapeNode[]): Map<NodeIndex, Neighbour[]> {
  const neighbours = new Map<NodeIndex, Neighbour[]>(nodes.map(({ index }) => [index, []]));
  for (const { index, edges } of nodes) {
    for (const edge of edges) {
      for (const to of targetsOf(edge)) {
        neighbours.get(index)?.push({ relation: `${edge.kind}>`, index: to });
        neighbours.get(to)?.push({ relation: `${edge.kind}<`, index });
      }
    }
  }
  return neighbours;
}

/** The nodes that an edge leads to. */
export function targetsOf(edge: Edge): readonly NodeIndex[] {
  switch (edge.kind) {
    case "next":
    case "forward":
      return [edge.to];
    case "slot":
    case "gate":
      return [edge.join];
    case "success":
    case "failure":
      return edge.roots;
  }
}

/** How many neighbours of each class there are, by relation, in one order. */
function tally(neighbours: readonly Neighbour[], classes: Classes): string[] {
  const counts = new Map<string, number>();
  for (const { relation, index } of neighbours) {
    const key = `${relation}${classes.get(index)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${key}*${count}`).sort();
}

function numbered(nodes: readonly ShapeNode[], keyOf: (node: ShapeNode) => string): Classes {
  const numbers = new Map<string, number>();
  const classes = new Map<NodeIndex, number>();
  for (const node of nodes) {
    const key = keyOf(node);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    classes.set(node.index, number);
  }
  return classes;
}

function countOf(classes: Classes): number {
  return new Set(classes.values()).size;
}
