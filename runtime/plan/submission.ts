/** Plan -> submission: the texts and lists in which a plan goes to a broker. */
import type { ReadyNode, Submission } from "../broker.js";
import type { CallHeader, CallNode, CallOptions, NodeIndex, PlanNode, StampValue } from "../messages.js";
import type { KeyRing } from "../signing.js";
import { writeEdges, writeIndices, writeJoin, writeMessage } from "../wire.js";
import type { Lowered } from "./plan.js";
import { writeShape } from "./shape.js";

/** What a plan does not say of its run. */
export interface RunFacts {
  readonly run: string;
  /** The client that is told when the run has ended. */
  readonly reply: string;
  /** Milliseconds since the epoch. */
  readonly submitted: number;
  /** The id was chosen by the user. */
  readonly chosen?: boolean;
  /** Signs its messages. Default: nobody does. */
  readonly ring?: KeyRing | undefined;
  /** Headers that lead the attempts of its nodes back to the span it was sent in. Default: nobody traces. */
  readonly trace?: Readonly<Record<string, string>> | undefined;
}

/** A run that is one plain call travels without a plan. */
function isLone(plan: Lowered, facts: RunFacts): boolean {
  const [node, second] = plan.nodes;
  return (
    second === undefined &&
    node?.kind === "call" &&
    !facts.chosen &&
    !plan.stream &&
    node.edges.length === 0 &&
    node.id === undefined &&
    node.expires === undefined &&
    Object.keys(node.stamps).length === 0
  );
}

/** A whole plan, or the first part of one that streams. */
export function toSubmission(plan: Lowered, facts: RunFacts): Submission {
  if (isLone(plan, facts)) return loneSubmission(plan, facts);
  return {
    ...withPlan(knownByRun(plan, facts.run), facts),
    ...(facts.chosen && { chosen: true }),
    ...(plan.stream && { part: "first" }),
  };
}

/** The node whose outcome is the run's has the run's id, in `currentTask()` and in failures too. */
function knownByRun(plan: Lowered, run: string): Lowered {
  return { ...plan, nodes: plan.nodes.map((node) => (node.index === plan.result ? { ...node, id: run } : node)) };
}

/** Further nodes of a run: a replacement. */
export function toReplacement(plan: Lowered, facts: RunFacts): Submission {
  return withPlan(plan, facts);
}

/** Further members of a stream; the last part seals it. */
export function toPart(
  plans: readonly Lowered[],
  join: NodeIndex,
  facts: RunFacts & { readonly last: boolean },
): Submission {
  const merged: Lowered = {
    nodes: plans.flatMap(({ nodes }) => nodes),
    roots: plans.flatMap(({ roots }) => roots),
    result: 0,
    callbacks: 0,
    keep: Math.max(0, ...plans.map(({ keep }) => keep)),
  };
  const exits = plans.map(({ result }) => result);
  const callbacks = plans.flatMap((plan) => callbacksOf(plan));
  return {
    ...withPlan(merged, facts),
    callbacks: writeIndices(callbacks),
    part: facts.last ? "last" : "more",
    grows: [[join, writeIndices(exits), exits.length]],
  };
}

function loneSubmission(plan: Lowered, facts: RunFacts): Submission {
  const { run, reply } = facts;
  const node = plan.nodes[0] as CallNode;
  const { keep } = plan;
  const header: CallHeader = { ...headerOf(node, facts), reply, keep, lone: true };
  return {
    run,
    ready: [readyOf(node, header, facts)],
    waiting: [],
    settled: [],
    base: 0,
    size: 1,
    result: 0,
    reply,
    keep,
  };
}

function withPlan(plan: Lowered, facts: RunFacts): Submission {
  const { run, reply } = facts;
  const { nodes, keep, result } = plan;
  const roots = new Set(plan.roots);
  const calls = nodes.filter((node): node is CallNode => node.kind === "call");
  const callbacks = callbacksOf(plan);
  const aliases = nodes.flatMap((node) =>
    node.id === undefined || node.id === run ? [] : [[node.id, node.index] as const],
  );
  const stamped = stampIndex(calls);
  const expiring = calls.flatMap(({ index, expires }) => (expires === undefined ? [] : [[index, expires] as const]));
  return {
    run,
    ready: calls.filter(({ index }) => roots.has(index)).map((node) => readyOf(node, headerOf(node, facts), facts)),
    waiting: nodes.flatMap((node) => waitingOf(node, roots, facts)),
    settled: nodes.flatMap((node) => (node.kind === "join" && node.count === 0 ? [node.index] : [])),
    base: nodes[0]?.index ?? 0,
    size: nodes.length,
    result,
    reply,
    keep,
    shape: writeShape(nodes),
    ...(callbacks.length > 0 && { callbacks: writeIndices(callbacks) }),
    ...(aliases.length > 0 && { aliases }),
    ...(stamped.length > 0 && { stamped }),
    ...(expiring.length > 0 && { expiring }),
  };
}

function callbacksOf({ nodes, callbacks }: Lowered): NodeIndex[] {
  return nodes.flatMap(({ index }) => (index >= callbacks ? [index] : []));
}

function waitingOf(node: PlanNode, roots: ReadonlySet<NodeIndex>, facts: RunFacts): (readonly [NodeIndex, string])[] {
  if (node.kind === "join") return [[node.index, writeJoin(node)]];
  return roots.has(node.index) ? [] : [[node.index, textOf(node, headerOf(node, facts), facts)]];
}

function readyOf(node: CallNode, header: CallHeader, facts: RunFacts): ReadyNode {
  const { queue, priority, delay } = node;
  return { text: textOf(node, header, facts), queue, priority, delay };
}

function textOf(node: CallNode, header: CallHeader, { run, ring }: RunFacts): string {
  const { index, queue, priority, delay, args } = node;
  const message = { run, index, queue, priority, delay, edges: writeEdges(node.edges), header, args };
  return writeMessage(ring ? ring.sign(message) : message);
}

/** Field by field, in the order of the wire: of a fan-out's thousands of headers, none is built from a dozen small copies. */
function headerOf(node: CallNode, { submitted, trace }: RunFacts): CallHeader {
  const options = trace === undefined ? node.options : withTrace(node.options, trace);
  const header: { -readonly [Key in keyof CallHeader]?: CallHeader[Key] } = { task: node.task };
  if (node.fingerprint !== undefined) header.fingerprint = node.fingerprint;
  if (node.mode !== "call") header.mode = node.mode;
  if (node.immutable) header.immutable = true;
  if (node.open) header.open = node.open;
  if (node.path !== "") header.path = node.path;
  if (node.parent !== undefined) header.parent = node.parent;
  if (node.id !== undefined) header.id = node.id;
  header.submitted = submitted;
  if (node.expires !== undefined) header.expires = node.expires;
  if (Object.keys(options).length > 0) header.options = options;
  if (Object.keys(node.stamps).length > 0) header.stamps = node.stamps;
  return header as CallHeader;
}

/** A header of that name that the sender has set is his. */
function withTrace(options: CallOptions, trace: Readonly<Record<string, string>>): CallOptions {
  return { ...options, headers: { ...trace, ...options.headers } };
}

/** Stamps -> the nodes that carry them, as `revokeByStamps` looks them up. */
function stampIndex(calls: readonly CallNode[]): (readonly [string, readonly NodeIndex[]])[] {
  const index = new Map<string, NodeIndex[]>();
  for (const { index: node, stamps } of calls) {
    for (const [key, value] of Object.entries(stamps)) {
      for (const text of stampTexts(key, value)) {
        const nodes = index.get(text);
        if (nodes) nodes.push(node);
        else index.set(text, [node]);
      }
    }
  }
  return [...index];
}

/** A stamp as the text it is found by; a list is found by each of its values. */
export function stampTexts(key: string, value: StampValue): string[] {
  const values = Array.isArray(value)
    ? (value as readonly (string | number | boolean)[])
    : [value as string | number | boolean];
  return values.map((each) => `${key}=${JSON.stringify(each)}`);
}
