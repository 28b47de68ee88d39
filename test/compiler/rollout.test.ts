import { createApp, createTask } from "tqc";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { compareManifests } from "../../compiler/compat.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import type { Manifest, TaskContract } from "../../runtime/manifest.js";
import { contract, number, parameter, text } from "../client/contracts.js";
import type { Loose } from "../client/fixture.js";
import { type RedisServer, startRedis } from "../setup/redis.js";

vi.setConfig({ testTimeout: 60_000 });

const x = parameter("x: number", number);
const label = parameter("label: string", text);
const versions = {
  old: contract("tasks.mark", [x], { fingerprint: "old" }),
  now: contract("tasks.mark", [x, label], { fingerprint: "now" }),
  mild: contract("tasks.mark", [x, { ...label, text: "label?: string", optional: true }], { fingerprint: "mild" }),
};
const manifest = (task: TaskContract): Manifest => ({ version: 1, tasks: { [task.name]: task } });

let server: RedisServer;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  server = await startRedis();
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => server.stop());

/** One side of a rollout: a producer of a version, and a worker of it where asked. */
function side(version: keyof typeof versions, prefix: string) {
  const app = createApp({ broker: server.url, redis: { prefix } });
  const mark = createTask<Loose>(app, versions[version]);
  ends.push(() => app.close());
  const work = async (): Promise<void> => {
    app.register({ "tasks.mark": (...args: unknown[]) => [version, ...args] });
    const worker = app.worker({ concurrency: 1 });
    ends.push(() => worker.stop());
    await worker.start();
  };
  return { mark, work };
}

/** Resolves once so many messages are set aside as incompatible. */
async function setAside(prefix: string, count: number): Promise<void> {
  const broker = connectRedisBroker(server.url, { prefix });
  const reasons = async () => (await broker.overview()).aside.map(({ reason }) => reason);
  try {
    await vi.waitFor(async () => expect(await reasons()).toEqual(Array(count).fill("incompatible")), 20_000);
  } finally {
    await broker.close();
  }
}

test("a message that old workers cannot take waits for a new one", async () => {
  const [old, now] = [side("old", "forward"), side("now", "forward")];
  await old.work();
  const result = await now.mark.delay(1, "a");
  await setAside("forward", 1);
  await now.work();
  expect(await result.get({ timeout: "20s" })).toEqual(["now", 1, "a"]);
});

test("a message of an old producer that new workers cannot take waits for an old one", async () => {
  const [old, now] = [side("old", "back"), side("now", "back")];
  await now.work();
  const result = await old.mark.delay(1);
  await setAside("back", 1);
  await old.work();
  expect(await result.get({ timeout: "20s" })).toEqual(["old", 1]);
  expect(compareManifests(manifest(versions.old), manifest(versions.now))).toMatchObject([{ severity: "breaking" }]);
});

test("what is judged safe runs at once: an optional parameter, new workers first", async () => {
  const [old, mild] = [side("old", "mild"), side("mild", "mild")];
  await mild.work();
  expect(await (await old.mark.delay(1)).get({ timeout: "20s" })).toEqual(["mild", 1]);
  expect(compareManifests(manifest(versions.old), manifest(versions.mild))).toMatchObject([
    { severity: "safe", rollout: { workersFirst: "safe", producersFirst: "waits" } },
  ]);
});
