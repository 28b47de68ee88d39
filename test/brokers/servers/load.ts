/** An application and a worker on some broker, with canvases enough to keep both busy. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Broker } from "../../../runtime/broker.js";
import type { Tree } from "../../../runtime/canvas/tree.js";
import { type AsyncResult, createApp } from "../../../runtime/index.js";
import { call, chain, chord, group } from "../../reference/trees.js";
import { contract } from "../../reference/world.js";

type Worker = ReturnType<ReturnType<typeof createApp>["worker"]>;

export interface Load {
  readonly worker: Worker;
  /** Submits so many chords. */
  submit(count: number): Promise<AsyncResult<unknown>[]>;
  stop(): Promise<void>;
}

const MEMBERS = 10;

function sumOfSquares(n: number): Tree {
  const members = Array.from({ length: MEMBERS }, (_, i) => call("square", [n + i]));
  const header = members.map((member, i) => (i % 3 === 0 ? chain(member, call("mark")) : member));
  return chain(chord(header, call("sum")), group(call("mark"), call("mark")));
}

/** What the n-th chord comes to. */
export function wanted(n: number): number[] {
  const sum = Array.from({ length: MEMBERS }, (_, i) => (n + i) ** 2).reduce((a, b) => a + b, 0);
  return [sum, sum];
}

/** Starts both. Leases are short, so that what a fault takes is given back soon. */
export async function startLoad(broker: Broker): Promise<Load> {
  const app = createApp();
  app.configure({ broker });
  for (const name of ["square", "sum", "mark"]) app.declare(contract(name));
  app.register({
    /** Takes a while, so that faults come in the midst of it. */
    square: (n: number) => sleep(n % 5, n * n),
    sum: (values: number[]) => values.reduce((total, value) => total + value, 0),
    mark: (value: unknown) => value,
  });
  const worker = app.worker({ concurrency: 8, lease: "1s", maxDeliveries: 1000 });
  await worker.start();
  return {
    worker,
    submit: (count) => Promise.all(Array.from({ length: count }, (_, n) => app.submit(sumOfSquares(n), []))),
    async stop() {
      await worker.stop();
      await app.close();
      await broker.close();
    },
  };
}
