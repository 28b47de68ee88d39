/** `tqc/testing`: an application on a broker of its own in this process, with a worker, and a clock that a test moves. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Broker } from "./broker.js";
import { createMemoryBroker } from "./brokers/memory/index.js";
import type { App } from "./client.js";
import { toMilliseconds } from "./duration.js";
import type { Duration } from "./manifest.js";
import { VirtualClock } from "./virtual-clock.js";
import type { Worker, WorkerSettings } from "./worker.js";

/** What a test may decide about its application. */
export interface TestOptions {
  /** When the clock starts. Default: 1 January 2000, UTC. */
  readonly now?: Date;
  /** How the worker runs. */
  readonly worker?: WorkerSettings;
}

/** An application under test. */
export interface TestApp {
  readonly app: App;
  /** For a look at what is stored. */
  readonly broker: Broker;
  readonly worker: Worker;
  /** What time it is for countdowns, retries, time limits and expiry. */
  now(): Date;
  /** Lets time pass, and whatever falls due meanwhile run. */
  advance(duration: Duration): Promise<void>;
  /** Resolves once nothing is left to do at the present time; a task that waits for the test itself is left waiting. */
  settle(): Promise<void>;
  /** Stops the worker and closes the application. `await using` does so by itself. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const Y2K = Date.UTC(2000, 0, 1);

/** Puts an application whose registry is imported on an embedded broker, and starts a worker there. */
export async function testApp(app: App, options: TestOptions = {}): Promise<TestApp> {
  const clock = new VirtualClock((options.now ?? new Date(Y2K)).getTime());
  const broker = createMemoryBroker({ clock });
  await app.close();
  app.configure({ broker, clock });
  const worker = app.worker({ ...options.worker, embedded: true });
  await worker.start();
  const settle = () => quiet(broker, worker);
  const close = async () => {
    await worker.stop();
    await app.close();
    await broker.close();
  };
  return {
    app,
    broker,
    worker,
    now: () => new Date(clock.now()),
    async advance(duration) {
      const until = clock.now() + toMilliseconds(duration);
      await settle();
      while (clock.step(until)) await settle();
      await settle();
    },
    settle,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Turns of the event loop that a worker may need to take up what has become ready, or to tell what has ended. */
const TURNS = 5;
/** A task that is still running after so many waits for something else than the event loop. */
const PATIENCE = 200;

async function quiet(broker: Broker, worker: Worker): Promise<void> {
  let still = 0;
  for (let turn = 0; turn < PATIENCE && still < TURNS; turn++) {
    await nextTurn();
    const { queues } = await broker.overview();
    const isBusy = worker.stats().running > 0 || queues.some(({ ready }) => ready > 0);
    still = isBusy ? 0 : still + 1;
  }
}
