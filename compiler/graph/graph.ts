/** Nodes of a plan -> what is drawn: boxes and arrows, like nodes folded into one box. Every format is made from this. */
import type { Edge, NodeIndex, TaskState } from "../../runtime/messages.js";
import type { ShapeNode } from "../../runtime/plan/shape.js";
import { type Classes, foldAlike, targetsOf } from "./fold.js";
import { shortNames } from "./short-names.js";

/** Boxes in the order of the plan, and the arrows between them. */
export interface Graph {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** One node, or many that are alike. */
export interface Box {
  /** "n" and the place of its first node in the plan. */
  readonly id: string;
  readonly kind: "task" | "join";
  /** What is written on it: "resize x200", "join". */
  readonly label: string;
  /** The task's full name; absent for a join. */
  readonly task?: string;
  /** Where its first node stands in the canvas. */
  readonly path: string;
  /** How many nodes it stands for. */
  readonly count: number;
  /** Whether its outcome is the whole canvas's. */
  readonly result: boolean;
  /** How many of its nodes are in which state; empty for a canvas that does not run. */
  readonly states: StateCounts;
}

/** How many are in which state, in the order in which states are told. */
export type StateCounts = { readonly [state in TaskState]?: number };

/** What the end of one box means to another. */
export type Meaning = "next" | "member" | "success" | "failure" | "becomes";

/** From one box to another. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly meaning: Meaning;
}

/** What is drawn: the nodes, which of them is the result, and the states where it runs. */
export interface Drawable {
  readonly nodes: readonly ShapeNode[];
  readonly result: NodeIndex;
  readonly states?: ReadonlyMap<NodeIndex, TaskState>;
}

/** Plan or run -> graph. Nodes of one class share a box. */
export function toGraph(drawable: Drawable, classes: Classes = foldAlike(drawable.nodes)): Graph {
  const { nodes } = drawable;
  const byClass = new Map<number, ShapeNode[]>();
  for (const node of nodes) {
    const number = classes.get(node.index)!;
    const alike = byClass.get(number);
    if (alike) alike.push(node);
    else byClass.set(number, [node]);
  }
  const names = shortNames(nodes.flatMap((node) => (node.kind === "call" ? [node.task] : [])));
  const boxes = [...byClass.values()].map((alike) => boxOf(alike, names, drawable));
  const idOf = new Map([...byClass.keys()].map((number, i) => [number, boxes[i]!.id]));
  return { boxes, arrows: arrowsOf(nodes, (index) => idOf.get(classes.get(index) ?? -1)) };
}

function boxOf(alike: readonly ShapeNode[], names: ReadonlyMap<string, string>, drawable: Drawable): Box {
  const first = alike[0]!;
  const count = alike.length;
  const times = count === 1 ? "" : ` x${count}`;
  const common = {
    id: `n${first.index}`,
    path: first.path,
    count,
    result: alike.some(({ index }) => index === drawable.result),
    states: countStates(alike, drawable.states),
  };
  if (first.kind === "join") return { ...common, kind: "join", label: `${joinLabel(first.policy)}${times}` };
  return { ...common, kind: "task", label: `${names.get(first.task)}${times}`, task: first.task };
}

function joinLabel(policy: string): string {
  return policy === "fail" ? "join" : `join (${policy})`;
}

/** The states in the order in which they are told: what is worst first. */
export const STATES: readonly TaskState[] = ["FAILURE", "REVOKED", "RETRY", "STARTED", "PENDING", "SUCCESS"];

function countStates(alike: readonly ShapeNode[], states: Drawable["states"]): StateCounts {
  if (!states) return {};
  const counts = STATES.map((state) => [
    state,
    alike.filter(({ index }) => (states.get(index) ?? "PENDING") === state).length,
  ]);
  return Object.fromEntries(counts.filter(([, count]) => count !== 0)) as StateCounts;
}

function arrowsOf(nodes: readonly ShapeNode[], idOf: (index: NodeIndex) => string | undefined): Arrow[] {
  const arrows = new Map<string, Arrow>();
  for (const node of nodes) {
    const from = idOf(node.index)!;
    for (const edge of node.edges) {
      for (const target of targetsOf(edge)) {
        const to = idOf(target);
        const meaning = meaningOf(edge);
        if (to !== undefined && to !== from) arrows.set(`${from} ${to} ${meaning}`, { from, to, meaning });
      }
    }
  }
  return [...arrows.values()];
}

function meaningOf(edge: Edge): Meaning {
  switch (edge.kind) {
    case "next":
    case "gate":
      return "next";
    case "slot":
      return "member";
    case "forward":
      return "becomes";
    case "success":
      return "success";
    case "failure":
      return "failure";
  }
}

/** The state that a box shows: the worst among its nodes; undefined where nothing runs. */
export function stateOf({ states }: Box): TaskState | undefined {
  return STATES.find((state) => states[state] !== undefined);
}

/** "148 SUCCESS, 2 FAILURE" for a folded box of a run, "SUCCESS" for one node, nothing for a canvas. */
export function stateLine({ states, count }: Box): string {
  const told = STATES.filter((state) => states[state] !== undefined);
  if (count === 1 || told.length === 1) return told[0] ?? "";
  return told.map((state) => `${states[state]} ${state}`).join(", ");
}
