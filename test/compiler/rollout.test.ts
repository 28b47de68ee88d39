import fc from "fast-check";
import { createApp, createTask } from "tqc";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Verdict } from "../../compiler/compat/change.js";
import { compareManifests } from "../../compiler/compat.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import type { Manifest, TaskContract } from "../../runtime/manifest.js";
import { checkArguments } from "../../runtime/schema/validator.js";
import { contract, number, parameter, text } from "../client/contracts.js";
import type { Loose } from "../client/fixture.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { isGenerable, valuesOf } from "./arbitrary.js";
import { catalogue } from "./catalogue.js";

vi.setConfig({ testTimeout: 180_000 });

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
  const { tasks, work } = sideOf([versions[version]], prefix);
  return { mark: tasks[0]!, work };
}

/** The same for many tasks; each gives back its contract's fingerprint and what it was given. */
function sideOf(contracts: readonly TaskContract[], prefix: string) {
  const app = createApp({ broker: server.url, redis: { prefix } });
  const tasks = contracts.map((task) => createTask<Loose>(app, task));
  ends.push(() => app.close());
  /** Starts a worker; what stops it. */
  const work = async (): Promise<() => Promise<unknown>> => {
    for (const { name, fingerprint } of contracts) {
      app.register({ [name]: (...args: unknown[]) => [fingerprint, ...args] });
    }
    const worker = app.worker({ concurrency: 100 });
    ends.push(() => worker.stop());
    await worker.start();
    return () => worker.stop();
  };
  return { tasks, work };
}

/** Resolves once so many messages are set aside as incompatible. */
async function setAside(prefix: string, count: number): Promise<void> {
  const broker = connectRedisBroker(server.url, { prefix });
  const reasons = async () => (await broker.overview()).aside.map(({ reason }) => reason);
  try {
    await vi.waitFor(async () => expect(await reasons()).toEqual(Array(count).fill("incompatible")), 120_000);
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

/** Arguments that a contract takes; those that another refuses first, where there are any. */
function argumentsFor(taken: TaskContract, refusing: TaskContract): unknown[] {
  const { parameters, definitions } = taken;
  const parts = parameters.map(({ schema, optional, rest }) => {
    const value = valuesOf(schema, definitions);
    if (rest) return fc.array(value, { minLength: 1, maxLength: 3 });
    return optional ? fc.oneof(fc.constant([]), fc.tuple(value)) : fc.tuple(value);
  });
  const samples = fc.sample(fc.tuple(...parts), { numRuns: 300, seed: 1 }).map((all) => all.flat());
  return samples.find((args) => !takes(refusing, args)) ?? samples[0]!;
}

function takes(task: TaskContract, args: readonly unknown[]): boolean {
  try {
    checkArguments(task, args);
    return true;
  } catch {
    return false;
  }
}

/** Changes of what a task takes, each as two contracts of one name. */
const kinds = ["Its parameters", "A parameter's type"]
  .flatMap((where) => catalogue[where] ?? [])
  .map(({ name, old: [old], now: [now] }) => {
    const one = (from: TaskContract, version: string) =>
      contract(`tasks.${name.replace(/\W+/g, "_")}`, from.parameters, { fingerprint: `${version} ${name}` });
    return { old: one(old!, "old"), now: one(now!, "now") };
  })
  .filter(({ old, now }) => isGenerable([old, now]));
const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.find((one) => one === "breaking") ?? verdicts.find((one) => one === "waits") ?? "safe";
const judged = kinds.flatMap(({ old, now }) => {
  const rollouts = compareManifests(manifest(old), manifest(now)).map(({ rollout }) => rollout);
  return [
    { order: "workers first", from: old, to: now, verdict: worst(rollouts.map((one) => one.workersFirst)) },
    { order: "producers first", from: now, to: old, verdict: worst(rollouts.map((one) => one.producersFirst)) },
  ].map((one) => ({ ...one, args: argumentsFor(one.from, one.to) }));
});

describe("what is judged beforehand is what happens in flight", () => {
  test.each(["workers first", "producers first"])("%s", async (order) => {
    const all = judged.filter((one) => one.order === order);
    const receivers = sideOf(
      all.map(({ to }) => to),
      order,
    );
    const senders = sideOf(
      all.map(({ from }) => from),
      order,
    );
    const stop = await receivers.work();
    const results = await Promise.all(all.map(({ args }, i) => senders.tasks[i]!.delay(...args)));
    await setAside(order, all.filter(({ to, args }) => !takes(to, args)).length);
    await stop();
    await senders.work();
    for (const [i, { from, to, args }] of all.entries()) {
      const ran = takes(to, args) ? to : from;
      expect(await results[i]!.get({ timeout: "20s" })).toEqual([ran.fingerprint, ...args]);
    }
  });

  test("nothing that is called safe is refused, and nothing else is taken, save where only names tell", () => {
    // A change that breaks is told for both orders, since what is in flight meets the new workers in the end.
    const told = judged.filter(({ order, verdict }) => order === "workers first" || verdict !== "breaking");
    const wrong = told.filter(({ verdict, to, args }) => (verdict === "safe") !== takes(to, args));
    expect(wrong.map(({ order, from }) => `${from.name}, ${order}`)).toEqual([
      "tasks.two_change_places, workers first",
    ]);
  });
});
