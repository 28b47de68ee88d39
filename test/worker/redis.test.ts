import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { currentTask } from "../../runtime/attempt/context.js";
import type { Broker } from "../../runtime/broker.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import type { Tree } from "../../runtime/canvas/tree.js";
import { encode } from "../../runtime/codec/codec.js";
import { newId } from "../../runtime/ids.js";
import { createLogger } from "../../runtime/logger.js";
import type { TaskContract } from "../../runtime/manifest.js";
import { lower } from "../../runtime/plan/plan.js";
import { toSubmission } from "../../runtime/plan/submission.js";
import { readOutcome } from "../../runtime/wire.js";
import { createWorker, type WorkerOptions } from "../../runtime/worker/worker.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { call, chain, chord, contract, type Tasks, told } from "./rig.js";

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

/** A broker of its own under a prefix of its own, with workers. */
function site() {
  const prefix = newId();
  const broker = connectRedisBroker(redis.url, { prefix });
  onTestFinished(() => broker.close());
  const contracts = new Map<string, TaskContract>();
  return {
    broker,
    async serve(tasks: Tasks, options: Partial<WorkerOptions> = {}) {
      for (const name of Object.keys(tasks)) if (!contracts.has(name)) contracts.set(name, contract(name));
      const own = connectRedisBroker(redis.url, { prefix });
      const worker = createWorker({ broker: own, contracts, registry: new Map(Object.entries(tasks)), ...options });
      await worker.start();
      onTestFinished(async () => {
        await worker.stop({ timeout: 0 });
        await own.close();
      });
      return worker;
    },
    async value(tree: Tree) {
      return told(await outcomeOf(broker, contracts, tree));
    },
  };
}

async function outcomeOf(broker: Broker, contracts: ReadonlyMap<string, TaskContract>, tree: Tree) {
  const run = newId();
  let stop = async () => {};
  const text = await new Promise<string>((resolve, reject) => {
    const listen = broker.follow({ client: run }, async ({ kind, ...event }) => {
      if (kind !== "outcome" || !("index" in event)) return;
      const known = "outcome" in event ? event.outcome : undefined;
      resolve(known ?? (await broker.read(run, [event.index]))[0] ?? "");
    });
    listen.then((end) => {
      stop = end;
      const plan = lower(tree, [], { contract: (name) => contracts.get(name), encode, now: Date.now() });
      return broker.submit([toSubmission(plan, { run, reply: run, submitted: Date.now() })]);
    }, reject);
  });
  await stop();
  return readOutcome(text);
}

describe("on Redis", () => {
  test("a chord runs, and its body is given the list", async () => {
    const { serve, value } = site();
    const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
    await serve({ double: (x: number) => 2 * x, sum });
    const header = Array.from({ length: 2_500 }, (_, i) => call("double", [i]));
    expect(await value(chord(header, call("sum")))).toBe(2_500 * 2_499);
  });

  test("a failed attempt is tried again", async () => {
    const { serve, value } = site();
    await serve({
      flaky: () => {
        if (currentTask().attempt < 1) currentTask().retry({ countdown: "20ms" });
        return currentTask().attempt;
      },
    });
    expect(await value(call("flaky", [], { options: { maxRetries: 1 } }))).toBe(1);
  });

  test("a task that blocks the event loop for longer than the lease loses nothing", async () => {
    const { serve, value } = site();
    const runs: number[] = [];
    const block = () => {
      runs.push(Date.now());
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_000);
      return "done";
    };
    const lines: string[] = [];
    const logger = createLogger((level, _, message) => lines.push(`${level} ${message}`));
    const worker = await serve({ block }, { lease: 1_200, logger });
    expect(await value(chain(call("block")))).toBe("done");
    expect(runs.length).toBe(1);
    expect(worker.stats().lost).toBe(0);
    const advice = /^warn .*(on disk|maxmemory)/;
    expect(lines.filter((line) => line.startsWith("warn") && !advice.test(line))).toEqual([]);
  });

  test("a worker outlives an outage, says so once, and loses nothing", async () => {
    const { serve, value } = site();
    const lines: string[] = [];
    const logger = createLogger((level, _, message) => lines.push(`${level} ${message}`), "info");
    await serve({ add: (x: number, y: number) => x + y }, { logger });
    expect(await value(call("add", [1, 2]))).toBe(3);
    await redis.crash();
    await expect.poll(() => lines.filter((line) => line.startsWith("error")).length).toBe(1);
    await redis.start();
    await expect.poll(() => lines.includes("info the broker can be reached again")).toBe(true);
    expect(await value(call("add", [2, 2]))).toBe(4);
    expect(lines.filter((line) => line.startsWith("error")).length).toBe(1);
  });
});
