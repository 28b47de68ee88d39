import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { costOf, forms } from "../../bench/canvas-bytes.js";
import { wideChord } from "../../bench/wide-chord.js";
import { type RedisServer, startRedis } from "../setup/redis.js";

describe("a canvas costs what its tasks cost, however they are nested", () => {
  test.each(forms)("$name", (form) => {
    const [small, ...larger] = form.sizes.map((size) => costOf(form, size));
    for (const { bytes, nodes, tasks } of larger) {
      expect(bytes / tasks).toBeLessThan((small!.bytes / small!.tasks) * 1.25);
      expect(nodes).toBeLessThanOrEqual(tasks * 2);
    }
  });
});

describe("a chord of 100,000 over an async iterable", () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  test("keeps its producer and its worker below 300 MB", { timeout: 180_000 }, async () => {
    const { value, producer, worker } = await wideChord(redis.url, 100_000);
    expect(value).toBe(100_000);
    expect(producer / 2 ** 20).toBeLessThan(300);
    expect(worker / 2 ** 20).toBeLessThan(300);
  });
});
