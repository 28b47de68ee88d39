/** A plan while it is being written: nodes by number, whose edges and counts still grow. */

import type { CallTree, SendOptions, Tree } from "../canvas/tree.js";
import type { TaskContract } from "../manifest.js";
import type { CallNode, Edge, JoinNode, NodeIndex, Plan } from "../messages.js";
import { SettingsCache } from "./settings.js";

/** What lowering asks of the one who submits. */
export interface LowerContext {
  /** The contract of a task; undefined where the producer has none. */
  contract(task: string): TaskContract | undefined;
  /** A list of arguments as codec text. */
  encode(args: readonly unknown[]): string;
  /** Called for each call with what is bound; `complete` where nothing more will be given. Throws to refuse the canvas. */
  check?(call: CallTree, args: readonly unknown[], complete: boolean): void;
  /** Milliseconds since the epoch, from which `expires` and `eta` are counted. */
  readonly now: number;
  /** The first index. Default 0. */
  readonly base?: NodeIndex;
}

/** A group whose members are submitted as they come: they slot into `join`, which waits for one end more until it is sealed. */
export interface Stream {
  readonly join: NodeIndex;
  readonly members: AsyncIterable<Tree>;
  readonly place: Place;
  readonly name: "group" | "header";
}

/** A plan, with what its submission needs to know of it. */
export interface Lowered extends Plan {
  /** The fan-out that is still to come. */
  readonly stream?: Stream;
  /** Where its callbacks begin: they are numbered last. */
  readonly callbacks: NodeIndex;
  /** Milliseconds its results are kept: the longest that any of its tasks asks for. */
  readonly keep: number;
}

/** Where a tree stands: what it is given, what it inherits, how long its start is delayed, and its path. */
export interface Place {
  /** The arguments it starts with; undefined where a value comes from the node before it. */
  readonly given: readonly unknown[] | undefined;
  readonly inherited: SendOptions;
  /** Milliseconds. */
  readonly delay: number;
  readonly path: string;
}

/** A tree that hangs on a node, until it is lowered in its turn. */
export interface Callback {
  readonly kind: "success" | "failure";
  readonly owner: NodeIndex;
  readonly tree: Tree;
  readonly path: string;
}

/** A node whose edges and counts still grow. */
type Open<Node> = { -readonly [Key in keyof Node]: Node[Key] } & { edges: Edge[] };
type OpenNode = Open<CallNode> | Open<JoinNode>;

/** The nodes so far, and what is still to be done about them. */
export class Draft {
  readonly nodes: OpenNode[] = [];
  readonly context: LowerContext;
  readonly settings = new SettingsCache();
  /** Calls of pure tasks that wait for nothing but the one before them. */
  readonly pure = new Set<NodeIndex>();
  stream: Stream | undefined;
  keep = 0;
  #base: NodeIndex;
  #callbacks: Callback[] = [];

  constructor(context: LowerContext) {
    this.context = context;
    this.#base = context.base ?? 0;
  }

  get next(): NodeIndex {
    return this.#base + this.nodes.length;
  }

  /** Adds a node, whose index is `next`. */
  add(node: OpenNode): NodeIndex {
    this.nodes.push(node);
    return node.index;
  }

  at(index: NodeIndex): OpenNode {
    return this.nodes[index - this.#base]!;
  }

  leave(from: NodeIndex, edge: Edge): void {
    const node = this.at(from);
    // Most nodes have one edge, and the first push into a list makes room for seventeen.
    if (node.edges.length === 0) node.edges = [edge];
    else node.edges.push(edge);
    if (edge.kind === "next") this.#follow(edge.to, from);
    if (edge.kind === "success" || edge.kind === "failure") for (const root of edge.roots) this.#follow(root, from);
  }

  #follow(index: NodeIndex, parent: NodeIndex): void {
    const node = this.at(index);
    if (node.kind === "call") node.parent = parent;
  }

  hang(callback: Callback): void {
    this.#callbacks.push(callback);
  }

  /** The callbacks hung up since the last time. */
  takeCallbacks(): Callback[] {
    const taken = this.#callbacks;
    this.#callbacks = [];
    return taken;
  }
}

const LONGEST_PATH = 400;

/** A path one step down. A very deep one keeps its two ends, so that the cost of paths stays linear in the canvas. */
export function step(path: string, name: string): string {
  const longer = path === "" ? name : `${path}/${name}`;
  return longer.length <= LONGEST_PATH
    ? longer
    : `${longer.slice(0, LONGEST_PATH / 2)}…${longer.slice(2 - LONGEST_PATH / 2)}`;
}

/** A path to one of several. */
export function member(path: string, name: string, position: number): string {
  return step(path, `${name}[${position}]`);
}
