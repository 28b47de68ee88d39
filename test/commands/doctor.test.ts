import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { judgeKeys } from "../../compiler/doctor/keys.js";
import { lookAtModules, lookAtNode } from "../../compiler/doctor/machine.js";
import { judgeRedis } from "../../compiler/doctor/redis.js";
import { askRedis, type RedisFacts } from "../../compiler/doctor/redis-facts.js";
import { isAtLeast } from "../../compiler/doctor/versions.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { findOrphans } from "../../runtime/brokers/redis/orphans.js";
import { call, chain } from "../reference/trees.js";
import { openClient } from "../setup/client.js";
import { startRedis } from "../setup/redis.js";
import { hire, send } from "./stage.js";

const healthy: RedisFacts = {
  version: "7.2.4",
  evicts: "noeviction",
  memoryLimit: 0,
  memoryUsed: 1_048_576,
  appendsOnly: true,
  snapshots: "",
  role: "master",
  ahead: 3,
};

describe("a Redis", () => {
  test("that is as it should be raises nothing", () => {
    expect(judgeRedis(healthy).filter(({ level }) => level !== "ok")).toEqual([]);
  });

  test.each<[string, Partial<RedisFacts>, object]>([
    ["too old", { version: "6.2.16" }, { name: "Redis", level: "error", says: /6\.2\.16, but 7\.0/ }],
    [
      "that evicts",
      { evicts: "allkeys-lru" },
      { name: "eviction", level: "error", help: "set maxmemory-policy noeviction" },
    ],
    ["that does not tell", { evicts: undefined }, { name: "eviction", level: "warning" }],
    ["nearly full", { memoryLimit: 1_200_000 }, { name: "memory", level: "warning", says: /87% of 1\.1 MB/ }],
    ["in memory only", { appendsOnly: false }, { name: "persistence", level: "warning", says: /loses all work/ }],
    [
      "with snapshots only",
      { appendsOnly: false, snapshots: "3600 1" },
      { name: "persistence", level: "warning", says: /since the last one/ },
    ],
    ["with a clock of its own", { ahead: -5_000 }, { name: "clock", level: "warning", says: "5s behind this machine" }],
    ["that is a replica", { role: "slave" }, { name: "role", level: "error" }],
  ])("%s is found out", (_, facts, { says, ...want }: { says?: unknown }) => {
    const found = judgeRedis({ ...healthy, ...facts }).filter(({ level }) => level !== "ok");
    const said = says instanceof RegExp ? { says: expect.stringMatching(says) } : says === undefined ? {} : { says };
    expect(found).toEqual([expect.objectContaining({ ...want, ...said })]);
  });

  test("is asked for all of this", async () => {
    const redis = await startRedis({ args: ["--maxmemory", "100mb", "--maxmemory-policy", "volatile-lru"] });
    try {
      const start = performance.now();
      const facts = await askRedis(redis.url);
      const asking = performance.now() - start;
      expect(facts).toMatchObject({
        evicts: "volatile-lru",
        memoryLimit: 104_857_600,
        appendsOnly: false,
        snapshots: "",
        role: "master",
      });
      expect(isAtLeast(facts.version, "7.0")).toBe(true);
      // One machine has one clock: all that may lie between is the time of asking.
      expect(Math.abs(facts.ahead)).toBeLessThanOrEqual(asking + 2);
    } finally {
      await redis.stop();
    }
  });
});

describe("the keys of a broker", () => {
  const looked = { looked: 7, complete: true };

  test("that all have an owner or an expiry raise nothing", () => {
    expect(judgeKeys({ ...looked, orphans: [] })).toEqual([
      { name: "keys", level: "ok", says: "7 keys, each with an owner or an expiry" },
    ]);
  });

  test("of a broker at work are all owned; those that something has left behind are found, each with what to do", async () => {
    const redis = await startRedis();
    const broker = connectRedisBroker(redis.url);
    const client = openClient(redis.url);
    try {
      await send(broker, "open", chain({ ...call("a"), options: { id: "mine" } }, call("b")));
      await send(broker, "later", { ...call("a"), options: { countdown: "1h" } });
      await send(broker, "done", chain(call("c"), call("d")));
      const worker = await hire(broker);
      await worker.claim();
      await worker.fail("c", "no");
      const { orphans, looked, complete } = await findOrphans(redis.url, {}, 1_000);
      expect({ orphans, complete }).toEqual({ orphans: [], complete: true });
      expect(looked).toBeGreaterThan(8);

      await client.zrem("{tqc:0}:workers", "w1");
      await client.hset("{tqc:0}:outcomes:gone", "0", "SUCCESS");
      await client.set("{tqc:0}:alias:yours", "gone 0");
      await client.persist("{tqc:0}:run:done");
      await client.rpush("{tqc:3}:queue:default:0", "text");
      const found = judgeKeys(await findOrphans(redis.url, {}, 1_000));
      expect(found).toEqual([
        {
          name: "keys",
          level: "error",
          says: "{tqc:0}:held:w1 is work of a worker that nobody knows, so nobody gives it back",
          help: "`redis-cli zadd '{tqc:0}:workers' 0 w1` has the next worker give it back",
        },
        {
          name: "keys",
          level: "error",
          says: expect.stringMatching(/^\{tqc:3\}:queue.*which has 1/),
          help: expect.any(String),
        },
        {
          name: "keys",
          level: "warning",
          says: expect.stringContaining("so with 2 more keys"),
          help: expect.any(String),
        },
      ]);
      await client.zadd("{tqc:0}:workers", 0, "w1");
      expect(await broker.reap(3, 100)).toBe(1);
    } finally {
      client.disconnect();
      await broker.close();
      await redis.stop();
    }
  });
});

test.each([
  ["v20.12.0", "20.12", true],
  ["20.11.1", "20.12", false],
  ["21.0.0-nightly", "20.12", true],
  ["6", "5.6", true],
  ["5.10", "5.6", true],
])("%s against %s: %s", (found, wanted, want) => expect(isAtLeast(found, wanted)).toBe(want));

test("an old Node is an error that says which one is needed", () => {
  expect(lookAtNode("v18.20.0")).toMatchObject({ level: "error", says: "v18.20.0, but 20.12 or newer is needed" });
});

test.each([
  ["v20.18.3", "warning"],
  ["v20.19.0", "ok"],
  ["v22.5.0", "warning"],
  ["v24.1.0", "ok"],
])("a package of CommonJS on Node %s: %s", (version, level) => {
  const folder = mkdtempSync(join(tmpdir(), "tqc-doctor-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "package.json"), "{}");
  expect(lookAtModules(folder, version)).toMatchObject({ name: "package", level });
});
