/** What readers see: runs, outcomes, names, and everything at a glance. */
import {
  type AsidePage,
  type AsidePlace,
  type AsideRecord,
  type Census,
  type DelayReason,
  type Located,
  MOST_ASIDE,
  MOST_LOOKED_AT,
  MOST_RUNS,
  type Overview,
  type RunRecord,
} from "../../broker.js";
import type { NodeIndex, OutcomeText } from "../../messages.js";
import { readOutcome } from "../../wire.js";
import { delayReason, glimpse, headOf, nodeKey, readRouting } from "../routing.js";
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
  return new Map(
    held.map(([index, { worker, since, text }]) => {
      const { attempt, task } = glimpse(text);
      return [index, { worker, since, attempt, task }];
    }),
  );
}

function delayedNodes(store: Store, run: string): RunRecord["delayed"] {
  const found: Map<NodeIndex, { due: number; attempt: number; task: string; reason: DelayReason }> = new Map();
  for (const text of store.delayed.values()) {
    if (!text.startsWith(`${run} `)) continue;
    const { index } = readRouting(text);
    const due = store.delayed.get(nodeKey(run, index))?.due ?? 0;
    const { attempt, task } = glimpse(text);
    found.set(index, { due, attempt, task, reason: delayReason(text) });
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
  const { paused } = store.queues;
  const names = [...new Set([...store.queues.names(), ...delayed, ...paused])].sort();
  const started = new Set(
    [...store.held.values()].flatMap((held) => [...held.values()].map(({ text }) => readRouting(text).run)),
  );
  const open = [...store.runs.values()].filter((run) => run.open > 0);
  return {
    queues: names.map((name) => {
      const oldest = oldestOf(store, name);
      const ready = store.queues.sizeOf(name);
      return {
        name,
        ready,
        delayed: delayed.filter((queue) => queue === name).length,
        ...(oldest !== undefined && { oldest }),
        ...(paused.has(name) && { paused: true as const }),
      };
    }),
    workers: [...store.cards.values()].map((card) => ({
      ...card,
      lease: store.workers.get(card.id) ?? 0,
      holds: [...(store.held.get(card.id)?.values() ?? [])].map(({ text }) => headOf(text)),
    })),
    runs: open
      .filter(({ id }, i) => i < MOST_RUNS || id.startsWith("tick:"))
      .map((run) => ({
        id: run.id,
        open: run.open,
        state: run.outcomes.size > 0 || started.has(run.id) ? "STARTED" : "PENDING",
      })),
    ...firstAside(store),
    asideCount: store.aside.size,
  };
}

function firstAside(store: Store): Pick<Overview, "aside" | "asideCursor"> {
  const { records, cursor } = asidePage(store, { limit: MOST_ASIDE });
  return { aside: records, ...(cursor !== undefined && { asideCursor: cursor }) };
}

/** A page of what is set aside. */
export function asidePage(store: Store, { cursor = "0", limit }: AsidePlace): AsidePage {
  const from = Number(cursor);
  const records = [...store.aside.values()].slice(from, from + limit).map(toRecord);
  const next = from + records.length;
  const told = records.map((record) => ({ ...record, text: headOf(record.text) }));
  return next < store.aside.size ? { records: told, cursor: `${next}` } : { records: told };
}

/** When the first of each priority was submitted; the earliest of them. */
function oldestOf(store: Store, queue: string): number | undefined {
  const moments = store.queues.firsts(queue).flatMap((text) => glimpse(text).submitted ?? []);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** Where a ready call stands in its queue. */
export function locate(store: Store, run: string, index: NodeIndex): Located | undefined {
  const node = nodeKey(run, index);
  for (const queue of store.queues.names()) {
    const found = store.queues.place(queue, node, MOST_LOOKED_AT);
    if (found) return { head: headOf(found.text), ahead: found.ahead };
  }
  return undefined;
}

/** Those of the runs of which nothing is left. */
export function missing(store: Store, runs: readonly string[]): string[] {
  const queued = new Set(runs.length > 0 ? [...store.queues.entries()].map(({ text }) => readRouting(text).run) : []);
  return runs.filter((run) => !queued.has(run) && inspect(store, run) === undefined);
}

/** How many runs there are, by state. */
export function census(store: Store, limit: number): Census {
  const states = { PENDING: 0, STARTED: 0, SUCCESS: 0, FAILURE: 0, REVOKED: 0 };
  const runs = [...store.runs.values()].slice(0, limit);
  for (const { outcomes, result } of runs) {
    const outcome = outcomes.get(result);
    states[outcome === undefined ? (outcomes.size > 0 ? "STARTED" : "PENDING") : readOutcome(outcome).state] += 1;
  }
  const lone = [...store.results.values()].slice(0, limit);
  for (const outcome of lone) states[readOutcome(outcome).state] += 1;
  return { states, complete: runs.length === store.runs.size && lone.length === store.results.size };
}
