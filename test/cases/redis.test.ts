import type { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { openClient } from "../setup/client.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { BrokerWorld } from "./broker-world.js";
import { add, chain } from "./project/src/tasks.gen.js";
import { runs, values } from "./suite.js";

let server: RedisServer;
let redis: Redis;
const world = new BrokerWorld(() => connectRedisBroker(server.url));

describe("on Redis", () => {
  beforeAll(async () => {
    server = await startRedis();
    redis = openClient(server.url);
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

  test("what a chain costs grows with its steps, and not with their square", async () => {
    const cost = async (length: number) => {
      const before = await received();
      expect(await world.value(chain(...Array.from({ length }, () => add.s(1))), 0)).toBe(length);
      return (await received()) - before;
    };
    await cost(10);
    expect((await cost(400)) / (await cost(100))).toBeLessThan(6);
  });
});

/** Bytes that Redis was sent so far. */
async function received(): Promise<number> {
  return Number(/total_net_input_bytes:(\d+)/.exec(await redis.info("stats"))?.[1]);
}

/** What belongs to the living worker and to no run: its card, its lease, notices of cancelling. */
const OF_WORKERS = /:(workers|worker:[^:]+|cancelled)$/;

/** Keys of finished work that would never go away. */
async function staying(): Promise<string[]> {
  const keys = (await redis.keys("*")).filter((key) => !OF_WORKERS.test(key));
  const ends = await Promise.all(keys.map(async (key) => [key, await redis.pttl(key)] as const));
  return ends.filter(([, ms]) => ms === -1).map(([key]) => key);
}
