/** What is measured: each work turns a contender and its consumer into figures. */
import type { Redis } from "ioredis";
import type { Contender } from "./contender.js";
import { type ConsumerProcess, startConsumer } from "./process.js";

/** One run of a contender: where its Redis is, both of its sides, and how to start afresh. */
export interface Stage {
  readonly contender: Contender;
  readonly module: string;
  readonly url: string;
  readonly redis: Redis;
}

/** A figure of one run. Higher is better for a rate, lower for a time or a cost. */
export interface Work {
  readonly name: string;
  readonly unit: "tasks/s" | "ms" | "bytes/task" | "us/task";
  /** Undefined where the contender has no such thing. */
  run(stage: Stage): Promise<number | undefined>;
}

const SUBMITTED = 50_000;
const DRAINED = 50_000;
const TRIPS = 1_000;

export const works: readonly Work[] = [
  { name: "submit", unit: "tasks/s", run: (stage) => submitting(stage, (count) => stage.contender.submit(count)) },
  {
    name: "submit, single calls",
    unit: "tasks/s",
    run: async (stage) => {
      const { submitSingly } = stage.contender;
      return submitSingly && submitting(stage, (count) => submitSingly.call(stage.contender, count));
    },
  },
  { name: "drain, one process", unit: "tasks/s", run: draining },
  { name: "submit and drain together", unit: "tasks/s", run: together },
  { name: "one task, awaited: p50", unit: "ms", run: (stage) => trips(stage, 0.5) },
  { name: "one task, awaited: p99", unit: "ms", run: (stage) => trips(stage, 0.99) },
  { name: "chain of 100", unit: "ms", run: (stage) => timed(stage, stage.contender.chain, 100) },
  { name: "chain of 1,000", unit: "ms", run: (stage) => timed(stage, stage.contender.chain, 1_000) },
  { name: "chord of 1,000", unit: "ms", run: (stage) => timed(stage, stage.contender.chord, 1_000) },
  { name: "chord of 10,000", unit: "ms", run: (stage) => timed(stage, stage.contender.chord, 10_000) },
  { name: "group of 10,000, all read", unit: "ms", run: (stage) => timed(stage, stage.contender.group, 10_000) },
  { name: "bytes into Redis", unit: "bytes/task", run: (stage) => costs(stage, "bytes") },
  { name: "Redis processor time", unit: "us/task", run: (stage) => costs(stage, "cpu") },
];

async function submitting({ redis }: Stage, submit: (count: number) => Promise<void>): Promise<number> {
  await redis.flushall();
  await submit(2_000);
  const start = performance.now();
  await submit(SUBMITTED);
  return SUBMITTED / ((performance.now() - start) / 1_000);
}

async function draining(stage: Stage): Promise<number> {
  await stage.redis.flushall();
  await stage.contender.submit(DRAINED);
  return withConsumer(stage, async (consumer) => DRAINED / ((await consumer.expect(DRAINED)) / 1_000));
}

async function together(stage: Stage): Promise<number> {
  await stage.redis.flushall();
  return withConsumer(stage, async (consumer) => {
    await warm(stage, consumer);
    const start = performance.now();
    const done = consumer.expect(DRAINED);
    await stage.contender.submit(DRAINED);
    await done;
    return DRAINED / ((performance.now() - start) / 1_000);
  });
}

async function trips(stage: Stage, quantile: number): Promise<number> {
  await stage.redis.flushall();
  return withConsumer(stage, async (consumer) => {
    await warm(stage, consumer);
    const times: number[] = [];
    for (let i = 0; i < TRIPS; i++) {
      const start = performance.now();
      await stage.contender.roundTrip();
      times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b)[Math.floor(TRIPS * quantile)];
  }) as Promise<number>;
}

async function timed(stage: Stage, work: ((size: number) => Promise<void>) | undefined, size: number): Promise<number | undefined> {
  if (!work) return undefined;
  await stage.redis.flushall();
  return withConsumer(stage, async (consumer) => {
    await warm(stage, consumer);
    await work.call(stage.contender, 10);
    const start = performance.now();
    await work.call(stage.contender, size);
    return performance.now() - start;
  });
}

async function costs(stage: Stage, what: "bytes" | "cpu"): Promise<number> {
  await stage.redis.flushall();
  const before = await readCosts(stage.redis);
  await stage.contender.submit(DRAINED);
  await withConsumer(stage, (consumer) => consumer.expect(DRAINED));
  const after = await readCosts(stage.redis);
  return (after[what] - before[what]) / DRAINED;
}

async function readCosts(redis: Redis): Promise<{ readonly bytes: number; readonly cpu: number }> {
  const info = await redis.info();
  const field = (name: string) => Number(new RegExp(`^${name}:(.*)$`, "m").exec(info)?.[1] ?? 0);
  return {
    bytes: field("total_net_input_bytes"),
    cpu: (field("used_cpu_user_main_thread") + field("used_cpu_sys_main_thread")) * 1_000_000,
  };
}

async function warm({ contender }: Stage, consumer: ConsumerProcess): Promise<void> {
  const done = consumer.expect(2_000);
  await contender.submit(2_000);
  await done;
}

async function withConsumer<T>({ module, url }: Stage, use: (consumer: ConsumerProcess) => Promise<T>): Promise<T> {
  const consumer = await startConsumer(module, url);
  try {
    return await use(consumer);
  } finally {
    await consumer.stop();
  }
}
