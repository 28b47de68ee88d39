/** What a worker is made of, and how it shows itself. */

import type { Implementation } from "../attempt/known.js";
import type { Broker } from "../broker.js";
import type { Clock } from "../clock.js";
import type { Logger } from "../logger.js";
import type { Duration, TaskContract } from "../manifest.js";
import type { KeyRing } from "../signing.js";
import type { Tracer } from "../tracer.js";
import type { Heartbeat } from "./heartbeat.js";

/** What a user may decide about a worker. */
export interface WorkerSettings {
  /** How many tasks run at once. Default 10. */
  readonly concurrency?: number;
  /** The queues it serves, best first. Default: those of its tasks, and "default". */
  readonly queues?: readonly string[];
  /** What it is called in logs and `tqc inspect`. Default "hostname:pid". */
  readonly name?: string;
  /** How long its work stays its own without a sign of life. Default "30s". */
  readonly lease?: Duration;
  /** How often a task is delivered to workers that die under it. Default 3. */
  readonly maxDeliveries?: number;
  /** Default: silent. */
  readonly logger?: Logger;
  /** How long `stop` lets running tasks finish. Default "25s". */
  readonly shutdownTimeout?: Duration;
  /** After this many tasks it drains and ends, for a supervisor to start it anew. Default: never. */
  readonly maxTasks?: number;
  /** Above this resident memory, in bytes, it drains and ends. Default: never. */
  readonly maxMemory?: number;
  /** How many threads run the tasks with `thread: true`. Default: as many as there are processors. 0: they run on the event loop. */
  readonly threads?: number;
  /** Whether results are checked against their declared types. Default: outside production. */
  readonly validateResults?: boolean;
}

/** What an application adds: where the work is, and what can run it. */
export interface WorkerOptions extends WorkerSettings {
  readonly broker: Broker;
  /** The tasks' functions by name. It may grow while the worker runs. */
  readonly registry: ReadonlyMap<string, Implementation>;
  /** The tasks' contracts by name. A function without one runs unchecked, with the default options. */
  readonly contracts: ReadonlyMap<string, TaskContract>;
  /** Signs and verifies messages: what it does not verify is set aside. Default: nothing is signed, and all runs. */
  readonly ring?: KeyRing | undefined;
  /** Makes a span of each attempt. Default: nobody traces. */
  readonly tracer?: Tracer | undefined;
  /** The URLs of the modules that registered the functions, by task: what a thread loads. Default: no task runs in a thread. */
  readonly modules?: ReadonlyMap<string, string>;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /**
   * Where the broker lives in this process, nothing is polled, no sign of life is needed, a virtual clock can skip a year,
   * and all queues are served by default. Default: what the broker says of itself.
   */
  readonly embedded?: boolean;
  /** What keeps the lease alive. Default: a thread of its own where the broker has a URL, else a timer. */
  readonly heartbeat?: Heartbeat;
}

/** Where a worker is in its life. */
export type WorkerState = "new" | "serving" | "draining" | "stopped";

/** What a worker has done so far. */
export interface WorkerStats {
  readonly id: string;
  readonly state: WorkerState;
  /** The names of the tasks it can run. */
  readonly tasks: readonly string[];
  readonly queues: readonly string[];
  readonly concurrency: number;
  readonly running: number;
  /** Attempts by how they ended. */
  readonly succeeded: number;
  readonly failed: number;
  readonly revoked: number;
  readonly retried: number;
  readonly replaced: number;
  readonly released: number;
  readonly setAside: number;
  /** Outcomes that came too late: others had been given the work. */
  readonly lost: number;
  /** When the broker last answered, ms since the epoch. */
  readonly lastFetch: number | undefined;
}

/** Runs tasks until it is told to stop. */
export interface Worker {
  readonly id: string;
  /** Resolves when it is serving. */
  start(): Promise<void>;
  /** Drains: claims no more, finishes what runs, gives back what it cannot finish in time, and leaves. */
  stop(options?: { readonly timeout?: Duration }): Promise<void>;
  /** Resolves when it has left, for whatever reason. */
  readonly ended: Promise<void>;
  stats(): WorkerStats;
}
