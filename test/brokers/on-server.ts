import type { Redis } from "ioredis";
import { afterAll, beforeAll } from "vitest";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { openClient } from "../setup/client.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { brokerContract } from "./contract.js";

/** The contract of brokers, on a server of one's own. */
export function contractOn(command: "redis-server" | "valkey-server"): void {
  let redis: RedisServer;
  let admin: Redis;
  beforeAll(async () => {
    redis = await startRedis({ command });
    admin = openClient(redis.url);
  });
  afterAll(async () => {
    admin.disconnect();
    await redis.stop();
  });

  /** Time that passes on a server is real; a wait ends when the server's own clock says so. */
  async function pass(ms: number): Promise<void> {
    const now = async () => (await admin.time()).map(Number);
    const [seconds = 0, micros = 0] = await now();
    const until = seconds * 1000 + micros / 1000 + ms;
    await admin.blpop("nothing", ms / 1000);
    for (;;) {
      const [s = 0, us = 0] = await now();
      if (s * 1000 + us / 1000 > until) return;
    }
  }

  brokerContract(`the Redis broker, on ${command}`, async () => {
    await admin.flushall();
    const broker = connectRedisBroker(redis.url);
    return { broker, pass, stored: () => admin.keys("*"), end: () => broker.close() };
  });
}
