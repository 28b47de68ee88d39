/** `tqc/testing`: an application on a broker of its own in this process, with a worker, and a clock that a test moves. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Broker } from "./broker.js";
import { createMemoryBroker } from "./brokers/memory/index.js";
import type { App } from "./client/client.js";
import { toMilliseconds } from "./duration.js";
import type { Duration } from "./manifest.js";
import type { ArgumentsOf, StandIn, Testable } from "./testing/builders.js";
import { type Call, Cast } from "./testing/cast.js";
import { Crew } from "./testing/crew.js";
import type { Moment } from "./testing/fates.js";
import { quieting } from "./testing/quiet.js";
import { seeded } from "./testing/seeded.js";
import { type Spy, spyOn } from "./testing/spy.js";
import { VirtualClock } from "./virtual-clock.js";
import type { Worker, WorkerSettings } from "./worker/worker.js";

export type { ArgumentsOf, StandIn, Testable } from "./testing/builders.js";
export type { Call } from "./testing/cast.js";
export type { Moment } from "./testing/fates.js";
export { type ExpectedFailure, matchers, type TaskMatchers } from "./testing/matchers.js";
export type { Spy } from "./testing/spy.js";

/** What a test may decide about its application. */
export interface TestOptions {
  /** When the clock starts. Default: 1 January 2000, UTC. */
  readonly now?: Date;
  /** How the worker runs. */
  readonly worker?: WorkerSettings;
  /** Draws the order in which ready tasks are claimed: another seed, another order. Default: first come, first served. */
  readonly seed?: number;
  /** How long, in real time, a task that waits for the outside world is waited for. Default "100ms". */
  readonly patience?: Duration;
}

/** How a worker is to die. */
export interface CrashOptions {
  /** The moment: the task was claimed, its function has run, or its outcome was recorded. */
  readonly after: Moment;
  /** How many workers in a row. Default 1. */
  readonly times?: number;
}

/** An application under test. */
export interface TestApp extends AsyncDisposable {
  readonly app: App;
  /** For a look at what is stored. */
  readonly broker: Broker;
  /** The worker that serves now. */
  readonly worker: Worker;
  /** How many workers have crashed so far. */
  readonly crashes: number;
  /** What time it is for countdowns, retries, time limits and expiry. */
  now(): Date;
  /** Lets time pass, and whatever falls due meanwhile run. */
  advance(duration: Duration): Promise<void>;
  /** Resolves once nothing is left to do at the present time; a task that waits for the test itself is left waiting. */
  settle(): Promise<void>;
  /** Has `implementation` run in the task's place from now on. */
  stub<Builder extends Testable>(task: Builder, implementation: StandIn<Builder>): void;
  /** The worker that comes to this moment with this task dies there; another takes over all it held. */
  crash(task: Testable, options: CrashOptions): void;
  /** The arguments a task was called with, in order; every attempt is a call. Without a task: the calls of all. */
  calls(): readonly Call[];
  calls<Builder extends Testable>(task: Builder): readonly ArgumentsOf<Builder>[];
  /** The same for `expect(...).toHaveBeenCalledWith(...)` and its like. */
  spy<Builder extends Testable>(task: Builder): Spy<ArgumentsOf<Builder>>;
  /** Stops the worker and closes the application. `await using` does so by itself. */
  close(): Promise<void>;
}

const Y2K = Date.UTC(2000, 0, 1);

/** Puts an application on an embedded broker of its own, and starts a worker there. One at a time for each application. */
export async function testApp(app: App, options: TestOptions = {}): Promise<TestApp> {
  const clock = new VirtualClock((options.now ?? new Date(Y2K)).getTime());
  const broker = createMemoryBroker({ clock, ...(options.seed !== undefined && { draw: seeded(options.seed) }) });
  await app.close();
  app.configure({ broker, clock });
  const cast = new Cast(app);
  const crew = new Crew({ app, broker, clock, cast, settings: options.worker ?? {} });
  await crew.start();
  const settle = quieting({ broker, cast, crew, patience: toMilliseconds(options.patience ?? "100ms") });
  return new Stage({ app, broker, clock, cast, crew, settle });
}

interface StageParts {
  readonly app: App;
  readonly broker: Broker;
  readonly clock: VirtualClock;
  readonly cast: Cast;
  readonly crew: Crew;
  settle(): Promise<void>;
}

class Stage implements TestApp {
  readonly app: App;
  readonly broker: Broker;
  readonly settle: () => Promise<void>;
  readonly #clock: VirtualClock;
  readonly #cast: Cast;
  readonly #crew: Crew;

  constructor({ app, broker, clock, cast, crew, settle }: StageParts) {
    this.app = app;
    this.broker = broker;
    this.settle = settle;
    this.#clock = clock;
    this.#cast = cast;
    this.#crew = crew;
  }

  get worker(): Worker {
    return this.#crew.worker;
  }

  get crashes(): number {
    return this.#crew.deaths;
  }

  now(): Date {
    return new Date(this.#clock.now());
  }

  async advance(duration: Duration): Promise<void> {
    const until = this.#clock.now() + toMilliseconds(duration);
    await this.settle();
    while (this.#clock.step(until)) await this.settle();
  }

  stub<Builder extends Testable>(task: Builder, implementation: StandIn<Builder>): void {
    this.#cast.play(task.taskName, implementation);
  }

  crash({ taskName: task }: Testable, { after, times = 1 }: CrashOptions): void {
    this.#crew.fates.add({ task, after, times });
  }

  calls(): readonly Call[];
  calls<Builder extends Testable>(task: Builder): readonly ArgumentsOf<Builder>[];
  calls(task?: Testable): readonly unknown[] {
    return task ? this.spy(task).mock.calls : [...this.#cast.calls];
  }

  spy<Builder extends Testable>({ taskName }: Builder): Spy<ArgumentsOf<Builder>> {
    return spyOn(taskName, () => this.#cast.calls);
  }

  async close(): Promise<void> {
    await this.#endAtOnce(this.#crew.stop());
    await this.app.close();
    await this.broker.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** A worker gives back what does not end, once its time is up: which is now, if somebody says so. */
  async #endAtOnce(stopping: Promise<void>): Promise<void> {
    let isOver = false;
    const over = stopping.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await nextTurn();
      this.#clock.step(this.#clock.now());
    }
    return over;
  }
}
