/**
 * The embedded broker: the same verbs over Maps and a clock, with the same texts, for tests, demos and development
 * without a server. What it holds is gone with the process.
 */
import type { Broker, Claim, Source } from "../../broker.js";
import { type Clock, systemClock } from "../../clock.js";
import { BrokerUnavailableError } from "../../errors.js";
import type { MessageText } from "../../messages.js";
import { cancel, closeOpen, expire, forget } from "./cancel.js";
import { exchange } from "./exchange.js";
import { extend, leave, reap, recall } from "./leases.js";
import { asidePage, census, inspect, locate, missing, overview, read, resolve } from "./reading.js";
import { promoteDue } from "./ready.js";
import { type Listener, Store } from "./store.js";
import { submitOne } from "./submit.js";
import { throttle } from "./throttle.js";
import { Liveness, Waiting } from "./waiting.js";

/** What an embedded broker may be told. */
export interface MemoryOptions {
  /** With a virtual one, a test can skip a year. */
  readonly clock?: Clock;
  /** Draws a number from 0 to `count`, exclusive: which of the ready calls is claimed next. Default: the oldest. */
  readonly draw?: (count: number) => number;
  /** What it holds at first. Default: nothing. */
  readonly store?: Store;
}

/** A broker inside this process. */
export function createMemoryBroker(options: MemoryOptions = {}): Broker {
  const store = options.store ?? new Store(options.clock ?? systemClock);
  store.queues.draw = options.draw;
  const waiting = new Waiting(store);
  const liveness = new Liveness();
  const lease = leasing(store);
  let closed = false;

  /** Runs one verb to its end; what it changed decides whether the process must stay up. */
  async function verb<Reply>(run: () => Reply): Promise<Reply> {
    if (closed)
      throw new BrokerUnavailableError("the broker memory:// has been closed; configure the app anew to go on");
    const reply = run();
    store.queues.flush();
    liveness.update(store);
    return reply;
  }

  return {
    embedded: true,

    submit: (submissions) => verb(() => submissions.map((submission) => submitOne(store, submission))),
    cancel: (target) => verb(() => cancel(store, target)),
    forget: (run) => verb(() => forget(store, run)),
    async pause(queue, paused) {
      const told = await verb(() => pause(store, queue, paused));
      waiting.wakeAll();
      return told;
    },

    exchange: (request) => verb(() => exchange(store, request, lease)),
    extend: (worker, ms, work) => verb(() => extend(store, worker, ms, work)),
    leave: (worker, work) => verb(() => leave(store, worker, work)),
    promote: (limit) => verb(() => expire(store, limit) + closeOpen(store, limit) + promoteDue(store, limit)),
    reap: (maxDeliveries, limit) => verb(() => reap(store, maxDeliveries, limit)),
    recall: (request) => verb(() => recall(store, request, lease)),
    reserve: (run, count) => verb(() => reserve(store, run, count)),
    report: (run, index, text) => verb(() => report(store, { run, index, text })),
    throttle: (task, rate) => verb(() => throttle(store, task, rate)),
    idle: (request) => (closed ? Promise.resolve() : waiting.idle(request)),

    inspect: (run) => verb(() => inspect(store, run)),
    read: (run, nodes) => verb(() => read(store, run, nodes)),
    resolve: (id) => verb(() => resolve(store, id)),
    stamped: (stamp) => verb(() => [...(store.stamps.get(stamp)?.values() ?? [])]),
    follow: (source, listener) => verb(() => follow(store, channelOf(source), listener)),
    locate: (run, index) => verb(() => locate(store, run, index)),
    missing: (runs) => verb(() => missing(store, runs)),
    census: (limit) => verb(() => census(store, limit)),
    overview: () => verb(() => overview(store)),
    aside: (page) => verb(() => asidePage(store, page)),
    history: (since) => verb(() => store.chronicle.history(since)),
    recent: (limit) => verb(() => store.chronicle.recent(limit)),

    async close() {
      closed = true;
      liveness.close();
      waiting.wakeAll();
    },
  };
}

/** Each message that is handed out gets a ticket no other has had. */
function leasing(store: Store): (worker: string, text: MessageText) => Claim {
  return (worker, text) => {
    store.tickets += 1;
    const since = store.clock.now();
    const ticket = `${since}-${store.tickets}`;
    const held = store.held.get(worker) ?? new Map();
    store.held.set(worker, held.set(ticket, { text, since }));
    return { ticket, text };
  };
}

function reserve(store: Store, id: string, count: number): number {
  const run = store.runs.get(id);
  if (!run) return 1;
  const first = run.next;
  run.next += count;
  return first;
}

function pause({ queues }: Store, queue: string, paused: boolean): "ok" | "same" {
  if (queues.paused.has(queue) === paused) return "same";
  if (paused) queues.paused.add(queue);
  else queues.paused.delete(queue);
  return "ok";
}

function report(
  store: Store,
  { run, index, text }: { readonly run: string; readonly index: number; readonly text: string },
): void {
  const progress = store.progress.get(run) ?? new Map<number, string>();
  store.progress.set(run, progress.set(index, text));
  store.tell(`follow:${run}`, { kind: "progress", run, index, text });
}

function channelOf(source: Source): string {
  if ("run" in source) return `follow:${source.run}`;
  return "client" in source ? `reply:${source.client}` : `worker:${source.worker}`;
}

function follow(store: Store, channel: string, listener: Listener): () => Promise<void> {
  const listeners = store.listeners.get(channel) ?? new Set<Listener>();
  const own: Listener = (event) => listener(event);
  store.listeners.set(channel, listeners.add(own));
  return async () => {
    listeners.delete(own);
    if (listeners.size === 0 && store.listeners.get(channel) === listeners) store.listeners.delete(channel);
  };
}
