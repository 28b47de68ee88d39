import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Leases } from "./leases.js";
import { Network } from "./network.js";
import { World } from "./world.js";

let world: World;
let network: Network;
beforeEach(async () => {
  world = await World.start({
    args: Leases.ARGS,
    through: async ({ port }) => {
      network = await Network.open(port);
      return `redis://127.0.0.1:${network.port}`;
    },
  });
});
afterEach(async () => {
  network.resume();
  await world.stop();
  await network.close();
});

describe("a network", () => {
  test("that is slow, and breaks on top of it, loses nothing", async () => {
    network.slow(20);
    const cuts = await world.come(await world.canvases(200), async (turn) => (turn < 4 ? network.cut() : undefined));
    expect(cuts).toBeGreaterThan(2);
  }, 240_000);

  test("that is cut in the midst of commands loses nothing", async () => {
    const cuts = await world.come(await world.canvases(2_000), async () => network.cut());
    expect(cuts).toBeGreaterThan(2);
  }, 240_000);

  test("that stands still for longer than a lease loses nothing", async () => {
    const leases = await Leases.watch(world.redis.url);
    let stalls = 0;
    await world.come(await world.canvases(500), async () => {
      if (stalls === 2) return;
      stalls += 1;
      await leases.one();
      network.stall();
      await leases.end();
      network.resume();
    });
    leases.close();
    expect(stalls).toBe(2);
  }, 240_000);
});
