/** Workers, their leases, and what becomes of work whose worker has died or could not run it. */
import { ALL_QUEUES, type Claim, type RecallRequest, type WorkerCard, type WorkReport } from "../../broker.js";
import type { MessageText } from "../../messages.js";
import { brokerOutcome, nodeKey, readRouting } from "../routing.js";
import { Cascade } from "./cascade.js";
import type { Lease } from "./exchange.js";
import { endLone, loneFacts } from "./lone.js";
import { endIfOver } from "./moves.js";
import { postpone, startInFront } from "./ready.js";
import type { Aside, Store } from "./store.js";

/** Announces a worker, or keeps its lease. "lost": what it held was given to others. */
export function extend(store: Store, card: WorkerCard, lease: number, report?: WorkReport): "ok" | "lost" {
  const queues = card.queues.includes(ALL_QUEUES) ? store.queues.names() : card.queues;
  store.chronicle.sample([...queues], (queue) => store.queues.sizeOf(queue));
  store.chronicle.note(card.id, report);
  store.workers.set(card.id, store.clock.now() + lease);
  store.cards.set(card.id, card);
  return store.reaped.delete(card.id) ? "lost" : "ok";
}

/** Removes a worker; what it should still hold is given back at the next reaping. */
export function leave(store: Store, worker: string, report?: WorkReport): void {
  store.chronicle.note(worker, report);
  store.chronicle.forget(worker);
  store.cards.delete(worker);
  if (store.held.get(worker)?.size) store.workers.set(worker, 0);
  else removeWorker(store, worker);
}

function removeWorker(store: Store, worker: string): void {
  store.workers.delete(worker);
  store.held.delete(worker);
  store.cards.delete(worker);
}

/** Gives back what workers held whose lease has ended, up to `limit` messages. */
export function reap(store: Store, maxDeliveries: number, limit: number): number {
  const now = store.clock.now();
  let given = 0;
  const chances = lastChances(maxDeliveries);
  for (const [worker, until] of [...store.workers]) {
    if (until > now) continue;
    const held = store.held.get(worker) ?? new Map();
    if (held.size > 0) store.reaped.add(worker);
    for (const [ticket, { text }] of held) {
      if (given === limit) return given;
      held.delete(ticket);
      redeliver(store, text, { maxDeliveries, chances });
      given += 1;
    }
    removeWorker(store, worker);
  }
  return given;
}

/** Between two last chances, ms. */
const APART = 1_000;

/** Those that died together would die together again, and the innocent with the guilty: the last chance is had alone. */
function lastChances(maxDeliveries: number): (deliveries: number) => number {
  let count = 0;
  return (deliveries) => {
    if (deliveries < 2 || deliveries + 1 < maxDeliveries) return 0;
    count += 1;
    return (count - 1) * APART;
  };
}

interface Patience {
  readonly maxDeliveries: number;
  /** How long the next delivery is to wait. */
  chances(deliveries: number): number;
}

function redeliver(store: Store, text: MessageText, { maxDeliveries, chances }: Patience): void {
  const start = (ready: MessageText) => startInFront(store, ready);
  if (endIfOver(store, text, start)) return;
  const { run, index, queue, priority } = readRouting(text);
  const node = nodeKey(run, index);
  const deliveries = (store.deliveries.get(node) ?? 0) + 1;
  store.deliveries.set(node, deliveries);
  if (deliveries >= maxDeliveries) {
    poison(store, text, deliveries);
    return;
  }
  const delay = chances(deliveries);
  if (delay === 0) store.queues.pushFront(text, queue, priority);
  else postpone(store, text, delay);
}

/** A call that workers die under fails, and the evidence is kept. */
function poison(store: Store, text: MessageText, deliveries: number): void {
  const { run, index } = readRouting(text);
  const since = store.clock.now();
  const task = /"task":"([^"]*)"/.exec(text)?.[1] ?? "";
  store.aside.set(nodeKey(run, index), { text, task, reason: "poison", refusedBy: "", deliveries, since });
  const lost = brokerOutcome("FAILURE", since, "%lost");
  const planned = store.runs.get(run);
  if (planned) new Cascade(store, planned, (ready) => startInFront(store, ready)).end(index, lost);
  else endLone(store, run, lost, loneFacts(text));
}

/** How long the evidence of a poisonous call is kept. */
const EVIDENCE = 7 * 86_400_000;

/** Hands a worker what others had to set aside and it can run. */
export function recall(store: Store, request: RecallRequest, lease: Lease): Claim[] {
  const claims: Claim[] = [];
  for (const [node, aside] of store.aside) {
    if (aside.reason === "poison" && aside.since + EVIDENCE <= store.clock.now()) store.aside.delete(node);
    if (claims.length >= request.room || !canRun(aside, request.fingerprints)) continue;
    store.aside.delete(node);
    claims.push(lease(request.worker, aside.text));
  }
  if (claims.length > 0) store.workers.set(request.worker, store.clock.now() + request.lease);
  return claims;
}

/** Whether a worker of these contracts is another one than refused it, and knows the task. */
function canRun({ reason, task, refusedBy }: Aside, fingerprints: ReadonlyMap<string, string>): boolean {
  const fingerprint = fingerprints.get(task);
  return reason !== "poison" && fingerprint !== undefined && fingerprint !== refusedBy;
}
