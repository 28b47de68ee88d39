import type { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openClient } from "../setup/client.js";
import { Network } from "./network.js";
import { World } from "./world.js";

let world: World;
let network: Network;
let admin: Redis;
beforeEach(async () => {
  world = await World.start({
    // The server tells when a key expires: among them the card of a worker whose lease has run out.
    args: ["--notify-keyspace-events", "Ex"],
    through: async ({ port }) => {
      network = await Network.open(port);
      return `redis://127.0.0.1:${network.port}`;
    },
  });
  admin = openClient(world.redis.url);
});
afterEach(async () => {
  network.resume();
  admin.disconnect();
  await world.stop();
  await network.close();
});

/** Resolves when a worker's lease has run out. */
function leaseEnd(): Promise<void> {
  return new Promise((resolve) => {
    const hear = (_: string, key: string) => {
      if (!key.startsWith("{tqc:0}:worker:")) return;
      admin.off("message", hear);
      resolve();
    };
    admin.on("message", hear);
  });
}

describe("a network", () => {
  test("that is slow, and breaks on top of it, loses nothing", async () => {
    network.slow(20);
    const cuts = await world.come(await world.canvases(45), async (turn) => (turn < 4 ? network.cut() : undefined));
    expect(cuts).toBeGreaterThan(2);
  }, 120_000);

  test("that is cut in the midst of commands loses nothing", async () => {
    const cuts = await world.come(await world.canvases(150), async () => network.cut());
    expect(cuts).toBeGreaterThan(2);
  }, 120_000);

  test("that stands still for longer than a lease loses nothing", async () => {
    await admin.subscribe("__keyevent@0__:expired");
    let stalls = 0;
    await world.come(await world.canvases(150), async () => {
      if (stalls === 2) return;
      stalls += 1;
      network.stall();
      await leaseEnd();
      network.resume();
    });
    expect(stalls).toBe(2);
  }, 120_000);
});
