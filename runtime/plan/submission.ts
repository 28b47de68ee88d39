/** Plan -> submission: the texts and lists in which a plan goes to a broker. */
import type { ReadyNode, Submission } from "../broker.js";
import type { CallNode, NodeIndex, StampValue } from "../messages.js";
import { writeIndices, writeJoin } from "../wire.js";
import type { Lowered } from "./plan.js";
import { writeShape, writeWork } from "./shape.js";
import { type Fate, fateOf, type MessageFacts, MessageTexts } from "./texts.js";

/** What a plan does not say of its run. */
export interface RunFacts extends MessageFacts {
  /** The client that is told when the run has ended. */
  readonly reply: string;
  /** The id was chosen by the user. */
  readonly chosen?: boolean;
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
  const submission = withPlan(knownByRun(plan, facts.run), facts);
  return {
    ...submission,
    ...(facts.chosen && { chosen: true, shape: `${submission.shape}\n${writeWork(plan.nodes)}` }),
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
  const { keep } = plan;
  const parts = partsOf(plan, facts, fateOf({ reply, keep }));
  return { run, ready: parts.ready, waiting: [], settled: [], base: 0, size: 1, result: 0, reply, keep };
}

function withPlan(plan: Lowered, facts: RunFacts): Submission & { readonly shape: string } {
  const { run, reply } = facts;
  const { nodes, keep, result } = plan;
  const { ready, waiting, settled, callbacks, aliases, stamped, expiring } = partsOf(plan, facts);
  return {
    run,
    ready,
    waiting,
    settled,
    base: nodes[0]?.index ?? 0,
    size: nodes.length,
    result,
    reply,
    keep,
    shape: writeShape(nodes),
    ...(callbacks.length > 0 && { callbacks: writeIndices(callbacks) }),
    ...(aliases.length > 0 && { aliases }),
    ...(stamped.size > 0 && { stamped: [...stamped] }),
    ...(expiring.length > 0 && { expiring }),
  };
}

function callbacksOf({ nodes, callbacks }: Lowered): NodeIndex[] {
  return nodes.flatMap(({ index }) => (index >= callbacks ? [index] : []));
}

/** What becomes of a plan's nodes. */
interface Parts {
  readonly ready: ReadyNode[];
  readonly waiting: (readonly [NodeIndex, string])[];
  readonly settled: NodeIndex[];
  readonly callbacks: NodeIndex[];
  readonly aliases: (readonly [string, NodeIndex])[];
  /** Stamps -> the nodes that carry them, as `revokeByStamps` looks them up. */
  readonly stamped: Map<string, NodeIndex[]>;
  readonly expiring: (readonly [NodeIndex, number])[];
}

/** One walk over the nodes: there may be ten thousand, and each is looked at once. */
function partsOf(plan: Lowered, facts: RunFacts, fate?: Fate): Parts {
  const texts = new MessageTexts(facts, fate);
  const parts: Parts = {
    ready: [],
    waiting: [],
    settled: [],
    callbacks: callbacksOf(plan),
    aliases: [],
    stamped: new Map(),
    expiring: [],
  };
  for (const node of plan.nodes) {
    if (node.id !== undefined && node.id !== facts.run) parts.aliases.push([node.id, node.index]);
    if (node.kind === "call") addCall(node, texts, parts);
    else {
      parts.waiting.push([node.index, writeJoin(node)]);
      if (node.count === 0) parts.settled.push(node.index);
    }
  }
  return parts;
}

function addCall(node: CallNode, texts: MessageTexts, parts: Parts): void {
  const { index, queue, priority, delay, expires, stamps } = node;
  const edges = texts.edgesOf(node);
  const text = texts.messageOf(node, edges);
  if (node.parent === undefined) parts.ready.push({ text, queue, priority, delay, index, edges });
  else parts.waiting.push([index, text]);
  if (expires !== undefined) parts.expiring.push([index, expires]);
  for (const key in stamps) {
    for (const stamp of stampTexts(key, stamps[key]!)) {
      const nodes = parts.stamped.get(stamp);
      if (nodes) nodes.push(index);
      else parts.stamped.set(stamp, [index]);
    }
  }
}

/** A stamp as the text it is found by; a list is found by each of its values. */
export function stampTexts(key: string, value: StampValue): string[] {
  const values = Array.isArray(value)
    ? (value as readonly (string | number | boolean)[])
    : [value as string | number | boolean];
  return values.map((each) => `${key}=${JSON.stringify(each)}`);
}
