/** What is measured: each work turns a contender and its consumer into figures. */
import { readFileSync } from "node:fs";
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
  readonly unit: "tasks/s" | "ms" | "bytes/task" | "us/task" | "MB";
  /** Undefined where the contender has no such thing. */
  run(stage: Stage): Promise<number | undefined>;
}

/** How much of everything: 1 is the real thing, less is for a look in between. */
const scale = Number(process.env.BENCH_SCALE ?? 1);
const TASKS = 50_000 * scale;
const TRIPS = 1_000 * scale;
const WAITING = 1_000_000 * scale;
const PIECE = 20_000;
/** Small canvases before the one that counts: no contender is measured while it is being compiled. */
const WARM_RUNS = 5;
const WARM_TASKS = 5_000;

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
  { name: "drain, one process", unit: "tasks/s", run: (stage) => draining(stage, stage.contender.submit) },
  { name: "drain, results ignored", unit: "tasks/s", run: (stage) => draining(stage, stage.contender.submitIgnored) },
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
  { name: "a worker's memory, nothing else waits", unit: "MB", run: (stage) => memory(stage, 0) },
  {
    name: `a worker's memory, ${WAITING.toLocaleString("en-US")} tasks wait`,
    unit: "MB",
    run: (stage) => memory(stage, WAITING),
  },
];

async function submitting({ redis }: Stage, submit: (count: number) => Promise<void>): Promise<number> {
  await redis.flushall();
  await submit(WARM_TASKS);
  const start = performance.now();
  await submit(TASKS);
  return TASKS / ((performance.now() - start) / 1_000);
}

async function draining(stage: Stage, submit: Contender["submitIgnored"]): Promise<number | undefined> {
  if (!submit) return undefined;
  await stage.redis.flushall();
  await submit.call(stage.contender, WARM_TASKS + TASKS);
  return withConsumer(stage, async (consumer) => TASKS / ((await consumer.expect(TASKS, WARM_TASKS)) / 1_000));
}

/** Resident memory of a worker that has worked for a while. BullMQ would take minutes to submit so many. */
async function memory(stage: Stage, waiting: number): Promise<number | undefined> {
  if (stage.module === "bullmq") return undefined;
  await stage.redis.flushall();
  for (let sent = 0; sent < waiting + PIECE; sent += PIECE) await stage.contender.submit(PIECE);
  return withConsumer(stage, async (consumer) => {
    await consumer.expect(PIECE);
    return residentBytes(consumer.pid) / 1_000_000;
  });
}

function residentBytes(pid: number): number {
  const [, pages = "0"] = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ");
  return Number(pages) * 4_096;
}

async function together(stage: Stage): Promise<number> {
  await stage.redis.flushall();
  return withConsumer(stage, async (consumer) => {
    await warm(stage, consumer);
    const start = performance.now();
    const done = consumer.expect(TASKS);
    await stage.contender.submit(TASKS);
    await done;
    return TASKS / ((performance.now() - start) / 1_000);
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

async function timed(
  stage: Stage,
  work: ((size: number) => Promise<void>) | undefined,
  size: number,
): Promise<number | undefined> {
  if (!work) return undefined;
  await stage.redis.flushall();
  return withConsumer(stage, async (consumer) => {
    await warm(stage, consumer);
    for (let i = 0; i < WARM_RUNS; i++) await work.call(stage.contender, 100);
    const start = performance.now();
    await work.call(stage.contender, size);
    return performance.now() - start;
  });
}

async function costs(stage: Stage, what: "bytes" | "cpu"): Promise<number> {
  await stage.redis.flushall();
  const before = await readCosts(stage.redis);
  await stage.contender.submit(TASKS);
  await withConsumer(stage, (consumer) => consumer.expect(TASKS));
  const after = await readCosts(stage.redis);
  return (after[what] - before[what]) / TASKS;
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
  const done = consumer.expect(WARM_TASKS);
  await contender.submit(WARM_TASKS);
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
