/**
 * What the end of one node means to the others. A node is ended once: its outcome is written only if there is none. Then
 * its edges are followed, and those of every node that this ends, until nothing is left to tell.
 */
import type { AheadEnd } from "../../broker.js";
import type { Edge, NodeIndex, OutcomeText } from "../../messages.js";
import { readEdges } from "../../wire.js";
import { brokerOutcome, type Cause, causeOf, edgesOf, isJoin, isSuccess, lineOf, noticeOf } from "../routing.js";
import type { Start } from "./ready.js";
import { heldNodes, regionOf } from "./region.js";
import type { Run, Store } from "./store.js";

/** A node's end. */
interface Ended {
  readonly index: NodeIndex;
  readonly outcome: OutcomeText;
  readonly given: string;
  /** Why it failed. */
  readonly cause: Cause | undefined;
}

/** What is known of a node's end beyond its outcome. */
interface EndParts {
  readonly edges?: string;
  readonly given?: string;
  /** Where a failure was first stored, if it was copied from there. */
  readonly cause?: Cause | undefined;
}

/** Why nodes are revoked, and whether those that run are, too. */
interface Revocation {
  readonly kind: "revoked" | "cancelled";
  readonly terminate: boolean;
}

/** One run's cascade. */
export class Cascade {
  readonly #store: Store;
  readonly #run: Run;
  readonly #start: Start;
  /** Calls that were run ahead of their turn: recorded when it comes, in place of a start. */
  readonly #early: ReadonlyMap<NodeIndex, AheadEnd>;
  /** Ends that are still to be told along an edge: a stack, the next one last. */
  readonly #untold: { readonly edge: Edge; readonly ended: Ended }[] = [];
  /** Joins of which a member has ended, once for each: they are counted down when all else is told. */
  readonly #counted: NodeIndex[] = [];
  /** What a failed join revokes, when that is done. */
  readonly #regions: (readonly [from: NodeIndex, until: NodeIndex])[] = [];

  constructor(store: Store, run: Run, start: Start, early: readonly AheadEnd[] = []) {
    this.#store = store;
    this.#run = run;
    this.#start = start;
    this.#early = new Map(early.map((end) => [end.index, end]));
  }

  /** Ends a node, unless it has ended, and tells whatever waited on it. `given` is what follows is given. */
  end(index: NodeIndex, outcome: OutcomeText, parts: EndParts = {}): void {
    this.#record(index, outcome, parts);
    this.#spread();
  }

  /** Counts one end of a join that is no member's: a fan-out that is sealed. */
  seal(join: NodeIndex): void {
    this.#counted.push(join);
    this.#spread();
  }

  /** Ends what has not started in these nodes, all before any of it is told: so none of them is ended by another's failure. */
  revoke(region: readonly NodeIndex[], how: Revocation): void {
    this.#revoke(region, how);
    this.#spread();
  }

  #revoke(region: readonly NodeIndex[], how: Revocation): void {
    const held = heldNodes(this.#store, this.#run.id);
    for (const index of region) {
      const running = held.get(index);
      if ((running && !how.terminate) || !this.#run.nodes.has(index) || this.#run.outcomes.has(index)) continue;
      this.#record(index, this.#outcome("REVOKED", `%${how.kind}`));
      if (running) this.#store.tell(`worker:${running.worker}`, { kind: "cancel", run: this.#run.id, index });
    }
    this.#store.bury(this.#run.id);
  }

  /** Ends a join over nothing. */
  settle(join: NodeIndex): void {
    this.#ready(join, "");
    this.#spread();
  }

  /** Starts a call; ends a join over nothing. */
  #ready(index: NodeIndex, given: string, ahead?: NodeIndex): void {
    const text = this.#run.nodes.get(index);
    if (text === undefined || this.#run.outcomes.has(index)) return;
    const early = this.#early.get(index);
    if (isJoin(text)) this.#record(index, this.#outcome("SUCCESS", this.#valueOf(index, text)));
    else if (early) this.#record(index, early.outcome, early);
    else this.#start(`${text}\n${given}`, ahead);
  }

  #spread(): void {
    for (;;) {
      const next = this.#untold.pop();
      if (next) this.#tell(next.edge, next.ended);
      else if (this.#counted.length > 0) for (const join of this.#counted.splice(0)) this.#countDown(join);
      else {
        const region = this.#regions.pop();
        if (!region) return;
        this.#revoke(regionOf(this.#run, region), { kind: "cancelled", terminate: false });
      }
    }
  }

  #record(index: NodeIndex, outcome: OutcomeText, parts: EndParts = {}): void {
    const { outcomes, nodes, id, result, reply } = this.#run;
    if (outcomes.has(index)) return;
    outcomes.set(index, outcome);
    this.#close(1);
    this.#forgetNode(index);
    const event = noticeOf(id, index, outcome);
    this.#store.tell(`follow:${id}`, event);
    if (index === result) this.#store.tell(`reply:${reply}`, event);
    const edges = parts.edges ?? edgesOf(nodes.get(index) ?? "");
    const cause = isSuccess(outcome) ? undefined : (parts.cause ?? causeOf(index, outcome));
    const ended = { index, outcome, cause, given: parts.given ?? `&${index}` };
    for (const edge of readEdges(edges).reverse()) this.#untold.push({ edge, ended });
  }

  #forgetNode(index: NodeIndex): void {
    const node = `${this.#run.id} ${index}`;
    this.#store.deliveries.delete(node);
    this.#store.delayed.delete(node);
    this.#store.expiring.delete(node);
    if (this.#store.aside.get(node)?.reason !== "poison") this.#store.aside.delete(node);
  }

  #close(count: number): void {
    this.#run.open -= count;
    if (this.#run.open === 0) retire(this.#store, this.#run);
  }

  #tell(edge: Edge, { index, outcome, given, cause: failed }: Ended): void {
    switch (edge.kind) {
      case "next":
        if (failed) this.#fail(edge.to, this.#through(index, failed));
        else this.#ready(edge.to, given, edge.ahead);
        break;
      case "slot":
        if (failed) this.#failJoin(edge.join, failed);
        this.#counted.push(edge.join);
        break;
      case "gate":
        if (failed) this.#fail(edge.join, this.#through(index, failed));
        this.#counted.push(edge.join);
        break;
      case "forward":
        this.#record(edge.to, outcome, { given, cause: failed });
        break;
      case "success":
        if (failed) this.#close(edge.until - edge.from);
        else this.#call(edge.roots, given);
        break;
      case "failure":
        if (failed) this.#call(edge.roots, `!${index}`);
        else this.#close(edge.until - edge.from);
        break;
    }
  }

  #call(roots: readonly NodeIndex[], given: string): void {
    for (const root of roots) this.#ready(root, given);
  }

  /** What stands behind a join failed because of the join. */
  #through(index: NodeIndex, cause: Cause): Cause {
    return isJoin(this.#run.nodes.get(index) ?? "") ? { ...cause, through: "join" } : cause;
  }

  #fail(index: NodeIndex, { origin, through }: Cause): void {
    this.#record(index, this.#outcome("FAILURE", `&${origin} ${through}`));
  }

  /** A join fails with its first failed member, unless it settles. */
  #failJoin(join: NodeIndex, failed: Cause): void {
    const text = this.#run.nodes.get(join);
    if (text === undefined || this.#run.outcomes.has(join)) return;
    const [, policy, , from, until] = lineOf(text, 0).split(" ");
    if (policy === "settle") return;
    this.#fail(join, failed);
    if (policy === "cancel") this.#regions.push([Number(from), Number(until)]);
  }

  #countDown(join: NodeIndex): void {
    const text = this.#run.nodes.get(join);
    const left = (this.#run.left.get(join) ?? 0) - 1;
    this.#run.left.set(join, left);
    if (text !== undefined && left === 0) this.#record(join, this.#outcome("SUCCESS", this.#valueOf(join, text)));
  }

  #valueOf(join: NodeIndex, text: string): string {
    const settle = text.startsWith("join settle ");
    const members = [lineOf(text, 2), this.#run.grown.get(join) ?? ""].filter((ranges) => ranges !== "").join(" ");
    return settle ? `@settle ${members}` : `@${members}`;
  }

  #outcome(state: "SUCCESS" | "FAILURE" | "REVOKED", value: string): OutcomeText {
    return brokerOutcome(state, this.#store.clock.now(), value);
  }
}

/** A run that has ended is kept for as long as its results are. */
function retire(store: Store, run: Run): void {
  store.opening.delete(run.id);
  store.clock.after(run.keep, () => {
    if (store.runs.get(run.id) === run) removeRun(store, run);
  });
}

/** Removes a run and all that belongs to it. */
export function removeRun(store: Store, run: Run): void {
  store.runs.delete(run.id);
  store.progress.delete(run.id);
  for (const alias of run.aliases) store.aliases.delete(alias);
  for (const stamp of run.stamps) dropStamp(store, stamp, run.id);
}

function dropStamp(store: Store, stamp: string, run: string): void {
  const nodes = store.stamps.get(stamp);
  for (const [key, [owner]] of nodes ?? []) if (owner === run) nodes?.delete(key);
  if (nodes?.size === 0) store.stamps.delete(stamp);
}

/** How many ends a join is stored with, from its text. */
export function countOf(join: string): number {
  return Number(lineOf(join, 0).split(" ")[2]);
}
