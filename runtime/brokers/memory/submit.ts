/** Plans on their way in: whole runs, parts of a fan-out, and what replaces a node. */
import type { Submission } from "../../broker.js";
import { readRanges } from "../../wire.js";
import { nodeKey, readRouting } from "../routing.js";
import { Cascade, countOf } from "./cascade.js";
import { postpone, type Start, startInFront } from "./ready.js";
import { isCallback } from "./region.js";
import type { Run, Store } from "./store.js";

/** How long results are kept of a run that has no call to say so. */
const DAY = 86_400_000;

/** How long a fan-out stays open without a further part. */
const OPEN_FOR = 60_000;

/** Stores one submission and starts what can start. */
export function submitOne(store: Store, submission: Submission): "ok" | "duplicate" {
  if (submission.part === "more" || submission.part === "last") return addPart(store, submission);
  const { run } = submission;
  if (submission.chosen && (store.runs.has(run) || store.results.has(run) || store.aliases.has(run)))
    return "duplicate";
  if (isLone(submission)) {
    for (const { text, queue, priority, delay } of submission.ready) enqueue(store, text, { queue, priority, delay });
    return "ok";
  }
  const opened = openRun(submission);
  store.runs.set(run, opened);
  addNodes(store, opened, submission, startAtTail(store));
  if (submission.part === "first") store.opening.set(run, store.clock.now() + OPEN_FOR, run);
  return "ok";
}

/** A run of one call needs no plan: its message is all there is. */
function isLone(submission: Submission): boolean {
  return submission.shape === undefined && !submission.chosen && !submission.part && submission.waiting.length === 0;
}

/** A run with nothing in it yet. */
export function openRun({ run, result, reply, keep }: Pick<Submission, "run" | "result" | "reply" | "keep">): Run {
  return {
    id: run,
    result,
    reply,
    keep: keep > 0 ? keep : DAY,
    open: 0,
    next: 0,
    shapes: [],
    nodes: new Map(),
    outcomes: new Map(),
    left: new Map(),
    grown: new Map(),
    below: new Map(),
    callbacks: [],
    revoked: new Set(),
    expired: new Set(),
    aliases: [],
    stamps: new Set(),
  };
}

function addPart(store: Store, submission: Submission): "ok" | "duplicate" {
  const run = store.runs.get(submission.run);
  if (!run) return "duplicate";
  for (const [join, members, count] of submission.grows ?? []) {
    run.left.set(join, (run.left.get(join) ?? 0) + count);
    run.grown.set(join, [run.grown.get(join) ?? "", members].filter((ranges) => ranges !== "").join(" "));
  }
  const revoked = run.revoked.has("all");
  if (submission.part === "more") store.opening.set(run.id, store.clock.now() + OPEN_FOR, run.id);
  addNodes(store, run, submission, revoked ? () => {} : startAtTail(store));
  if (revoked) revokePart(store, run, submission);
  if (submission.part === "last") {
    store.opening.delete(run.id);
    const cascade = new Cascade(store, run, (text) => startInFront(store, text));
    for (const [join] of submission.grows ?? []) cascade.seal(join);
  }
  return "ok";
}

function revokePart(store: Store, run: Run, { ready, waiting }: Submission): void {
  const added = [...ready.map(({ text }) => readRouting(text).index), ...waiting.map(([index]) => index)];
  const region = added.filter((index) => !isCallback(run, index)).sort((a, b) => b - a);
  new Cascade(store, run, (text) => startInFront(store, text)).revoke(region, { kind: "revoked", terminate: false });
}

/** Adds a submission's nodes to its run and starts those that can start. */
export function addNodes(store: Store, run: Run, submission: Submission, start: Start): void {
  const { ready, waiting, settled, base, size, keep, shape, callbacks } = submission;
  run.open += size;
  run.next = Math.max(run.next, base + size);
  run.keep = Math.max(run.keep, keep);
  if (shape !== undefined && shape !== "") run.shapes.push(shape);
  run.callbacks.push(...readRanges(callbacks ?? ""));
  for (const [index, text] of waiting) {
    run.nodes.set(index, text);
    if (text.startsWith("join ")) run.left.set(index, countOf(text));
  }
  for (const { text } of ready) run.nodes.set(readRouting(text).index, text);
  addNames(store, run, submission);
  for (const { text } of ready) start(text);
  const cascade = new Cascade(store, run, start);
  // A join over nothing that starts a callback ends when the callback is called, not before.
  for (const index of settled) if (!isCallback(run, index)) cascade.settle(index);
}

function addNames(store: Store, run: Run, { aliases = [], stamped = [], expiring = [] }: Submission): void {
  for (const [id, index] of aliases) {
    run.aliases.push(id);
    store.aliases.set(id, [run.id, index]);
  }
  for (const [stamp, indices] of stamped) {
    run.stamps.add(stamp);
    const nodes = store.stamps.get(stamp) ?? new Map<string, readonly [string, number]>();
    for (const index of indices) nodes.set(nodeKey(run.id, index), [run.id, index]);
    store.stamps.set(stamp, nodes);
  }
  for (const [index, at] of expiring) store.expiring.set(nodeKey(run.id, index), at, { run: run.id, index });
}

/** What is new goes to the tail of its queue. */
export function startAtTail(store: Store): Start {
  return (text) => enqueue(store, text, readRouting(text));
}

function enqueue(
  store: Store,
  text: string,
  { queue, priority, delay }: { queue: string; priority: number; delay: number },
): void {
  if (delay > 0) postpone(store, text, delay);
  else store.queues.pushBack(text, queue, priority);
}
