/** A state of the embedded broker and of the game around it: copied, looked at, gone back to. */
import { createMemoryBroker } from "../../../runtime/brokers/memory/index.js";
import { nextDue } from "../../../runtime/brokers/memory/ready.js";
import type { Schedule } from "../../../runtime/brokers/memory/schedule.js";
import { type Run, Store } from "../../../runtime/brokers/memory/store.js";
import { readRouting } from "../../../runtime/brokers/routing.js";
import type { NodeIndex } from "../../../runtime/messages.js";
import { VirtualClock } from "../../../runtime/virtual-clock.js";
import type { Canvas } from "./canvases.js";
import { begin, type Game } from "./game.js";
import { type Board, type Turn, take } from "./play.js";
import type { Step } from "./steps.js";

export interface State {
  readonly store: Store;
  readonly game: Game;
  /** Every node that has ever started. */
  readonly started: ReadonlySet<NodeIndex>;
}

const START = 1_000_000;

/** The embedded broker over a store, and its clock. */
export function boardOver(store: Store): Board {
  const clock = store.clock as VirtualClock;
  return {
    broker: createMemoryBroker({ clock, store }),
    async pass() {
      const due = nextDue(store);
      if (due !== undefined) while (clock.step(due));
    },
  };
}

/** A canvas as it was just submitted. */
export async function start(canvas: Canvas): Promise<State> {
  const { game, whole } = begin(canvas, START);
  const store = new Store(new VirtualClock(START));
  const { broker } = boardOver(store);
  await broker.submit([whole]);
  await broker.close();
  return { store, game, started: new Set(nodesInPlay(store)) };
}

/** What a step leads to; the state it starts from stays as it is. */
export async function next({ store, game, started }: State, step: Step): Promise<State & { readonly turn: Turn }> {
  const copy = copyOf(store);
  const board = boardOver(copy);
  const turn = await take(board, game, step);
  await board.broker.close();
  return { store: copy, game: turn.game, turn, started: new Set([...started, ...nodesInPlay(copy)]) };
}

/** The nodes that have started and have not ended: queued, delayed, held or set aside; one that is at two places comes twice. */
export function nodesInPlay(store: Store): NodeIndex[] {
  const held = [...store.held.values()].flatMap((messages) => [...messages.values()]);
  const aside = [...store.aside.values()].filter(({ reason }) => reason !== "poison");
  const texts = [...store.queues.entries(), ...held, ...aside].map(({ text }) => text);
  return [...texts, ...store.delayed.values()].map((text) => readRouting(text).index);
}

/** Another store that holds the same. Timers are not taken along: what has ended stays. */
export function copyOf(store: Store): Store {
  const copy = new Store(new VirtualClock(store.clock.now()));
  for (const { text, queue, priority } of store.queues.entries()) copy.queues.pushBack(text, queue, priority);
  copySchedule(store.delayed, copy.delayed);
  copySchedule(store.expiring, copy.expiring);
  copySchedule(store.opening, copy.opening);
  for (const [worker, held] of store.held) copy.held.set(worker, new Map(held));
  copy.tickets = store.tickets;
  for (const [id, run] of store.runs) copy.runs.set(id, copyRun(run));
  for (const name of ["workers", "results", "aliases", "cancelled", "deliveries", "aside"] as const) {
    for (const [key, value] of store[name]) (copy[name] as Map<string, unknown>).set(key, value);
  }
  return copy;
}

function copySchedule<Value>(from: Schedule<Value>, to: Schedule<Value>): void {
  for (const { key, due, value } of from.entries()) to.set(key, due, value);
}

function copyRun(run: Run): Run {
  const { nodes, outcomes, left, grown, below, callbacks, revoked, expired, aliases, stamps, shapes } = run;
  return {
    ...run,
    shapes: [...shapes],
    nodes: new Map(nodes),
    outcomes: new Map(outcomes),
    left: new Map(left),
    grown: new Map(grown),
    below: new Map(below),
    callbacks: [...callbacks],
    revoked: new Set(revoked),
    expired: new Set(expired),
    aliases: [...aliases],
    stamps: new Set(stamps),
  };
}
