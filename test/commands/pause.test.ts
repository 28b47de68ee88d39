import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Fixture } from "../client/fixture.js";
import { openClient } from "../setup/client.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { tqc } from "./command-line.js";

// Each command is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const command = (...args: string[]) => tqc([...args, "--broker", redis.url], { cwd: import.meta.dirname });
const json = async (...args: string[]) => JSON.parse((await command(...args, "--json")).stdout);

test("a paused queue waits, whoever works, until it is resumed; the others go on", async () => {
  expect((await command("pause", "slow")).stderr).toMatch(/^paused queue slow; workers hear of it within a second\n$/);
  const { app, add } = new Fixture();
  app.configure({ broker: redis.url });
  const worker = app.worker({ queues: ["default", "slow"] });
  try {
    await worker.start();
    const waits = await add.applyAsync([1, 1], { queue: "slow" });
    const runs = await add.delay(2, 2);
    expect(await runs.get({ timeout: "60s" })).toBe(4);
    expect(await waits.state()).toBe("PENDING");
    expect(await json("why", waits.id)).toMatchObject({ cause: "paused" });
    expect((await json("inspect")).queues).toMatchObject([{ name: "slow", ready: 1, workers: 1, paused: true }]);
    expect((await command("inspect", "queues")).stdout).toMatch(/^slow .* 1 worker, paused$/m);
    expect(await json("pause", "slow")).toEqual({ version: 1, queue: "slow", paused: true, changed: false });
    expect(await json("resume", "slow")).toEqual({ version: 1, queue: "slow", paused: false, changed: true });
    expect(await waits.get({ timeout: "60s" })).toBe(2);
    expect((await command("resume", "slow")).stderr).toBe("queue slow was not paused\n");
  } finally {
    await worker.stop();
    await app.close();
  }
});

test("a worker that waited for a queue is handed nothing of it once it is paused", async () => {
  const { app, add } = new Fixture();
  app.configure({ broker: redis.url });
  const worker = app.worker({ queues: ["default", "slow"] });
  const monitor = await openClient(redis.url).monitor();
  try {
    await worker.start();
    const first = await add.applyAsync([1, 1], { queue: "slow" });
    await first.get({ timeout: "60s" });
    await command("pause", "slow");
    await new Promise<void>((resolve) => {
      monitor.on("monitor", (_, [name, key]: string[]) => {
        if (name?.toLowerCase() === "hkeys" && key?.endsWith("paused")) resolve();
      });
    });
    // The worker has asked what is paused, and hears it before this brings it anything.
    await add.delay(2, 2).then((runs) => runs.get({ timeout: "60s" }));
    const waits = await add.applyAsync([3, 3], { queue: "slow" });
    await add.delay(4, 4).then((runs) => runs.get({ timeout: "60s" }));
    expect(await waits.state()).toBe("PENDING");
    await command("resume", "slow");
    expect(await waits.get({ timeout: "60s" })).toBe(6);
  } finally {
    monitor.disconnect();
    await worker.stop();
    await app.close();
  }
});
