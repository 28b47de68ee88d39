/** Who precedes whom in a run: what `parent`, `children` and `results` of a handle lead to. */
import type { Edge, NodeIndex } from "../messages.js";
import type { Shape, ShapeNode } from "../plan/shape.js";

/** A run's nodes by their relations, worked out once. */
export class Family {
  readonly #shape: Shape;
  readonly #before = new Map<NodeIndex, NodeIndex>();
  readonly #owner = new Map<NodeIndex, NodeIndex>();
  readonly #members = new Map<NodeIndex, NodeIndex[]>();

  constructor(shape: Shape) {
    this.#shape = shape;
    for (const node of shape.values()) this.#note(node);
  }

  /** The nodes whose outcomes are a join's value, in order; undefined for a call. */
  members(index: NodeIndex): readonly NodeIndex[] | undefined {
    return this.#shape.get(index)?.kind === "join" ? (this.#members.get(index) ?? []) : undefined;
  }

  /** The step before: for a body its header's join, for a group what precedes its members, for a callback its owner. */
  parent(index: NodeIndex): NodeIndex | undefined {
    const node = this.#shape.get(index);
    const first = node?.kind === "join" ? this.#members.get(index)?.[0] : undefined;
    if (node === undefined || first === undefined) return this.#direct(index);
    let at: NodeIndex | undefined = first;
    while (at !== undefined && this.#isBelow(at, node)) at = this.parent(at);
    return at;
  }

  /** What this node's end starts: the next steps, its callbacks, or the join it is counted by. */
  children(index: NodeIndex): NodeIndex[] {
    const edges = this.#shape.get(index)?.edges ?? [];
    return edges.flatMap(startedBy);
  }

  #note({ index, edges }: ShapeNode): void {
    for (const edge of edges) {
      switch (edge.kind) {
        case "next":
          this.#before.set(edge.to, index);
          break;
        case "gate":
          this.#before.set(edge.join, index);
          break;
        case "slot":
          this.#join(edge.join).push(index);
          break;
        case "success":
        case "failure":
          for (const root of edge.roots) this.#owner.set(root, index);
          break;
        case "forward":
          break;
      }
    }
  }

  #join(index: NodeIndex): NodeIndex[] {
    const members = this.#members.get(index) ?? [];
    this.#members.set(index, members);
    return members;
  }

  #direct(index: NodeIndex): NodeIndex | undefined {
    return this.#before.get(index) ?? this.#owner.get(index);
  }

  /** Paths are structural: whatever stands below a join has its path, and one of these words, in front of its own. */
  #isBelow(index: NodeIndex, { path }: ShapeNode): boolean {
    const front = path === "" ? "" : `${path}/`;
    const own = this.#shape.get(index)?.path ?? "";
    return own.startsWith(`${front}group[`) || own.startsWith(`${front}header[`);
  }
}

function startedBy(edge: Edge): readonly NodeIndex[] {
  switch (edge.kind) {
    case "next":
      return [edge.to];
    case "slot":
    case "gate":
      return [edge.join];
    case "success":
    case "failure":
      return edge.roots;
    case "forward":
      return [];
  }
}
