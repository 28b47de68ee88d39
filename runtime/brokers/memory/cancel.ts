/** Ends of another's making: revoked by hand, expired, or left behind by a producer that vanished. */
import type { NodeIndex } from "../../messages.js";
import { brokerOutcome, isJoin, lineOf, nodeKey } from "../routing.js";
import { Cascade, removeRun } from "./cascade.js";
import { endLone, forgetLone, loneFacts } from "./lone.js";
import { startInFront } from "./ready.js";
import { heldNodes, regionOf } from "./region.js";
import type { Run, Store } from "./store.js";

/** What is to end, and whether what runs is stopped too. */
export interface Target {
  readonly run: string;
  readonly index?: NodeIndex;
  readonly terminate: boolean;
}

/** Revokes a run or a node of it. */
export function cancel(store: Store, target: Target): "ok" | "finished" {
  const run = store.runs.get(target.run);
  if (!run) return cancelLone(store, target);
  if (run.open === 0) return "finished";
  const { index, terminate } = target;
  if (index !== undefined && index !== run.result) {
    if (run.outcomes.has(index)) return "finished";
    run.revoked.add(index);
    cascadeOf(store, run).revoke(nodesUnder(run, index), { kind: "revoked", terminate });
    return "ok";
  }
  run.revoked.add("all");
  cascadeOf(store, run).revoke(regionOf(run, [0, run.next]), { kind: "revoked", terminate });
  return "ok";
}

/** A node and what stands below it: a join's members, and what replaced it. */
function nodesUnder(run: Run, index: NodeIndex): NodeIndex[] {
  const text = run.nodes.get(index) ?? "";
  const [, , , from = "0", until = "0"] = isJoin(text) ? lineOf(text, 0).split(" ") : [];
  const below = run.below.get(index);
  const nodes = [...regionOf(run, [Number(from), Number(until)]), ...(below ? regionOf(run, below) : []), index];
  return [...new Set(nodes)].sort((a, b) => b - a);
}

function cascadeOf(store: Store, run: Run): Cascade {
  return new Cascade(store, run, (text) => startInFront(store, text));
}

function cancelLone(store: Store, { run, terminate }: Target): "ok" | "finished" {
  if (store.results.has(run)) return "finished";
  store.bury(run);
  const running = heldNodes(store, run).get(0);
  if (running && !terminate) return "ok";
  const node = nodeKey(run, 0);
  const text =
    running?.text ?? store.delayed.get(node)?.value ?? store.aside.get(node)?.text ?? store.queues.find(node);
  store.delayed.delete(node);
  store.aside.delete(node);
  const outcome = brokerOutcome("REVOKED", store.clock.now(), "%revoked");
  endLone(store, run, outcome, text === undefined ? { reply: "", keep: 86_400_000 } : loneFacts(text));
  if (running) store.tell(`worker:${running.worker}`, { kind: "cancel", run, index: 0 });
  return "ok";
}

/** Revokes what has not started by the moment it expires. */
export function expire(store: Store, limit: number): number {
  const now = store.clock.now();
  for (let expired = 0; expired < limit; expired++) {
    const node = store.expiring.take(now);
    if (!node) return expired;
    const run = store.runs.get(node.run);
    if (!run || run.outcomes.has(node.index)) continue;
    if (heldNodes(store, node.run).has(node.index)) {
      run.expired.add(node.index);
      continue;
    }
    store.bury(node.run);
    cascadeOf(store, run).end(node.index, brokerOutcome("REVOKED", now, "%expired"));
  }
  return limit;
}

/** Revokes runs whose producer stopped in the middle of a fan-out. */
export function closeOpen(store: Store, limit: number): number {
  for (let closed = 0; closed < limit; closed++) {
    const id = store.opening.take(store.clock.now());
    if (id === undefined) return closed;
    const run = store.runs.get(id);
    if (!run) continue;
    cancel(store, { run: id, terminate: false });
    for (const [index, text] of run.nodes) if (grows(text)) cascadeOf(store, run).seal(index);
  }
  return limit;
}

/** A join that is submitted as it comes has no end to its region. */
function grows(text: string): boolean {
  return isJoin(text) && lineOf(text, 0).endsWith(` ${Number.MAX_SAFE_INTEGER}`);
}

/** Removes a run that has ended, and all its keys; how many it were. */
export function forget(store: Store, id: string): number {
  const run = store.runs.get(id);
  if (!run) return forgetLone(store, id) ? 1 : 0;
  if (run.open > 0) return 0;
  removeRun(store, run);
  return 1;
}
