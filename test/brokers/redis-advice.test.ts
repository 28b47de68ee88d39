import { expect, test } from "vitest";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { createApp, createLogger } from "../../runtime/index.js";
import { contract } from "../reference/world.js";
import { startRedis } from "../setup/redis.js";

test.each([
  ["keeps nothing", [], ["Redis keeps nothing on disk: its restart loses all work; set appendonly yes"]],
  [
    "evicts",
    ["--maxmemory-policy", "allkeys-lru", "--appendonly", "yes"],
    [expect.stringContaining("maxmemory-policy is allkeys-lru; set maxmemory-policy noeviction")],
  ],
  ["takes snapshots", ["--save", "60 1"], []],
  ["appends", ["--appendonly", "yes"], []],
  ["does not tell", ["--rename-command", "CONFIG", ""], []],
] as const)("of a server that %s a worker says so at its start", async (_, args, said) => {
  const redis = await startRedis({ args });
  const broker = connectRedisBroker(redis.url);
  expect(await broker.advise?.()).toEqual(said);
  await broker.close();
  await redis.stop();
});

test("a worker's log tells it at the start", async () => {
  const redis = await startRedis({ args: ["--maxmemory-policy", "allkeys-random", "--appendonly", "yes"] });
  const app = createApp();
  app.configure({ broker: redis.url });
  app.declare(contract("t"));
  app.register({ t: () => 1 });
  const said = new Promise<string>((resolve) => {
    const logger = createLogger((level, _fields, message) => {
      if (level === "warn") resolve(message);
    }, "warn");
    void app.worker({ logger }).start();
  });
  expect(await said).toContain("allkeys-random");
  await app.close();
  await redis.stop();
});
