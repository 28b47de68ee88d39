import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { World } from "./world.js";

const CANVASES = 2_000;

describe("under two thousand canvases", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.start();
  });
  afterEach(() => world.stop());

  test("workers that are killed lose nothing, and every value is right", async () => {
    const kills = await world.come(await world.canvases(CANVASES), (turn) => world.fleet.replace(turn, "SIGKILL"));
    expect(kills).toBeGreaterThan(0);
  }, 240_000);

  test("workers that are drained end with 0, and every value is right", async () => {
    const codes = new Set<number | null>();
    await world.come(await world.canvases(CANVASES), async (turn) =>
      codes.add(await world.fleet.replace(turn, "SIGTERM")),
    );
    expect(codes).toEqual(new Set([0]));
  }, 240_000);
});
