/**
 * What a run looks like, for readers: handles that were re-opened by id, `tqc graph`, `tqc inspect`. Written once at
 * submission, one line of JSON per stretch of like nodes, so that a fan-out of ten thousand is one line; a part of a run
 * that comes later (a replacement, a stream's members) appends its own lines.
 */
import { createHash } from "node:crypto";
import type { CallNode, Edge, JoinPolicy, NodeIndex, NodeRange, PlanNode } from "../messages.js";
import { readEdges, readRanges, writeEdges, writeRanges } from "../wire.js";

/** One node as a reader sees it. */
export type ShapeNode = {
  readonly index: NodeIndex;
  readonly path: string;
  readonly edges: readonly Edge[];
  readonly id?: string | undefined;
} & (
  | { readonly kind: "call"; readonly task: string }
  | { readonly kind: "join"; readonly policy: JoinPolicy; readonly members: readonly NodeRange[] }
);

/** A run's nodes by index. */
export type Shape = ReadonlyMap<NodeIndex, ShapeNode>;

/** A stretch of calls that differ in their number only, or one join. `#` in the path is the number of the first, counted up. */
type Line =
  | readonly ["call", range: string, task: string, edges: string, path: string, first: number, id?: string]
  | readonly ["join", range: string, policy: JoinPolicy, edges: string, path: string, members: string, id?: string];

/** Stands for all arguments of a run. */
type WorkLine = readonly ["work", digest: string];

/** Nodes -> text. */
export function writeShape(nodes: readonly PlanNode[]): string {
  const lines: string[] = [];
  let stretch: Stretch | undefined;
  for (const node of nodes) {
    if (stretch && node.kind === "call" && continues(stretch, node)) {
      stretch.last = node;
      continue;
    }
    if (stretch) lines.push(writeStretch(stretch));
    stretch = node.kind === "call" && node.id === undefined ? stretchFrom(node) : undefined;
    if (!stretch) lines.push(JSON.stringify(lineOf(node)));
  }
  if (stretch) lines.push(writeStretch(stretch));
  return lines.join("\n");
}

/** Calls in a row whose paths count up at their end, and which differ in nothing else. */
interface Stretch {
  readonly first: CallNode;
  last: CallNode;
  /** The path up to the number; all of it where there is none. */
  readonly path: string;
  readonly number: number | undefined;
}

const LAST_NUMBER = /\[(\d+)\]$/;

function stretchFrom(first: CallNode): Stretch {
  const found = LAST_NUMBER.exec(first.path);
  if (!found) return { first, last: first, path: first.path, number: undefined };
  return { first, last: first, path: first.path.slice(0, found.index), number: Number(found[1]) };
}

function continues({ first, last, path, number }: Stretch, next: CallNode): boolean {
  return (
    next.index === last.index + 1 &&
    number !== undefined &&
    next.id === undefined &&
    next.task === last.task &&
    next.path === `${path}[${number + next.index - first.index}]` &&
    leadAlike(next.edges, last.edges)
  );
}

/** Whether two nodes have the same edges; members of one group share theirs. */
function leadAlike(one: readonly Edge[], other: readonly Edge[]): boolean {
  if (one.length !== other.length) return false;
  return one.every((edge, i) => edge === other[i]) || writeEdges(one) === writeEdges(other);
}

function writeStretch({ first, last, path, number }: Stretch): string {
  const range = writeRanges([[first.index, last.index]]);
  const counted = number === undefined ? path : `${path}[#]`;
  return JSON.stringify(["call", range, first.task, writeEdges(first.edges), counted, number ?? 0] satisfies Line);
}

function lineOf(node: PlanNode): Line {
  const range = String(node.index);
  const edges = writeEdges(node.edges);
  const line: Line =
    node.kind === "call"
      ? ["call", range, node.task, edges, node.path, 0]
      : ["join", range, node.policy, edges, node.path, writeRanges(node.members)];
  return node.id === undefined ? line : ([...line, node.id] as unknown as Line);
}

/** A line for the arguments of a run: of two runs that look alike, it tells whether they do the same. It adds no node. */
export function writeWork(nodes: readonly PlanNode[]): string {
  const hash = createHash("sha256");
  for (const node of nodes) if (node.kind === "call") hash.update(`${node.args}\n`);
  return JSON.stringify(["work", hash.digest("base64url").slice(0, 16)] satisfies WorkLine);
}

/** Whether a run that has this shape by now was submitted with that one: replacements and members of streams add to it. */
export function beganAs(shape: string, submitted: string): boolean {
  return shape === submitted || shape.startsWith(`${submitted}\n`);
}

/** Text -> nodes by index. */
export function readShape(text: string): Shape {
  const nodes = new Map<NodeIndex, ShapeNode>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const read = JSON.parse(line) as Line | WorkLine;
    if (read[0] !== "work") for (const node of nodesOf(read)) nodes.set(node.index, node);
  }
  return nodes;
}

function* nodesOf(line: Line): Generator<ShapeNode> {
  const [kind, range, subject, edgesText, path, detail, id] = line;
  const edges = readEdges(edgesText);
  const own = id === undefined ? {} : { id };
  for (const [first, last] of readRanges(range)) {
    for (let index = first; index <= last; index++) {
      if (kind === "join") yield { kind, index, policy: subject, edges, path, members: readRanges(detail), ...own };
      else yield { kind, index, task: subject, edges, path: path.replace("#", String(detail + index - first)), ...own };
    }
  }
}

/** The nodes whose end leads to this one: one for a step of a chain, the members for a join. */
export function parentsOf(shape: Shape, index: NodeIndex): NodeIndex[] {
  const parents: NodeIndex[] = [];
  for (const node of shape.values()) {
    if (node.edges.some((edge) => leadsTo(edge, index))) parents.push(node.index);
  }
  return parents;
}

function leadsTo(edge: Edge, index: NodeIndex): boolean {
  switch (edge.kind) {
    case "next":
    case "forward":
      return edge.to === index;
    case "slot":
    case "gate":
      return edge.join === index;
    case "success":
    case "failure":
      return edge.roots.includes(index);
  }
}
