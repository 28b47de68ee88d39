/** Everything that pages are told of: one look at the broker serves them all, and while no page is open nobody looks. */
import type { Broker, HistorySlot, Overview } from "../../runtime/broker.js";
import { HISTORY_SLOT } from "../../runtime/broker.js";
import { toGlance } from "../inspect/glance.js";
import { Board, type Hear } from "./board.js";
import { Poll } from "./poll.js";
import { RunRows } from "./run-rows.js";
import { RunWatch } from "./run-watch.js";
import type { Parts, Slot } from "./view.js";

/** Between two looks, where they are cheap, ms. */
const PAUSE = 2_000;
const DAY = 86_400_000;
/** How many ended calls a page is told of. */
const RECENT = 200;

export class Hub {
  readonly #broker: () => Promise<Broker>;
  readonly #board = new Board();
  readonly #poll: Poll;
  readonly #rows = new RunRows();
  readonly #watches = new Map<string, RunWatch>();
  /** The history is known up to here; what came later is asked for. */
  #known = 0;

  constructor(broker: () => Promise<Broker>) {
    this.#broker = broker;
    this.#poll = new Poll({
      pause: PAUSE,
      look: () => this.#look(),
      failed: (error) =>
        this.#put("health", { up: false, says: error instanceof Error ? error.message : String(error) }),
    });
  }

  /** Tells everything, and from then on what changes; the reply ends it. */
  join(hear: Hear): () => void {
    const leave = this.#board.join(hear);
    this.#poll.start();
    return () => {
      leave();
      if (this.#board.size === 0) this.#rest();
    };
  }

  #rest(): void {
    this.#poll.stop();
    this.#board.clear();
    this.#known = 0;
  }

  /** Tells of one run as well; the reply ends it. */
  watch(run: string, hear: Hear): () => void {
    const watch = this.#watches.get(run) ?? new RunWatch(run, this.#broker);
    this.#watches.set(run, watch);
    const leave = watch.join(hear);
    return () => {
      leave();
      if (watch.size === 0) this.#watches.delete(run);
    };
  }

  /** Looks at once: somebody has just changed something. */
  hurry(): void {
    this.#poll.hurry();
    for (const watch of this.#watches.values()) watch.hurry();
  }

  /** Looks no more. */
  close(): void {
    this.#poll.stop();
    for (const watch of this.#watches.values()) watch.close();
  }

  async #look(): Promise<void> {
    const broker = await this.#broker();
    const [overview, recent] = await Promise.all([broker.overview(), broker.recent(RECENT)]);
    // Whoever comes next is to be told what is then.
    if (this.#board.size === 0) return;
    const { queues, workers, setAside: records, schedules } = toGlance(overview);
    const { asideCount: count, asideCursor: cursor } = overview;
    const runs = await this.#rows.list(broker, { overview, recent });
    this.#put("queues", queues);
    this.#put("workers", workers);
    this.#put("aside", { count, records, ...(cursor !== undefined && { cursor }) });
    this.#put("schedules", schedules);
    this.#put("recent", recent);
    this.#put("runs", runs);
    await this.#lookBack(broker, overview);
    this.#put("health", { up: true });
  }

  /** The history, and over its last slot what has just been seen: workers look at their own queues only. */
  async #lookBack(broker: Broker, overview: Overview): Promise<void> {
    const now = Date.now();
    const { slots, tasks } = await broker.history(this.#known || now - DAY);
    this.#known = now - 2 * HISTORY_SLOT;
    const current = now - (now % HISTORY_SLOT);
    const seen = Object.fromEntries(overview.queues.map(({ name, ready }) => [name, ready]));
    const last = slots.find(({ at }) => at === current) ?? emptySlot(current);
    const shown = [
      ...slots.filter(({ at }) => at !== current).map(toSlot),
      { ...toSlot(last), ready: { ...toSlot(last).ready, ...seen } },
    ];
    this.#board.putAll(
      "slots",
      shown.map((slot) => [slot.at, slot]),
    );
    this.#board.putAll(
      "tasks",
      tasks.map((task) => [`${task.at} ${task.task}`, task]),
    );
    this.#board.drop("slots", (at) => Number(at) < now - DAY);
    this.#board.drop("tasks", (key) => Number.parseInt(String(key), 10) < now - DAY);
  }

  #put<Part extends keyof Parts>(part: Part, value: Parts[Part]): void {
    this.#board.put(part, value);
  }
}

function emptySlot(at: number): HistorySlot {
  return { at, succeeded: 0, failed: 0, retried: 0, ready: new Map() };
}

function toSlot({ ready, ...counts }: HistorySlot): Slot {
  return { ...counts, ready: Object.fromEntries(ready) };
}
