import { testApp } from "tqc/testing";
import { expect, test } from "vitest";
import { Fixture } from "../client/fixture.js";

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
