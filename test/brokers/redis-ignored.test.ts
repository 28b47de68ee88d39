/** Where Redis keeps the ends of calls whose results nobody wants. */
import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Broker } from "../../runtime/broker.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { openClient } from "../setup/client.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { lone, settle } from "./texts.js";

let server: RedisServer;
let admin: Redis;
let broker: Broker;
beforeAll(async () => {
  server = await startRedis();
  admin = openClient(server.url);
  broker = connectRedisBroker(server.url);
});
afterAll(async () => {
  await broker.close();
  admin.disconnect();
  await server.stop();
});
beforeEach(() => admin.flushall());

const runs = Array.from({ length: 100 }, (_, i) => `producer${i + 100}`);

async function endAll(value: string): Promise<void> {
  await broker.submit(runs.map((run) => lone(run)));
  const asked = { worker: "w", queues: ["default"], lease: 30_000 };
  const { claims } = await broker.exchange({ ...asked, room: 100, moves: [] });
  await broker.exchange({ ...asked, room: 0, moves: claims.map((claim) => settle(claim, { value })) });
}
const kept = async () => (await admin.keys("*:result:*")).length;

test("siblings share one key, which expires", async () => {
  await endAll("!");
  expect(await admin.keys("*ended:*")).toEqual(["{tqc:0}:ended:producer1"]);
  expect(await admin.hlen("{tqc:0}:ended:producer1")).toBe(100);
  expect(await admin.pttl("{tqc:0}:ended:producer1")).toBeGreaterThan(0);
  expect(await kept()).toBe(0);
});

test("results that are wanted have a key each", async () => {
  await endAll("null");
  expect([await kept(), await admin.keys("*ended:*")]).toEqual([100, []]);
});

test("where something was revoked, each is asked after", async () => {
  await broker.submit([lone("revoked")]);
  await broker.cancel({ run: "revoked", terminate: false });
  await endAll("!");
  expect([await kept(), await admin.keys("*ended:*")]).toEqual([101, []]);
});
