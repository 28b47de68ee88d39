import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Broker } from "../../runtime/broker.js";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { createWorker } from "../../runtime/worker/worker.js";
import { lone, refuse } from "../brokers/texts.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { contract } from "./rig.js";

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const brokers: Readonly<Record<string, () => Broker>> = {
  memory: () => createMemoryBroker(),
  Redis: () => connectRedisBroker(redis.url),
};

/** Calls that a worker without their task has set aside. */
async function setAside(broker: Broker, runs: readonly string[]): Promise<void> {
  await broker.submit(runs.map((run) => lone(run)));
  const asked = { worker: "stranger", queues: ["default"], lease: 30_000 };
  const { claims } = await broker.exchange({ ...asked, room: runs.length, moves: [] });
  await broker.exchange({ ...asked, room: 0, moves: claims.map((claim) => refuse(claim)) });
  await broker.leave("stranger");
}

describe.each(Object.keys(brokers))("on %s", (kind) => {
  test("a worker of one slot takes back one after another what was set aside, and pauses only where nothing is left", async () => {
    const broker = brokers[kind]!();
    onTestFinished(() => broker.close());
    // With a pause after each, they would take longer than the test may.
    const runs = [..."abcdefghijklmnopqrst"];
    await setAside(broker, runs);
    const left = new Set(runs);
    const done = new Promise<void>((resolve) => {
      void broker.follow({ client: "client" }, (event) => {
        if (event.kind === "outcome" && left.delete(event.run) && left.size === 0) resolve();
      });
    });
    const registry = new Map([["t", () => "done"]]);
    const worker = createWorker({ broker, registry, contracts: new Map([["t", contract("t")]]), concurrency: 1 });
    await worker.start();
    onTestFinished(() => worker.stop({ timeout: 0 }));
    await done;
    expect((await broker.overview()).aside).toEqual([]);
  });
});
