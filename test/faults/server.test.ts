import { afterEach, describe, expect, test } from "vitest";
import { openClient } from "../setup/client.js";
import { World } from "./world.js";

let world: World;
afterEach(() => world.stop());

describe("a server that lets go", () => {
  test("of all its clients, again and again, loses nothing", async () => {
    world = await World.start();
    const handles = await world.canvases(2_000);
    const admin = openClient(world.redis.url);
    const kills = await world.come(handles, async () => {
      for (const type of ["normal", "pubsub"]) await admin.call("CLIENT", "KILL", "TYPE", type, "SKIPME", "yes");
    });
    admin.disconnect();
    expect(kills).toBeGreaterThan(0);
  }, 240_000);

  test("and crashes, with an append-only file, loses nothing", async () => {
    world = await World.start({ args: ["--appendonly", "yes", "--appendfsync", "always"] });
    const handles = await world.canvases(2_000);
    let crashes = 0;
    await world.come(handles, async () => {
      if (crashes === 4) return;
      crashes += 1;
      await world.redis.restart();
    });
    expect(crashes).toBeGreaterThan(0);
  }, 240_000);
});
