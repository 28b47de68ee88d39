import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import type { AsidePage } from "../../runtime/broker.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { lone, refuse } from "./texts.js";

vi.setConfig({ testTimeout: 60_000 });

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

/** A broker, and so many messages that nobody could run. */
async function full({ count, partitions = 1, bytes = 1 }: { count: number; partitions?: number; bytes?: number }) {
  const broker = connectRedisBroker(redis.url, { prefix: `${count}`, partitions });
  onTestFinished(() => broker.close());
  const ids = Array.from({ length: count }, (_, i) => `r${i}`);
  await broker.submit(ids.map((id) => lone(id, { args: JSON.stringify(["x".repeat(bytes)]) })));
  for (let left = count; left > 0; ) {
    const request = { worker: "w", queues: ["default"], lease: 30_000 };
    const { claims } = await broker.exchange({ ...request, room: 100, moves: [] });
    await broker.exchange({ ...request, room: 0, moves: claims.map((claim) => refuse(claim)) });
    left -= claims.length;
  }
  return { broker, ids };
}

test("pages lead through all partitions, and end", async () => {
  const { broker, ids } = await full({ count: 900, partitions: 4 });
  const told = new Set<string>();
  const cursors = new Set<string>();
  for (let page: AsidePage = await broker.aside({ limit: 60 }); ; ) {
    for (const { run } of page.records) told.add(run);
    if (page.cursor === undefined) break;
    cursors.add(page.cursor.split(" ")[0]!);
    page = await broker.aside({ limit: 60, cursor: page.cursor });
  }
  expect([...told].sort()).toEqual(ids.sort());
  // In which of them a page ends is the server's to say.
  expect(cursors.size).toBeGreaterThan(1);
  expect((await broker.overview()).asideCount).toBe(900);
});

test("of large messages a page tells few at a time, and none of what they are called with", async () => {
  const { broker, ids } = await full({ count: 60, bytes: 300_000 });
  const { records } = await broker.aside({ limit: 1_000 });
  expect(records.map(({ run }) => run).sort()).toEqual(ids.sort());
  expect(Math.max(...records.map(({ text }) => text.length))).toBeLessThan(500);
});
