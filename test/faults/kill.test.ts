import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { createApp } from "../../runtime/index.js";
import type { Tree } from "../../runtime/tree.js";
import { call, chain, chord, group } from "../reference/trees.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { Fleet } from "./fleet.js";

const registry = fileURLToPath(new URL("project/registry.ts", import.meta.url));

const CHORDS = 100;
const MEMBERS = 20;

/** The sum of the squares of n+1 … n+MEMBERS, through a header of tasks, chains and groups. */
function sumOfSquares(n: number): Tree {
  const members = Array.from({ length: MEMBERS }, (_, i) => call("square", [n + i + 1]));
  const flat = members.map((member, i) => (i % 3 === 0 ? chain(member, call("mark")) : member));
  return chain(chord(flat, { ...call("sum"), links: [call("mark")] }), group(call("mark"), call("mark")));
}

function wanted(n: number): number[] {
  const sum = Array.from({ length: MEMBERS }, (_, i) => (n + i + 1) ** 2).reduce((a, b) => a + b, 0);
  return [sum, sum];
}

describe("under a hundred chords", () => {
  let redis: RedisServer;
  let fleet: Fleet;
  let app: ReturnType<typeof createApp>;

  beforeEach(async () => {
    redis = await startRedis();
    const flags = ["--lease", "1s", "--max-deliveries", "1000", "-c", "2"];
    fleet = new Fleet({ url: redis.url, registry, size: 3, flags });
    ({ app } = (await import("./project/registry.js")) as { app: ReturnType<typeof createApp> });
    app.configure({ broker: redis.url });
    await fleet.start();
  });

  afterEach(async () => {
    await fleet.stop("SIGKILL");
    await app.close();
    await redis.stop();
  });

  /** Replaces workers, one after another, while the chords run; resolves to what they gave. */
  async function under(signal: NodeJS.Signals): Promise<{ readonly values: unknown[]; readonly codes: (number | null)[] }> {
    const trees = Array.from({ length: CHORDS }, (_, n) => sumOfSquares(n));
    const handles = await Promise.all(trees.map((tree) => app.submit(tree, [])));
    let running = true;
    const values = Promise.all(handles.map((handle) => handle.get({ timeout: "60s" }))).finally(() => {
      running = false;
    });
    const codes: (number | null)[] = [];
    for (let turn = 0; running && turn < 12; turn++) codes.push(await fleet.replace(turn, signal));
    return { values: await values, codes };
  }

  test("workers that are killed lose nothing, and every value is right", async () => {
    const { values, codes } = await under("SIGKILL");
    expect(values).toEqual(Array.from({ length: CHORDS }, (_, n) => wanted(n)));
    expect(codes.length).toBeGreaterThan(2);
    await expectClean(redis);
  }, 120_000);

  test("workers that are drained end with 0, and every value is right", async () => {
    const { values, codes } = await under("SIGTERM");
    expect(values).toEqual(Array.from({ length: CHORDS }, (_, n) => wanted(n)));
    expect(new Set(codes)).toEqual(new Set([0]));
    await expectClean(redis);
  }, 120_000);
});

/** Nothing waits, nothing is held, nothing was set aside, and what is left has a TTL. */
async function expectClean({ url }: RedisServer): Promise<void> {
  const redis = new Redis(url);
  try {
    const keys = await redis.keys("*");
    const forever = [];
    for (const key of keys) if ((await redis.ttl(key)) < 0) forever.push(key);
    const lasting = forever.filter((key) => !/:(workers|cancelled|wake:.*)$/.test(key));
    expect(lasting.filter((key) => !/:(held|worker):/.test(key))).toEqual([]);
  } finally {
    redis.disconnect();
  }
}
