import { afterEach, expect, test } from "vitest";
import type { Broker } from "../../runtime/broker.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { openClient } from "../setup/client.js";
import { startRedis } from "../setup/redis.js";
import { brief, group, lone, settle, vanishing } from "./texts.js";

const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

async function serve(args: readonly string[]) {
  const redis = await startRedis({ args });
  ended.push(() => redis.stop());
  return redis;
}

function connect(url: string, options?: Parameters<typeof connectRedisBroker>[1]): Broker {
  const broker = connectRedisBroker(url, { connectTimeout: 3000, ...options });
  ended.push(() => broker.close());
  return broker;
}

async function drain(broker: Broker): Promise<number> {
  let moves: ReturnType<typeof settle>[] = [];
  for (let done = 0; ; done += moves.length) {
    const { claims } = await broker.exchange({ worker: "w", queues: ["default"], room: 100, lease: 30_000, moves });
    if (claims.length === 0) return done;
    moves = claims.map((claim) => settle(claim));
  }
}

test("on Redis Cluster no script leaves its slot", async () => {
  const redis = await serve(["--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1"]);
  const admin = openClient(redis.url);
  ended.push(async () => admin.disconnect());
  await admin.cluster("ADDSLOTSRANGE", 0, 16383);
  while (!String(await admin.cluster("INFO")).includes("cluster_state:ok")) await admin.time();
  const broker = connect(`redis+cluster://127.0.0.1:${redis.port}`, { partitions: 4 });
  const heard = new Promise<void>((resolve) => {
    let count = 0;
    void broker
      .follow({ client: "client" }, () => {
        count += 1;
        if (count === 22) resolve();
      })
      .then(() =>
        broker.submit([...Array.from({ length: 20 }, (_, i) => lone(`r${i}`)), group("g", 3), group("h", 3)]),
      );
  });
  await broker.idle({ worker: "w", queues: ["default"], ms: 1000, signal: new AbortController().signal });
  let done = 0;
  while (done < 26) done += await drain(broker);
  await heard;
  expect((await broker.inspect("g"))?.open).toBe(0);
  expect(await broker.cancel({ run: "g", terminate: false })).toBe("finished");
});

test("a password is sent, from the URL or from the options", async () => {
  const redis = await serve(["--requirepass", "p@ss"]);
  const withUrl = connect(redis.url.replace("redis://", "redis://:p%40ss@"));
  expect(await withUrl.submit([lone("r")])).toEqual(["ok"]);
  const withOptions = connect(redis.url, { password: "p@ss" });
  expect(await drain(withOptions)).toBe(1);
});

test("a fan-out whose producer vanished is revoked, and its join has all its ends", async () => {
  const redis = await serve([]);
  const broker = connect(redis.url);
  await broker.submit(vanishing("r"));
  const admin = openClient(redis.url);
  ended.push(async () => admin.disconnect());
  expect(Number(await admin.zscore("{tqc:0}:opening", "r"))).toBeGreaterThan(Date.now() + 50_000);
  await admin.zadd("{tqc:0}:opening", 1, "r");
  await broker.promote(100);
  expect((await broker.inspect("r"))?.open).toBe(0);
  expect(await admin.hget("{tqc:0}:run:r", "left:0")).toBe("0");
  expect(await drain(broker)).toBe(0);
});

test("a fan-out whose producer vanished is revoked, where all that it sent has ended: it is no shorter list", async () => {
  const redis = await serve([]);
  const broker = connect(redis.url);
  await broker.submit(vanishing("r"));
  expect(await drain(broker)).toBe(1);
  const admin = openClient(redis.url);
  ended.push(async () => admin.disconnect());
  await admin.zadd("{tqc:0}:opening", 1, "r");
  await broker.promote(100);
  expect((await broker.read("r", [0, 1, 2])).map(brief)).toEqual([
    "REVOKED %revoked",
    "REVOKED %revoked",
    `SUCCESS "2"`,
  ]);
  expect(await admin.hget("{tqc:0}:run:r", "left:0")).toBe("0");
});
