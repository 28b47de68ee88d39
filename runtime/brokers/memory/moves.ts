/** What a worker makes of a call it holds. Every move gives up the lease, and one without a lease changes nothing. */
import type { Move } from "../../broker.js";
import type { MessageText, NodeIndex } from "../../messages.js";
import { brokerOutcome, nodeKey, readRouting } from "../routing.js";
import { Cascade } from "./cascade.js";
import { endLone, loneFacts } from "./lone.js";
import { postpone, type Start } from "./ready.js";
import { isCallback } from "./region.js";
import type { Run, Store } from "./store.js";
import { addNodes, openRun } from "./submit.js";

/** Makes one move. Calls that it makes ready are handed to `start`. */
export function makeMove(store: Store, worker: string, move: Move, start: Start): "ok" | "lost" {
  const held = store.held.get(worker)?.get(move.ticket);
  if (!held) return "lost";
  store.held.get(worker)?.delete(move.ticket);
  switch (move.kind) {
    case "settle":
      settle(store, move, start);
      break;
    case "replace":
      replace(store, move, { text: held.text, start });
      break;
    case "retry":
    case "release":
      giveBack(store, move, start);
      break;
    case "setAside":
      setAside(store, move, start);
      break;
  }
  return "ok";
}

function settle(store: Store, move: Extract<Move, { kind: "settle" }>, start: Start): void {
  const { run, index, edges, outcome, given, ahead } = move;
  const planned = store.runs.get(run);
  if (move.lone) endLone(store, run, outcome, move.lone);
  else if (planned)
    new Cascade(store, planned, start, ahead).end(index, outcome, { edges, ...(given !== undefined && { given }) });
}

function replace(
  store: Store,
  move: Extract<Move, { kind: "replace" }>,
  { text, start }: { readonly text: MessageText; readonly start: Start },
): void {
  const { index, submission } = move;
  if (endIfRevoked(store, text, start)) return;
  const run = store.runs.get(move.run) ?? (move.lone && openLone(store, move.run, move.lone));
  if (!run || run.outcomes.has(index)) return;
  run.nodes.set(index, text);
  const { base, size } = submission;
  run.below.set(index, [base, base + size]);
  // What replaces a callback belongs to the callback.
  const callbacks = isCallback(run, index) ? `${base}-${base + size - 1}` : submission.callbacks;
  addNodes(store, run, { ...submission, ...(callbacks !== undefined && { callbacks }) }, start);
}

/** A lone call that is replaced becomes a run with a plan, of which it is node 0. */
function openLone(store: Store, id: string, { reply, keep }: { readonly reply: string; readonly keep: number }): Run {
  const run = openRun({ run: id, result: 0, reply, keep });
  run.open = 1;
  run.next = 1;
  store.runs.set(id, run);
  return run;
}

function giveBack(store: Store, move: Extract<Move, { kind: "retry" | "release" }>, start: Start): void {
  const { text, delay, kind } = move;
  if (endIfOver(store, text, start)) return;
  const { queue, priority } = readRouting(text);
  if (delay > 0) postpone(store, text, delay);
  else if (kind === "release") store.queues.pushFront(text, queue, priority);
  else store.queues.pushBack(text, queue, priority);
}

function setAside(store: Store, move: Extract<Move, { kind: "setAside" }>, start: Start): void {
  const { text, task, reason, refusedBy } = move;
  if (endIfOver(store, text, start)) return;
  const { run, index } = readRouting(text);
  const node = nodeKey(run, index);
  const deliveries = store.deliveries.get(node) ?? 0;
  store.aside.set(node, { text, task, reason, refusedBy, deliveries, since: store.clock.now() });
}

/** Whether a call has ended or was revoked while a worker held it; then it does not start again. */
function endIfRevoked(store: Store, text: MessageText, start: Start): boolean {
  const { run, index } = readRouting(text);
  const planned = store.runs.get(run);
  if (!planned) {
    if (store.results.has(run)) return true;
    if (!store.cancelled.has(run)) return false;
    endLone(store, run, revoked(store), loneFacts(text));
    return true;
  }
  if (planned.outcomes.has(index)) return true;
  if (!isRevoked(planned, index)) return false;
  new Cascade(store, planned, start).end(index, revoked(store));
  return true;
}

/** Whether a call that was given back must not start again, because it was revoked, or expired while a worker held it. */
export function endIfOver(store: Store, text: MessageText, start: Start): boolean {
  if (endIfRevoked(store, text, start)) return true;
  const { run, index } = readRouting(text);
  const planned = store.runs.get(run);
  if (!planned?.expired.has(index)) return false;
  new Cascade(store, planned, start).end(index, brokerOutcome("REVOKED", store.clock.now(), "%expired"));
  return true;
}

function isRevoked(run: Run, index: NodeIndex): boolean {
  return run.revoked.has(index) || (run.revoked.has("all") && !isCallback(run, index));
}

function revoked(store: Store): string {
  return brokerOutcome("REVOKED", store.clock.now(), "%revoked");
}
