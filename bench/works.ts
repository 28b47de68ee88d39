/** What is measured: each work turns a contender and its consumer into figures. */
import { readFileSync } from "node:fs";
import type { Redis } from "ioredis";
import type { Contender } from "./contender.js";
import { type ConsumerProcess, startConsumer } from "./process.js";

/** One run of a contender: where its Redis is, both of its sides, and how much is asked of it. */
export interface Stage {
  readonly contender: Contender;
  readonly module: string;
  readonly variant: string | undefined;
  readonly url: string;
  readonly redis: Redis;
  /** What part of the tasks its rates are measured with. */
  readonly share: number;
  /** The largest canvas it is measured with. */
  readonly largest: number;
}

/** One line of the results. Higher is better for a rate, lower for a time or a cost. */
export interface Row {
  readonly name: string;
  readonly unit: "tasks/s" | "ms" | "bytes/task" | "us/task" | "MB";
}

/** What one run is made for: a figure for each of its rows. */
export interface Work {
  readonly rows: readonly Row[];
  /** No consumer takes part, so there is one way only. */
  readonly producerOnly?: true;
  /** Undefined where the contender has no such thing. */
  run(stage: Stage): Promise<readonly number[] | undefined>;
}

/** How much of everything: 1 is the real thing, less is for a look in between. */
const scale = Number(process.env.BENCH_SCALE ?? 1);
const TASKS = 50_000 * scale;
const TRIPS = 1_000 * scale;
const WAITING = 1_000_000 * scale;
const PIECE = 20_000;
/**
 * The same work before that which counts, however little of that there is: no contender is measured while it is being
 * compiled. A chord of 1,000 takes ever less time until V8 has seen some 50,000 members; and until it has seen some thousand
 * trips, its compiler's threads take the cores from one in fifty, whose trips they are. Who is slow has his time.
 */
const WARM_TRIPS = 5_000;
const WARM_TASKS = 20_000;
const WARM_NODES = 50_000;
const WARM_TIME = 5_000;
/** Who sends a million tasks in seconds. */
const QUICK: ReadonlySet<string> = new Set(["tqc", "floor"]);

/** A kind of canvas, as its row is called. */
const CANVASES = {
  chain: (size: string) => `chain of ${size}`,
  pureChain: (size: string) => `chain of ${size}, pure steps`,
  chord: (size: string) => `chord of ${size}`,
  group: (size: string) => `group of ${size}, all read`,
};

export const works: readonly Work[] = [
  {
    ...one({ name: "submit", unit: "tasks/s" }, (stage) => submitting(stage, stage.contender.submit)),
    producerOnly: true,
  },
  {
    ...one({ name: "submit, single calls", unit: "tasks/s" }, (stage) =>
      submitting(stage, stage.contender.submitSingly),
    ),
    producerOnly: true,
  },
  one({ name: "drain, one process", unit: "tasks/s" }, (stage) => draining(stage, stage.contender.submit)),
  one({ name: "drain, results ignored", unit: "tasks/s" }, (stage) => draining(stage, stage.contender.submitIgnored)),
  one({ name: "submit and drain together", unit: "tasks/s" }, together),
  {
    rows: [
      { name: "one task, awaited: p50", unit: "ms" },
      { name: "one task, awaited: p99", unit: "ms" },
    ],
    run: trips,
  },
  canvas("chain", 100),
  canvas("chain", 1_000),
  canvas("pureChain", 100),
  canvas("pureChain", 1_000),
  canvas("chord", 1_000),
  canvas("chord", 10_000),
  canvas("group", 10_000),
  {
    rows: [
      { name: "bytes into Redis", unit: "bytes/task" },
      { name: "Redis processor time", unit: "us/task" },
    ],
    run: costs,
  },
  one({ name: "a worker's memory, nothing else waits", unit: "MB" }, (stage) => memory(stage, 0)),
  one({ name: `a worker's memory, ${WAITING.toLocaleString("en-US")} tasks wait`, unit: "MB" }, (stage) =>
    memory(stage, WAITING),
  ),
];

function one(row: Row, run: (stage: Stage) => Promise<number | undefined>): Work {
  return {
    rows: [row],
    async run(stage) {
      const figure = await run(stage);
      return figure === undefined ? undefined : [figure];
    },
  };
}

/** Who makes no difference between steps that only compute and others makes the same chain of both. */
function canvas(kind: keyof typeof CANVASES, size: number): Work {
  const name = CANVASES[kind](size.toLocaleString("en-US"));
  return one({ name, unit: "ms" }, (stage) => {
    const { contender } = stage;
    return timed(stage, contender[kind] ?? (kind === "pureChain" ? contender.chain : undefined), size);
  });
}

type Send = ((count: number) => Promise<void>) | undefined;

async function submitting({ contender, redis, share }: Stage, submit: Send): Promise<number | undefined> {
  if (!submit) return undefined;
  await redis.flushall();
  await submit.call(contender, WARM_TASKS * share);
  const start = performance.now();
  await submit.call(contender, TASKS * share);
  return (TASKS * share) / ((performance.now() - start) / 1_000);
}

async function draining(stage: Stage, submit: Send): Promise<number | undefined> {
  if (!submit) return undefined;
  const [tasks, warm] = [TASKS * stage.share, WARM_TASKS * stage.share];
  await stage.redis.flushall();
  await submit.call(stage.contender, warm + tasks);
  return withConsumer(stage, async (consumer) => tasks / ((await consumer.expect(tasks, warm)) / 1_000));
}

/** Resident memory of a worker that has worked for a while. Others would take minutes to submit so many. */
async function memory(stage: Stage, waiting: number): Promise<number | undefined> {
  if (!QUICK.has(stage.module)) return undefined;
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
  const tasks = TASKS * stage.share;
  await stage.redis.flushall();
  return withConsumer(stage, async (consumer) => {
    await warm(stage, consumer);
    const start = performance.now();
    const done = consumer.expect(tasks);
    await stage.contender.submit(tasks);
    await done;
    return tasks / ((performance.now() - start) / 1_000);
  });
}

async function trips(stage: Stage): Promise<readonly number[]> {
  await stage.redis.flushall();
  return withConsumer(stage, async (consumer) => {
    await warm(stage, consumer);
    const begun = performance.now();
    for (let i = 0; i < WARM_TRIPS && performance.now() - begun < WARM_TIME; i++) await stage.contender.roundTrip();
    const times: number[] = [];
    for (let i = 0; i < TRIPS; i++) {
      const start = performance.now();
      await stage.contender.roundTrip();
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    return [0.5, 0.99].map((quantile) => times[Math.floor(TRIPS * quantile)] ?? Number.NaN);
  });
}

async function timed(stage: Stage, work: Send, size: number): Promise<number | undefined> {
  if (!work || size > stage.largest) return undefined;
  await stage.redis.flushall();
  return withConsumer(stage, async (consumer) => {
    await warm(stage, consumer);
    const begun = performance.now();
    for (let nodes = 0; nodes < WARM_NODES && performance.now() - begun < WARM_TIME; nodes += size) {
      await work.call(stage.contender, size);
    }
    const start = performance.now();
    await work.call(stage.contender, size);
    return performance.now() - start;
  });
}

async function costs(stage: Stage): Promise<readonly number[]> {
  const tasks = TASKS * stage.share;
  await stage.redis.flushall();
  const before = await readCosts(stage.redis);
  await stage.contender.submit(tasks);
  await withConsumer(stage, (consumer) => consumer.expect(tasks));
  const after = await readCosts(stage.redis);
  return after.map((cost, i) => (cost - (before[i] ?? 0)) / tasks);
}

/** Bytes that came in, and microseconds of the main thread. */
async function readCosts(redis: Redis): Promise<readonly number[]> {
  const info = await redis.info();
  const field = (name: string) => Number(new RegExp(`^${name}:(.*)$`, "m").exec(info)?.[1] ?? 0);
  const seconds = field("used_cpu_user_main_thread") + field("used_cpu_sys_main_thread");
  return [field("total_net_input_bytes"), seconds * 1_000_000];
}

async function warm({ contender, share }: Stage, consumer: ConsumerProcess): Promise<void> {
  const done = consumer.expect(WARM_TASKS * share);
  await contender.submit(WARM_TASKS * share);
  await done;
}

async function withConsumer<T>(stage: Stage, use: (consumer: ConsumerProcess) => Promise<T>): Promise<T> {
  const consumer = await startConsumer(stage);
  try {
    return await use(consumer);
  } finally {
    await consumer.stop();
  }
}
