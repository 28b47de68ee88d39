/** What readers see: runs, outcomes, names, and everything at a glance. */
import type { AsideRecord, Overview, RunRecord } from "../../broker.js";
import type { NodeIndex, OutcomeText } from "../../messages.js";
import { attemptOf, nodeKey, readRouting } from "../routing.js";
import { heldNodes } from "./region.js";
import type { Aside, Store } from "./store.js";

/** A run's nodes and states; nothing where no trace of it is left, or it only waits in its queue. */
export function inspect(store: Store, id: string): RunRecord | undefined {
  const run = store.runs.get(id);
  const outcomes = run?.outcomes ?? loneOutcomes(store, id);
  const record = {
    run: id,
    result: run?.result ?? 0,
    open: run?.open ?? 1 - outcomes.size,
    ...(run && run.shapes.length > 0 && { shape: run.shapes.join("\n") }),
    outcomes: new Map(outcomes),
    leased: leasedNodes(store, id),
    delayed: delayedNodes(store, id),
    aside: asideNodes(store, id),
    progress: new Map(store.progress.get(id)),
  };
  const traces = outcomes.size + record.leased.size + record.delayed.size + record.aside.size;
  return run || traces > 0 ? record : undefined;
}

function loneOutcomes(store: Store, run: string): Map<NodeIndex, OutcomeText> {
  const outcome = store.results.get(run);
  return new Map(outcome === undefined ? [] : [[0, outcome]]);
}

function leasedNodes(store: Store, run: string): RunRecord["leased"] {
  const held = [...heldNodes(store, run)];
  return new Map(held.map(([index, { worker, since, text }]) => [index, { worker, since, attempt: attemptOf(text) }]));
}

function delayedNodes(store: Store, run: string): RunRecord["delayed"] {
  const found = new Map<NodeIndex, { readonly due: number; readonly attempt: number }>();
  for (const text of store.delayed.values()) {
    if (!text.startsWith(`${run} `)) continue;
    const { index } = readRouting(text);
    const due = store.delayed.get(nodeKey(run, index))?.due ?? 0;
    found.set(index, { due, attempt: attemptOf(text) });
  }
  return found;
}

function asideNodes(store: Store, run: string): RunRecord["aside"] {
  const records = [...store.aside.values()].map(toRecord).filter((record) => record.run === run);
  return new Map(records.map((record) => [record.index, record]));
}

function toRecord({ text, task, reason, deliveries, since }: Aside): AsideRecord {
  const { run, index } = readRouting(text);
  return { run, index, task, reason, deliveries, since, text };
}

/** Outcomes in the order asked for. */
export function read(store: Store, run: string, nodes: readonly NodeIndex[]): (OutcomeText | undefined)[] {
  const outcomes = store.runs.get(run)?.outcomes ?? loneOutcomes(store, run);
  return nodes.map((index) => outcomes.get(index));
}

/** The run and node that an id of the user's choosing names. */
export function resolve(store: Store, id: string): readonly [run: string, index: NodeIndex] | undefined {
  const run = store.runs.get(id);
  return store.aliases.get(id) ?? (run && [id, run.result]) ?? (store.results.has(id) ? [id, 0] : undefined);
}

/** Everything at a glance. */
export function overview(store: Store): Overview {
  const delayed = store.delayed.values().map((text) => readRouting(text).queue);
  const names = [...new Set([...store.queues.names(), ...delayed])].sort();
  return {
    queues: names.map((name) => ({
      name,
      ready: store.queues.sizeOf(name),
      delayed: delayed.filter((queue) => queue === name).length,
    })),
    workers: [...store.cards.values()].map((card) => ({
      ...card,
      lease: store.workers.get(card.id) ?? 0,
      holds: [...(store.held.get(card.id)?.values() ?? [])].map(({ text }) => text),
    })),
    runs: [...store.runs.values()].filter(({ open }) => open > 0).map(({ id, open }) => ({ id, open })),
    aside: [...store.aside.values()].map(toRecord),
  };
}
