/** Periodic tasks from the source to Redis: compiled by `tqc build`, run by real workers that come and go. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { build } from "../../compiler/build.js";
import { toGlance } from "../../compiler/inspect/glance.js";
import { currentTask } from "../../runtime/attempt/context.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { newId } from "../../runtime/ids.js";
import type { Manifest, TaskContract } from "../../runtime/manifest.js";
import { nextTick, readTick, schedulesIn } from "../../runtime/worker/schedule.js";
import { createWorker } from "../../runtime/worker/worker.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { contract } from "./rig.js";

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

describe("what the compiler makes of a periodic task", () => {
  let tasks: Manifest["tasks"];
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "tqc-periodic-"));
    mkdirSync(join(folder, "src"));
    const compilerOptions = { target: "es2022", module: "nodenext", strict: true, types: [] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    writeFileSync(
      join(folder, "src/jobs.ts"),
      `/** @task { schedule: "0 3 * * *", timezone: "Europe/Berlin" } */
       export function nightly(): void {}
       /** @task { every: "5m" } */
       export function poll(): void {}
       /** @task */
       export function plain(): void {}`,
    );
    try {
      const settings = { cwd: folder, project: join(folder, "tsconfig.json"), include: ["src/**"], rootDir: "src" };
      const { diagnostics } = await build({ ...settings, outDir: "src", cache: false });
      expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      tasks = (JSON.parse(readFileSync(join(folder, "src/tasks.manifest.json"), "utf8")) as Manifest).tasks;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("is announced, with the time zone of a cron expression", () => {
    expect(schedulesIn(Object.values(tasks))).toEqual([
      { task: "jobs.nightly", when: "0 3 * * *", timezone: "Europe/Berlin" },
      { task: "jobs.poll", when: "every 5m" },
    ]);
  });

  test("is due by its own clock, in winter and in summer", () => {
    const next = (at: string) => new Date(nextTick(tasks["jobs.nightly"]!, Date.parse(at)) ?? 0).toISOString();
    expect(next("2026-01-10T12:00:00Z")).toBe("2026-01-11T02:00:00.000Z");
    expect(next("2026-07-10T12:00:00Z")).toBe("2026-07-11T01:00:00.000Z");
    expect(nextTick(tasks["jobs.plain"]!, 0)).toBeUndefined();
  });
});

describe("when the clocks change", () => {
  const ticks = (schedule: string, after: string, count: number) => {
    const task = contract("t", { options: { schedule, timezone: "Europe/Berlin" } });
    let at = Date.parse(after);
    return Array.from({ length: count }, () => {
      at = nextTick(task, at) ?? Number.NaN;
      return new Date(at).toISOString().slice(5, 16);
    });
  };

  test("a time of day that there is twice comes once, and one that there is not comes when the gap is over", () => {
    expect(ticks("30 2 * * *", "2026-10-24T12:00:00Z", 2)).toEqual(["10-25T00:30", "10-26T01:30"]);
    expect(ticks("30 2 * * *", "2026-03-28T12:00:00Z", 2)).toEqual(["03-29T01:00", "03-30T00:30"]);
  });

  test("every hour is every hour, on both days", () => {
    const hours = ["00:00", "01:00", "02:00", "03:00"];
    expect(ticks("0 * * * *", "2026-10-24T23:30:00Z", 4)).toEqual(hours.map((hour) => `10-25T${hour}`));
    expect(ticks("0 * * * *", "2026-03-28T23:30:00Z", 4)).toEqual(hours.map((hour) => `03-29T${hour}`));
  });
});

describe("on Redis", () => {
  /** Workers of one periodic task, which notes the runs it was started in. */
  function site() {
    const prefix = newId();
    const ran: string[] = [];
    const contracts = new Map<string, TaskContract>([["beat", contract("beat", { options: { every: 250 } })]]);
    const watcher = connectRedisBroker(redis.url, { prefix });
    onTestFinished(() => watcher.close());
    const start = async () => {
      const broker = connectRedisBroker(redis.url, { prefix });
      const beat = () => void ran.push(currentTask().runId);
      const worker = createWorker({ broker, contracts, registry: new Map([["beat", beat]]) });
      await worker.start();
      const stop = async () => {
        await worker.stop({ timeout: 0 });
        await broker.close();
      };
      onTestFinished(stop);
      return { stop };
    };
    return { ran, start, watcher };
  }

  test("two workers that come and go double no tick and lose none", async () => {
    const { ran, start, watcher } = site();
    let [first, second] = [await start(), await start()];
    for (const reached of [3, 6, 9]) {
      await expect.poll(() => ran.length, { interval: 20 }).toBeGreaterThanOrEqual(reached);
      await first.stop();
      first = second;
      second = await start();
    }
    await Promise.all([first.stop(), second.stop()]);
    const ticks = ran.sort().map((run) => readTick(run)!.due);
    expect(ticks).toEqual(ticks.map((_, i) => ticks[0]! + 250 * i));
    // The next one waits for whoever comes.
    const waiting = (await watcher.overview()).runs.map(({ id }) => readTick(id)!.due);
    expect(Math.min(...waiting)).toBe(ticks.at(-1)! + 250);
  });

  test("a tick that is sent is listed while no worker lives, and runs when one comes", async () => {
    const { ran, start, watcher } = site();
    const worker = await start();
    expect(toGlance(await watcher.overview()).schedules).toMatchObject([
      { task: "beat", when: "every 250ms", workers: 1 },
    ]);
    await worker.stop();
    const [left] = toGlance(await watcher.overview()).schedules;
    expect(left).toMatchObject({ task: "beat", when: null, workers: 0 });
    const before = ran.length;
    await start();
    await expect.poll(() => ran.length).toBeGreaterThan(before);
  });
});
