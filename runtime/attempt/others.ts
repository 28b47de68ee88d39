/** What else had failed before a node: the own failures among everything that leads to it. */
import type { Broker } from "../broker.js";
import type { Edge, NodeIndex } from "../messages.js";
import { readShape, type Shape } from "../plan/shape.js";
import { readOutcome } from "../wire.js";

/** The nodes that failed by themselves on the way to `node`, besides `origin`, in order. */
export async function failuresBefore(search: {
  readonly broker: Broker;
  readonly run: string;
  readonly node: NodeIndex;
  readonly origin: NodeIndex;
}): Promise<NodeIndex[]> {
  const record = await search.broker.inspect(search.run);
  if (record?.shape === undefined) return [];
  const before = leadingTo(search.node, readShape(record.shape));
  return [...before]
    .filter((index) => index !== search.origin && failedByItself(record.outcomes.get(index)))
    .sort((a, b) => a - b);
}

/** A failure is stored where it happened; whatever depended on it points there. */
function failedByItself(text: string | undefined): boolean {
  if (text === undefined) return false;
  const { state, value } = readOutcome(text);
  return state === "FAILURE" && !value.startsWith("&");
}

/** Everything whose end leads to `node`, directly or not. */
function leadingTo(node: NodeIndex, shape: Shape): Set<NodeIndex> {
  const parents = parentsByChild(shape);
  const found = new Set<NodeIndex>();
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const parent of parents.get(next) ?? []) {
      if (found.has(parent)) continue;
      found.add(parent);
      open.push(parent);
    }
  }
  return found;
}

function parentsByChild(shape: Shape): Map<NodeIndex, NodeIndex[]> {
  const parents = new Map<NodeIndex, NodeIndex[]>();
  for (const { index, edges } of shape.values()) {
    for (const edge of edges) {
      const child = childOf(edge);
      if (child === undefined) continue;
      const known = parents.get(child);
      if (known) known.push(index);
      else parents.set(child, [index]);
    }
  }
  return parents;
}

/** Callbacks are not on the way to anything. */
function childOf(edge: Edge): NodeIndex | undefined {
  switch (edge.kind) {
    case "next":
    case "forward":
      return edge.to;
    case "slot":
    case "gate":
      return edge.join;
    case "success":
    case "failure":
      return undefined;
  }
}
