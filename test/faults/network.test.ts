import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { Network } from "./network.js";
import { World } from "./world.js";

let world: World;
let network: Network;
afterEach(async () => {
  network.resume();
  await world.stop();
  await network.close();
});

async function start(): Promise<void> {
  world = await World.start({
    through: async ({ port }) => {
      network = await Network.open(port);
      return `redis://127.0.0.1:${network.port}`;
    },
  });
}

describe("a network", () => {
  test("that is cut in the midst of commands loses nothing", async () => {
    await start();
    const cuts = await world.come(await world.chords(150), async () => {
      network.cut();
      await sleep(200);
    });
    expect(cuts).toBeGreaterThan(0);
  }, 120_000);

  test("that stands still for longer than a lease loses nothing", async () => {
    await start();
    let stalls = 0;
    await world.come(await world.chords(150), async () => {
      if (stalls === 2) return sleep(100);
      stalls += 1;
      network.stall();
      await sleep(1500);
      network.resume();
      await sleep(200);
    });
    expect(stalls).toBeGreaterThan(0);
  }, 120_000);
});
