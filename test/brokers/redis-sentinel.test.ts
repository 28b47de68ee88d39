import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { openClient } from "../setup/client.js";
import { startLoad, wanted } from "./servers/load.js";
import { type Sentinels, startSentinels } from "./servers/sentinels.js";

describe("behind three sentinels", () => {
  let sentinels: Sentinels;
  beforeAll(async () => {
    sentinels = await startSentinels();
  });
  afterAll(() => sentinels.stop());

  test("a master that dies under load is followed by the replica, and every value is right", async () => {
    const load = await startLoad(connectRedisBroker(sentinels.url));
    const handles = await load.submit(300);
    const admin = openClient(sentinels.master.url);
    // What a producer was told is stored has to be stored on both; replication itself promises less.
    // WAIT waits for what its own connection wrote, and so for all before that.
    await admin.set("mark", "1", "PX", 1);
    expect(await admin.wait(1, 30_000)).toBe(1);
    admin.disconnect();
    expect(await handles.at(-1)?.ready()).toBe(false);
    await sentinels.master.crash();
    await sentinels.failedOver();
    const values = await Promise.all(handles.map((handle) => handle.get({ timeout: "40s" })));
    expect(values).toEqual(handles.map((_, n) => wanted(n)));
    await load.stop();
  }, 120_000);
});
