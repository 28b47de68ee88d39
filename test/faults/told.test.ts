/** What a worker tells of itself when things go wrong, and what it never tells. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { illness } from "../../compiler/worker/health.js";
import { createApp, createLogger } from "../../runtime/index.js";
import { call, chain } from "../reference/trees.js";
import { contract } from "../reference/world.js";
import { openClient } from "../setup/client.js";
import { type RedisServer, startRedis } from "../setup/redis.js";

let redis: RedisServer;
let app: ReturnType<typeof createApp>;
let worker: ReturnType<typeof app.worker>;
/** Every line, fields and all; `hear` is told of each. */
const lines: string[] = [];
let hear: () => void = () => {};
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  lines.length = 0;
  app = createApp();
  app.configure({ broker: redis.url, redis: { connectTimeout: 2_000 } });
  for (const name of ["echo", "fail", "unknown"]) app.declare(contract(name));
  app.register({
    echo: (...args: unknown[]) => args,
    fail: () => {
      throw new RangeError("too far");
    },
  });
  const logger = createLogger((level, fields, message) => {
    lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
    hear();
  }, "debug");
  worker = app.worker({ concurrency: 2, logger });
  await worker.start();
});
afterEach(async () => {
  await worker.stop({ timeout: 0 });
  await app.close();
});

/** Resolves once a line says so. */
function said(words: RegExp): Promise<void> {
  return new Promise((resolve) => {
    hear = () => lines.some((line) => words.test(line)) && resolve();
    hear();
  });
}

test("one that cannot fetch is not well, and is again by itself once it can", async () => {
  const health = (now: number) => illness(worker.stats(), now, now);
  await (await app.submit(call("echo"), [])).get();
  expect(health(Date.now())).toBeUndefined();
  await redis.crash();
  const crashed = Date.now();
  await said(/cannot be reached/);
  expect(worker.stats().lastFetch).toBeLessThanOrEqual(crashed);
  expect(health(crashed + 30_001)).toMatch(/^nothing could be fetched for [3-9]\d{4} ms$/);
  await redis.start();
  const back = Date.now();
  await (await app.submit(call("echo"), [])).get();
  // A call that was handed over runs before anything was fetched.
  await expect.poll(() => worker.stats().lastFetch).toBeGreaterThanOrEqual(back);
  expect(health(Date.now())).toBeUndefined();
});

test("no argument, result or password is ever logged, whatever becomes of the call", async () => {
  const secret = "hunter2";
  await (await app.submit(chain(call("echo", [secret]), call("echo", [{ secret }])), [])).get();
  await expect((await app.submit(call("fail", [secret]), [])).get()).rejects.toThrow("too far");
  const revoked = await app.submit({ ...call("echo", [secret]), options: { countdown: "1h" } }, []);
  await revoked.revoke({ terminate: true });
  const admin = openClient(redis.url);
  await admin.rpush("{tqc:0}:queue:default:0", `x 0 default 0 0\n\n{"task":"echo","submitted":1}\n[${secret}`);
  await admin.rpush("{tqc:0}:queue:default:0", `y 0 default 0 0\n\n{"task":"unknown","submitted":1}\n["${secret}"]`);
  admin.disconnect();
  await (await app.submit(call("echo", [secret]), [])).get();
  await said(/echo was set aside/);
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.filter((line) => line.includes(secret))).toEqual([]);
});
