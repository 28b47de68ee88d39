/**
 * Fan-out wider than memory. A group over an async iterable is submitted as its members come: the run opens with its join
 * waiting for one end more than it has members, parts add to it, the last one seals it. The producer holds one part at a time.
 */
import type { Producing, Submission } from "../broker.js";
import type { GroupTree, Tree } from "../canvas/tree.js";
import type { PlanNode } from "../messages.js";
import { isListed, type LowerContext, type Lowered, lowerMember, type Stream } from "./plan.js";
import { type RunFacts, toPart } from "./submission.js";

/** How many members travel together. */
const PART = 500;

/** Whether any group of the tree is still to be read. */
export function hasStreams(tree: Tree): boolean {
  return (
    [...tree.links, ...tree.errbacks].some(hasStreams) ||
    (tree.kind === "chain" && tree.steps.some(hasStreams)) ||
    (tree.kind === "group" && (!isListed(tree.members) || tree.members.some(hasStreams))) ||
    (tree.kind === "chord" && (hasStreams(tree.header) || hasStreams(tree.body)))
  );
}

/** Reads every fan-out of a tree except one that the canvas starts with: what waits has to be stored with the plan anyway. */
export async function gather(tree: Tree, leading = true): Promise<Tree> {
  const links = await gatherAll(tree.links);
  const errbacks = await gatherAll(tree.errbacks);
  switch (tree.kind) {
    case "call":
      return { ...tree, links, errbacks };
    case "chain": {
      const steps: Tree[] = [];
      for (const [i, step] of tree.steps.entries()) steps.push(await gather(step, leading && i === 0));
      return { ...tree, steps, links, errbacks };
    }
    case "group":
      return { ...(await gatherGroup(tree, leading)), links, errbacks };
    case "chord":
      return {
        ...tree,
        header: await gatherGroup(tree.header, leading),
        body: await gather(tree.body, false),
        links,
        errbacks,
      };
  }
}

async function gatherGroup(tree: GroupTree, leading: boolean): Promise<GroupTree> {
  if (leading && !isListed(tree.members)) return tree;
  const members: Tree[] = [];
  for await (const member of tree.members) members.push(await gather(member, false));
  return { ...tree, members };
}

async function gatherAll(trees: readonly Tree[]): Promise<Tree[]> {
  const gathered: Tree[] = [];
  for (const tree of trees) gathered.push(await gather(tree, false));
  return gathered;
}

/** What a stream is submitted with. `reserve` gives the first of so many further indices of the run. */
export interface StreamTarget {
  readonly broker: Pick<Producing, "submit" | "cancel">;
  reserve(count: number): Promise<number>;
  readonly facts: RunFacts;
  readonly context: LowerContext;
  /** What each member goes through before it is lowered. */
  prepare(member: Tree): Tree;
  /** Throws where a member's node, or a part, may not be sent. */
  admit(node: PlanNode): void;
  checkPart(part: Submission): void;
}

/**
 * Submits a stream's members, part by part, and seals its join. One part is on its way while the next is read. Where the
 * iterable throws, or a member may not be sent, the run is revoked and the error thrown on.
 */
export async function submitStream(stream: Stream, target: StreamTarget): Promise<void> {
  const { broker, facts } = target;
  const indices = new Indices(target);
  let plans: Lowered[] = [];
  let position = 0;
  let sent: Promise<unknown> = Promise.resolve();
  const send = async (last: boolean) => {
    const part = toPart(plans, stream.join, { ...facts, last });
    target.checkPart(part);
    plans = [];
    await sent;
    sent = broker.submit([part]);
    // Awaited later: until then its failure must not count as unheard.
    sent.catch(() => {});
  };
  try {
    for await (const member of stream.members) {
      const tree = await gather(target.prepare(member), false);
      const plan = await indices.lower(tree, stream, position);
      for (const node of plan.nodes) target.admit(node);
      plans.push(plan);
      position += 1;
      if (plans.length >= PART) await send(false);
    }
    await send(true);
    await sent;
  } catch (error) {
    await sent.catch(() => {});
    await broker.cancel({ run: facts.run, terminate: false });
    throw error;
  }
}

/** Indices in blocks, so that reserving costs one round trip in a thousand members. */
class Indices {
  readonly #target: StreamTarget;
  #next = 0;
  #left = 0;

  constructor(target: StreamTarget) {
    this.#target = target;
  }

  async lower(tree: Tree, stream: Stream, position: number): Promise<Lowered> {
    const plan = this.#lowerAt(tree, stream, position);
    const needed = plan.nodes.length;
    if (needed <= this.#left) return this.#take(plan);
    this.#left = Math.max(needed, 2 * PART);
    this.#next = await this.#target.reserve(this.#left);
    return this.#take(this.#lowerAt(tree, stream, position));
  }

  #lowerAt(tree: Tree, stream: Stream, position: number): Lowered {
    return lowerMember(tree, stream, position, { ...this.#target.context, base: this.#next });
  }

  #take(plan: Lowered): Lowered {
    this.#next += plan.nodes.length;
    this.#left -= plan.nodes.length;
    return plan;
  }
}
