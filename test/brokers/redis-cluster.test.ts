import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { openClient } from "../setup/client.js";
import { type ClusterOfServers, startCluster } from "./servers/cluster.js";
import { startLoad, wanted } from "./servers/load.js";
import { lone } from "./texts.js";

const PARTITIONS = 8;

describe("on a cluster of three masters", () => {
  let cluster: ClusterOfServers;
  beforeAll(async () => {
    cluster = await startCluster(3);
  });
  afterAll(() => cluster.stop());

  const connect = () => connectRedisBroker(cluster.url, { partitions: PARTITIONS });

  test("chords come to their values, on every master", async () => {
    const load = await startLoad(connect());
    const handles = await load.submit(60);
    const values = await Promise.all(handles.map((handle) => handle.get({ timeout: "15s" })));
    expect(values).toEqual(handles.map((_, n) => wanted(n)));
    expect(load.worker.stats().lost).toBe(0);
    await load.stop();
    for (const { url } of cluster.masters) {
      const admin = openClient(url);
      expect(await admin.dbsize()).toBeGreaterThan(0);
      admin.disconnect();
    }
  });

  test("work in any partition wakes an idle worker, which does not poll", async () => {
    const [worker, producer] = [connect(), connect()];
    const request = { worker: "w", queues: ["default"], signal: new AbortController().signal };
    const woken: string[] = [];
    for (let i = 0; i < 3 * PARTITIONS; i++) {
      const idle = worker.idle({ ...request, ms: 60_000 });
      await producer.submit([lone(`r${i}`)]);
      for (let claimed = 0; claimed === 0; ) {
        await idle;
        const { claims } = await worker.exchange({ ...request, room: 10, lease: 30_000, moves: [] });
        claimed = claims.length;
        woken.push(...claims.map(({ text }) => text.split(" ")[0] ?? ""));
      }
    }
    expect(woken).toEqual(Array.from({ length: 3 * PARTITIONS }, (_, i) => `r${i}`));
    await Promise.all([worker.close(), producer.close()]);
  });

  test("the partitions may stand in the URL", async () => {
    const [said, read] = [connect(), connectRedisBroker(`${cluster.url}?partitions=${PARTITIONS}`)];
    await said.submit(Array.from({ length: 20 }, (_, i) => lone(`url${i}`, { queue: "url" })));
    expect((await read.overview()).queues).toContainEqual(
      expect.objectContaining({ name: "url", ready: 20, delayed: 0 }),
    );
    await Promise.all([said.close(), read.close()]);
    expect(() => connectRedisBroker(`${cluster.url}?partitions=many`)).toThrow(/whole number from 1 to 16384/);
  });
});
