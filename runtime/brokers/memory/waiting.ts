/** Workers with nothing to do, and the process that must stay up as long as there is something. */
import { ALL_QUEUES } from "../../broker.js";
import { nextDue } from "./ready.js";
import type { Store } from "./store.js";

/** What an idle worker waits with. */
export interface IdleRequest {
  readonly queues: readonly string[];
  readonly ms: number;
  readonly signal: AbortSignal;
}

/** Idle workers, by the queues they wait for. */
export class Waiting {
  readonly #store: Store;
  readonly #wakes = new Set<{ readonly queues: ReadonlySet<string>; readonly wake: () => void }>();

  constructor(store: Store) {
    this.#store = store;
    store.queues.onWork = (queue) => {
      for (const { queues, wake } of this.#wakes) if (queues.has(queue) || queues.has(ALL_QUEUES)) wake();
    };
    for (const schedule of [store.delayed, store.expiring, store.opening]) schedule.onFirst = () => this.wakeAll();
  }

  /** Resolves when one of the queues has work or the next thing that is due has changed, after `ms`, or when `signal` fires. */
  idle({ queues, ms, signal }: IdleRequest): Promise<void> {
    const { queues: ready, clock } = this.#store;
    const hasWork = (queue: string) => !ready.paused.has(queue) && ready.sizeOf(queue) > 0;
    const named = queues.includes(ALL_QUEUES) && ready.size > 0 ? ready.names() : queues;
    if (signal.aborted || named.some(hasWork)) return Promise.resolve();
    // What was delayed since the worker last asked is not among what it knows to be due.
    const due = (nextDue(this.#store) ?? Number.POSITIVE_INFINITY) - clock.now();
    return new Promise((resolve) => {
      const waiter = { queues: new Set(queues), wake };
      const cancel = clock.after(Math.max(0, Math.min(ms, due)), wake);
      const wakes = this.#wakes.add(waiter);
      signal.addEventListener("abort", wake, { once: true });
      function wake(): void {
        wakes.delete(waiter);
        cancel();
        signal.removeEventListener("abort", wake);
        resolve();
      }
    });
  }

  /** Wakes everybody. */
  wakeAll(): void {
    for (const { wake } of this.#wakes) wake();
  }
}

const FOREVER = 2_147_483_647;

/** Keeps the process up while there is work that can still run, and only then. */
export class Liveness {
  #timer: NodeJS.Timeout | undefined;

  update(store: Store): void {
    if (hasWork(store)) this.#timer ??= setInterval(() => {}, FOREVER);
    else this.close();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

function hasWork({ queues, delayed, held }: Store): boolean {
  if (queues.size > 0 || delayed.size > 0) return true;
  for (const messages of held.values()) if (messages.size > 0) return true;
  return false;
}
