/** What workers tell of their work, on both brokers. */
import type { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Broker, EndedCall, TaskCounts, WorkerCard, WorkReport } from "../../runtime/broker.js";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { openClient } from "../setup/client.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { lone } from "./texts.js";

let redis: RedisServer;
let admin: Redis;
beforeAll(async () => {
  redis = await startRedis();
  admin = openClient(redis.url);
});
afterAll(async () => {
  admin.disconnect();
  await redis.stop();
});

const card = (id: string): WorkerCard => ({
  id,
  host: "h",
  pid: 1,
  queues: ["default", "mail"],
  concurrency: 1,
  started: 1,
  tasks: ["t"],
});

const counts = (succeeded: number, failed = 0, retried = 0): TaskCounts => ({ succeeded, failed, retried });

function told(tasks: Readonly<Record<string, TaskCounts>>, ended: readonly EndedCall[] = []): WorkReport {
  return { counts: new Map(Object.entries(tasks)), ended };
}

const ended = (id: string, finished: number, parts: Partial<EndedCall> = {}): EndedCall => ({
  id,
  run: id,
  index: 0,
  task: "t",
  state: "SUCCESS",
  submitted: 1,
  finished,
  ...parts,
});

const DAY_BEFORE = () => Date.now() - 86_400_000;

/** All slots in one, since a test may run across the end of a slot. */
async function total(broker: Broker): Promise<TaskCounts> {
  const { slots } = await broker.history(DAY_BEFORE());
  return slots.reduce(
    (sum, slot) => counts(sum.succeeded + slot.succeeded, sum.failed + slot.failed, sum.retried + slot.retried),
    counts(0),
  );
}

const brokers: readonly (readonly [string, () => Promise<Broker>])[] = [
  ["memory", async () => createMemoryBroker()],
  [
    "Redis",
    async () => {
      await admin.flushall();
      return connectRedisBroker(redis.url);
    },
  ],
  [
    "Redis in partitions",
    async () => {
      await admin.flushall();
      return connectRedisBroker(redis.url, { partitions: 3 });
    },
  ],
];

describe.each(brokers)("what workers tell of their work, on %s", (_, open) => {
  let broker: Broker;
  const begin = async () => {
    broker = await open();
    await broker.extend(card("w"), 30_000, told({}));
    return broker;
  };
  afterEach(() => broker.close());

  test("is added to the history, by slot and by task", async () => {
    await begin();
    await broker.extend(card("w"), 30_000, told({ a: counts(2, 1), b: counts(0, 0, 3) }));
    await broker.extend(card("w"), 30_000, told({ a: counts(5, 1), b: counts(0, 0, 3) }));
    expect(await total(broker)).toEqual(counts(5, 1, 3));
    const { tasks, slots } = await broker.history(DAY_BEFORE());
    expect(tasks.map(({ at, ...rest }) => rest).sort((x, y) => (x.task < y.task ? -1 : 1))).toEqual([
      { task: "a", ...counts(5, 1) },
      { task: "b", ...counts(0, 0, 3) },
    ]);
    expect(slots.every(({ at }) => at % 30_000 === 0)).toBe(true);
  });

  test("counts once, however often it is told", async () => {
    await begin();
    for (let i = 0; i < 3; i++) await broker.extend(card("w"), 30_000, told({ a: counts(4) }));
    expect(await total(broker)).toEqual(counts(4));
  });

  test("adds up over workers", async () => {
    await begin();
    await broker.extend(card("v"), 30_000, told({}));
    await broker.extend(card("v"), 30_000, told({ a: counts(1) }));
    await broker.extend(card("w"), 30_000, told({ a: counts(2) }));
    expect(await total(broker)).toEqual(counts(3));
  });

  test("is counted from the first word on where the broker knows nothing of a worker", async () => {
    broker = await open();
    await broker.extend(card("w"), 30_000, told({ a: counts(1_000) }));
    await broker.extend(card("w"), 30_000, told({ a: counts(1_001) }));
    expect(await total(broker)).toEqual(counts(1));
  });

  test("comes with its last words, too", async () => {
    await begin();
    await broker.leave("w", told({ a: counts(7) }, [ended("r", 5)]));
    expect(await total(broker)).toEqual(counts(7));
    expect(await broker.recent(10)).toEqual([ended("r", 5)]);
  });

  test("is nothing where a sign of life says nothing", async () => {
    await begin();
    await broker.extend(card("w"), 30_000);
    expect(await total(broker)).toEqual(counts(0));
    expect(await broker.recent(10)).toEqual([]);
  });

  test("names the calls that ended last, newest first, each once", async () => {
    await begin();
    const calls = [ended("a", 10), ended("b", 30, { state: "FAILURE" }), ended("c~1", 20, { run: "c", index: 1 })];
    for (let i = 0; i < 2; i++) await broker.extend(card("w"), 30_000, told({}, calls));
    expect(await broker.recent(2)).toEqual([calls[1], calls[2]]);
    expect(await broker.recent(10)).toHaveLength(3);
  });

  test("keeps the last thousand calls", async () => {
    await begin();
    await broker.extend(
      card("w"),
      30_000,
      told(
        {},
        Array.from({ length: 1_200 }, (_, i) => ended(`r${i}`, i)),
      ),
    );
    const kept = await broker.recent(2_000);
    expect([kept.length, kept[0]?.id, kept.at(-1)?.id]).toEqual([1_000, "r1199", "r200"]);
  });

  test("shows how long its queues were", async () => {
    await begin();
    await broker.submit([lone("a"), lone("b", { priority: 7 }), lone("c", { queue: "unserved" })]);
    await broker.extend(card("w"), 30_000);
    const { slots } = await broker.history(DAY_BEFORE());
    expect(Object.fromEntries(slots.at(-1)?.ready ?? [])).toEqual({ default: 2, mail: 0 });
  });

  test("is told of no earlier than asked for", async () => {
    await begin();
    await broker.extend(card("w"), 30_000, told({ a: counts(2) }));
    expect((await broker.history(Date.now() + 60_000)).slots).toEqual([]);
  });
});

test("what workers tell lasts a day in Redis, and no key lasts for ever", async () => {
  await admin.flushall();
  const broker = connectRedisBroker(redis.url);
  await broker.extend(card("w"), 30_000, told({}));
  await broker.extend(card("w"), 30_000, told({ a: counts(1) }, [ended("r", Date.now())]));
  const keys = (await admin.keys("*")).filter((key) => /history|counted|recent/.test(key));
  const lives = await Promise.all(keys.map((key) => admin.pttl(key)));
  expect(keys.length).toBeGreaterThanOrEqual(3);
  expect(lives.every((ms) => ms > 80_000_000 && ms <= 90_000_000)).toBe(true);
  await broker.leave("w", told({ a: counts(1) }));
  expect((await admin.keys("*")).filter((key) => /counted/.test(key))).toEqual([]);
  await broker.close();
});
