import { createApp, createTask } from "tqc";
import { type Testable, testApp } from "tqc/testing";
import { expect, test } from "vitest";
import { contract } from "../client/contracts.js";
import { Fixture, type Loose } from "../client/fixture.js";

test("time passes when the test says so", async () => {
  const { app, add } = new Fixture();
  await using world = await testApp(app, { now: new Date("2030-01-01T00:00:00Z") });
  const handle = await add.applyAsync([1, 2], { countdown: "1d" });
  await world.advance("23h");
  expect(await handle.state()).toBe("PENDING");
  await world.advance("1h");
  expect(await handle.get()).toBe(3);
  expect(world.now()).toEqual(new Date("2030-01-02T00:00:00Z"));
});

test("a year is over in no time", async () => {
  const { app, add } = new Fixture();
  await using world = await testApp(app);
  const handle = await add.applyAsync([1, 2], { countdown: "364d" });
  await world.advance("364d");
  expect(await handle.state()).toBe("SUCCESS");
});

test("what expires meanwhile is revoked", async () => {
  const { app, add } = new Fixture();
  await using world = await testApp(app);
  const handle = await add.applyAsync([1, 2], { countdown: "2h", expires: "1h" });
  await world.advance("3h");
  expect(await handle.state()).toBe("REVOKED");
});

test("settle runs what is ready now, and no more", async () => {
  const { app, add } = new Fixture();
  await using world = await testApp(app);
  const [now, later] = [await add.delay(1, 2), await add.applyAsync([1, 2], { countdown: 1 })];
  await world.settle();
  expect([await now.state(), await later.state()]).toEqual(["SUCCESS", "PENDING"]);
});

test("a periodic task runs at its ticks, and a crash costs none of them", async () => {
  const app = createApp();
  const tick = createTask<Loose & Testable>(app, contract("tasks.tick", [], { options: { every: "1h" } }));
  const nightly = createTask<Loose & Testable>(
    app,
    contract("tasks.nightly", [], { options: { schedule: "0 3 * * *", timezone: "Asia/Tokyo" } }),
  );
  await using world = await testApp(app, { now: new Date("2030-01-01T00:30:00Z") });
  const ran: string[] = [];
  world.stub(tick, async () => void ran.push(`tick ${world.now().toISOString().slice(5, 16)}`));
  world.stub(nightly, async () => void ran.push(`nightly ${world.now().toISOString().slice(5, 16)}`));
  world.crash(tick, { after: "claim" });

  await world.advance("3h");
  expect(ran).toEqual(["tick 01-01T01:00", "tick 01-01T02:00", "tick 01-01T03:00"]);
  expect(world.crashes).toBe(1);
  await world.advance("45h");
  expect(ran.filter((line) => line.startsWith("nightly"))).toEqual(["nightly 01-01T18:00", "nightly 01-02T18:00"]);
  expect(ran.filter((line) => line.startsWith("tick"))).toHaveLength(48);
});
