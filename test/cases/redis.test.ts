import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { BrokerWorld } from "./broker-world.js";
import { runs, values } from "./suite.js";

let server: RedisServer;
let redis: Redis;
const world = new BrokerWorld(() => connectRedisBroker(server.url));

describe("on Redis", () => {
  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
    await world.start();
  });

  afterEach(async () => {
    await world.quiet();
    expect(await staying()).toEqual([]);
  });

  afterAll(async () => {
    await world.stop();
    await redis.quit();
    await server.stop();
  });

  values(world);
  runs(world);
});

/** What belongs to the living worker and to no run: its card, its lease, the wake tokens of its queues, notices of cancelling. */
const OF_WORKERS = /:(workers|worker:[^:]+|wake:[^:]+|cancelled)$/;

/** Keys of finished work that would never go away. */
async function staying(): Promise<string[]> {
  const keys = (await redis.keys("*")).filter((key) => !OF_WORKERS.test(key));
  const ends = await Promise.all(keys.map(async (key) => [key, await redis.pttl(key)] as const));
  return ends.filter(([, ms]) => ms === -1).map(([key]) => key);
}
