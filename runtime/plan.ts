/**
 * Tree -> plan. A canvas is lowered once, at the producer, to flat nodes and edges with one joining construct. Pure: no
 * I/O, no clock, one small function per form, and no case that depends on where a form stands.
 */
import { toMilliseconds } from "./duration.js";
import type { TaskContract } from "./manifest.js";
import type { CallNode, CallOptions, Edge, JoinNode, JoinPolicy, NodeIndex, Plan, Stamps } from "./messages.js";
import type { CallTree, ChainTree, ChordTree, GroupTree, SendOptions, Tree } from "./tree.js";
import { toRanges } from "./wire.js";

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

/** Tree -> plan. `given` are the arguments the canvas is still open for. */
export function lower(tree: Tree, given: readonly unknown[], context: LowerContext): Lowered {
  return lowerAt(tree, { given, inherited: {}, delay: 0, path: "" }, undefined, context);
}

/** A replacement -> plan whose end settles the node it replaces. */
export function lowerReplacement(tree: Tree, replaced: NodeIndex, context: LowerContext): Lowered {
  return lowerAt(tree, { given: [], inherited: {}, delay: 0, path: "" }, { kind: "forward", to: replaced }, context);
}

/** One member of a stream -> plan whose end is counted by the stream's join. */
export function lowerMember(tree: Tree, stream: Stream, position: number, context: LowerContext): Lowered {
  const place = { ...stream.place, path: member(stream.place.path, stream.name, position) };
  return lowerAt(tree, place, { kind: "slot", join: stream.join }, context);
}

function lowerAt(tree: Tree, place: Place, last: Edge | undefined, context: LowerContext): Lowered {
  const draft = new Draft(context);
  const { entries, exit } = lowerTree(tree, place, draft);
  if (last) draft.leave(exit, last);
  const callbacks = draft.next;
  lowerCallbacks(draft);
  const plan = { nodes: draft.nodes, roots: entries, result: exit, callbacks, keep: draft.keep };
  return draft.stream ? { ...plan, stream: draft.stream } : plan;
}

/** A lowered tree, seen from outside: where it starts, and the node whose outcome is its own. */
interface Fragment {
  readonly entries: readonly NodeIndex[];
  readonly exit: NodeIndex;
}

interface Callback {
  readonly kind: "success" | "failure";
  readonly owner: NodeIndex;
  readonly tree: Tree;
  readonly path: string;
}

type Open<Node> = { -readonly [Key in keyof Node]: Node[Key] } & { edges: Edge[] };

/** The plan while it is being written: nodes by number, whose edges and counts still grow. */
class Draft {
  readonly nodes: (Open<CallNode> | Open<JoinNode>)[] = [];
  readonly context: LowerContext;
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

  add(node: Omit<CallNode, "index" | "edges"> | Omit<JoinNode, "index" | "edges">): NodeIndex {
    const index = this.next;
    this.nodes.push({ ...node, index, edges: [] });
    return index;
  }

  at(index: NodeIndex): Open<CallNode> | Open<JoinNode> {
    return this.nodes[index - this.#base]!;
  }

  leave(from: NodeIndex, edge: Edge): void {
    this.at(from).edges.push(edge);
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

function lowerTree(tree: Tree, place: Place, draft: Draft): Fragment {
  const fragment = lowerForm(tree, tree.kind === "call" ? place : within(tree, place, draft), draft);
  return hang(tree, fragment, place.path, draft);
}

/** What a tree is known by and what hangs on it belong to the node whose outcome is the tree's. */
function hang(tree: Tree, fragment: Fragment, path: string, draft: Draft): Fragment {
  if (tree.options.id !== undefined) draft.at(fragment.exit).id = tree.options.id;
  tree.links.forEach((callback, i) => {
    draft.hang({ kind: "success", owner: fragment.exit, tree: callback, path: member(path, "link", i) });
  });
  tree.errbacks.forEach((callback, i) => {
    draft.hang({ kind: "failure", owner: fragment.exit, tree: callback, path: member(path, "errback", i) });
  });
  return fragment;
}

function lowerForm(tree: Tree, place: Place, draft: Draft): Fragment {
  switch (tree.kind) {
    case "call":
      return lowerCall(tree, place, draft);
    case "chain":
      return lowerChain(tree, place, draft);
    case "group":
      return lowerGroup(tree, place, draft);
    case "chord":
      return lowerChord(tree, place, draft);
  }
}

function lowerChain({ steps }: ChainTree, place: Place, draft: Draft): Fragment {
  const fragments: Fragment[] = [];
  for (const [i, tree] of steps.entries()) {
    const path = member(place.path, "chain", i);
    const before = fragments.at(-1);
    const fragment = lowerTree(
      tree,
      before ? { ...place, given: undefined, delay: 0, path } : { ...place, path },
      draft,
    );
    if (before) connect(before.exit, fragment.entries, draft);
    fragments.push(fragment);
  }
  const [first, last] = [fragments[0], fragments.at(-1)];
  if (!first || !last) throw new TypeError("chain() needs at least one signature");
  return { entries: first.entries, exit: last.exit };
}

function lowerGroup(tree: GroupTree, place: Place, draft: Draft): Fragment {
  return lowerMembers(tree, { policy: "fail", name: "group" }, place, draft);
}

function lowerChord({ header, body, policy }: ChordTree, place: Place, draft: Draft): Fragment {
  const path = step(place.path, "chord");
  const members = lowerMembers(header, { policy, name: "header" }, within(header, { ...place, path }, draft), draft);
  hang(header, members, path, draft);
  const last = lowerTree(body, { ...place, given: undefined, delay: 0, path: step(path, "body") }, draft);
  connect(members.exit, last.entries, draft);
  return { entries: members.entries, exit: last.exit };
}

interface Joining {
  readonly policy: JoinPolicy;
  /** What its members are called in paths. */
  readonly name: "group" | "header";
}

function lowerMembers(tree: GroupTree, { policy, name }: Joining, place: Place, draft: Draft): Fragment {
  const members = isListed(tree.members) ? tree.members : [];
  const from = draft.next;
  const fragments = members.map((each, i) => lowerTree(each, { ...place, path: member(place.path, name, i) }, draft));
  const until = draft.next;
  const exits = fragments.map(({ exit }) => exit);
  const join = draft.add({
    kind: "join",
    path: place.path,
    policy,
    members: toRanges(exits),
    count: exits.length,
    from,
    until,
  });
  for (const exit of exits) draft.leave(exit, { kind: "slot", join });
  if (!isListed(tree.members)) openStream({ join, members: tree.members, place, name }, draft);
  return { entries: exits.length === 0 ? [join] : fragments.flatMap(({ entries }) => entries), exit: join };
}

/** A join that grows waits for one end more, and everything numbered from here on may stand below it. */
function openStream(stream: Stream, draft: Draft): void {
  const join = draft.at(stream.join);
  if (join.kind !== "join" || stream.place.given === undefined || draft.stream) {
    throw new TypeError(
      "only one group that a canvas starts with can be submitted as it comes; gather the others first",
    );
  }
  join.count += 1;
  join.until = Number.MAX_SAFE_INTEGER;
  draft.stream = stream;
}

/** Whether a group's members are all known, as against submitted as they come. */
export function isListed(members: GroupTree["members"]): members is readonly Tree[] {
  return Array.isArray(members);
}

/** What one node's end means to the first nodes of what follows it. */
function connect(exit: NodeIndex, entries: readonly NodeIndex[], draft: Draft): void {
  for (const to of entries) {
    const node = draft.at(to);
    if (node.kind === "call") draft.leave(exit, { kind: "next", to });
    else {
      node.count += 1;
      draft.leave(exit, { kind: "gate", join: to });
    }
  }
}

/** A callback and what hangs on it are numbered as one stretch, so that skipping it is one subtraction. */
function lowerCallbacks(draft: Draft): void {
  for (const { kind, owner, tree, path } of draft.takeCallbacks()) {
    const from = draft.next;
    const { entries } = lowerTree(tree, { given: undefined, inherited: {}, delay: 0, path }, draft);
    lowerCallbacks(draft);
    draft.leave(owner, { kind, roots: entries, from, until: draft.next });
  }
}

function lowerCall(tree: CallTree, place: Place, draft: Draft): Fragment {
  const { context } = draft;
  const contract = context.contract(tree.task);
  const options = merge(place.inherited, tree.options);
  const complete = tree.immutable || place.given !== undefined;
  const args = tree.immutable || !place.given ? tree.args : fill(tree.args, place.given, tree.open);
  context.check?.(tree, args, complete);
  draft.keep = Math.max(draft.keep, toMilliseconds(options.resultExpires ?? contract?.options.resultExpires ?? "1d"));
  const expires = expiry(options.expires ?? contract?.options.expires, context.now);
  const index = draft.add({
    kind: "call",
    path: place.path,
    task: contract?.name ?? tree.task,
    mode: tree.mode,
    immutable: tree.immutable,
    args: context.encode(args),
    queue: options.queue ?? contract?.options.queue ?? "default",
    priority: options.priority ?? contract?.options.priority ?? 0,
    delay: place.delay + wait(tree.options, context.now),
    options: callOptions(options),
    stamps: ownStamps(tree),
    ...(contract && { fingerprint: contract.fingerprint }),
    ...(expires !== undefined && { expires }),
    ...(!complete && tree.open && { open: tree.open }),
  });
  return { entries: [index], exit: index };
}

/** Where given arguments go: into the open positions in order, or in front. */
export function fill(
  bound: readonly unknown[],
  given: readonly unknown[],
  open?: readonly number[],
): readonly unknown[] {
  if (!open) return given.length === 0 ? bound : [...given, ...bound];
  const args = [...bound];
  given.forEach((value, i) => {
    args[open[i] ?? args.length] = value;
  });
  return args;
}

/** What a composite hands down: its options as defaults, and its delay to what it starts with. */
function within(tree: Tree, place: Place, draft: Draft): Place {
  return {
    ...place,
    inherited: merge(place.inherited, tree.options),
    delay: place.delay + wait(tree.options, draft.context.now),
  };
}

/** The inner wins; headers are merged by key. What belongs to one start only is not handed down. */
function merge(outer: SendOptions, inner: SendOptions): SendOptions {
  const { id: _id, countdown: _countdown, eta: _eta, ...options } = inner;
  const headers = { ...outer.headers, ...options.headers };
  return { ...outer, ...options, ...(Object.keys(headers).length > 0 && { headers }) };
}

function wait({ countdown, eta }: SendOptions, now: number): number {
  return (
    (countdown === undefined ? 0 : toMilliseconds(countdown)) +
    (eta === undefined ? 0 : Math.max(0, eta.getTime() - now))
  );
}

function expiry(expires: SendOptions["expires"], now: number): number | undefined {
  if (expires === undefined) return undefined;
  return expires instanceof Date ? expires.getTime() : now + toMilliseconds(expires);
}

function callOptions({ maxRetries, timeLimit, ignoreResult, headers }: SendOptions): CallOptions {
  return {
    ...(maxRetries !== undefined && { maxRetries }),
    ...(timeLimit !== undefined && { timeLimit: toMilliseconds(timeLimit) }),
    ...(ignoreResult !== undefined && { ignoreResult }),
    ...(headers && { headers }),
  };
}

/** The stamps of a tree whose stampers are resolved: at most one plain record. */
function ownStamps({ stampers }: CallTree): Stamps {
  return (stampers[0] as Stamps | undefined) ?? {};
}

const LONGEST_PATH = 400;

/** A path one step down. A very deep one keeps its two ends, so that the cost of paths stays linear in the canvas. */
function step(path: string, name: string): string {
  const longer = path === "" ? name : `${path}/${name}`;
  return longer.length <= LONGEST_PATH
    ? longer
    : `${longer.slice(0, LONGEST_PATH / 2)}…${longer.slice(2 - LONGEST_PATH / 2)}`;
}

function member(path: string, name: string, position: number): string {
  return step(path, `${name}[${position}]`);
}
