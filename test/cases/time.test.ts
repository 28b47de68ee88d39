import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { toMilliseconds } from "../../runtime/duration.js";
import { TestClock } from "../setup/clock.js";
import { noted } from "./project/src/journal.js";
import { add, app, chain, flaky, group, log } from "./project/src/tasks.gen.js";
import "./project/src/tasks.registry.gen.js";
import { fresh } from "./world.js";

type Span = Parameters<typeof toMilliseconds>[0];

const clock = new TestClock();
const worker = app.worker({ queues: ["default"] });

/** Lets time pass, and whoever is woken by it do what it has to. */
async function pass(span: Span): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await nextTurn();
    clock.advance(0);
  }
  clock.advance(toMilliseconds(span));
  for (let turn = 0; turn < 20; turn += 1) {
    await nextTurn();
    clock.advance(0);
  }
}

describe("on a virtual clock", () => {
  beforeAll(async () => {
    app.configure({ broker: createMemoryBroker({ clock }), clock });
    await worker.start();
  });

  afterAll(async () => {
    await worker.stop();
    await app.close();
  });

  test("a countdown of a year is a year", async () => {
    const handle = await add.applyAsync([1, 2], { countdown: "365d" });
    await pass("364d");
    expect(await handle.state()).toBe("PENDING");
    await pass("1d");
    expect(await handle.get()).toBe(3);
  });

  test("an eta is kept to the millisecond", async () => {
    const eta = new Date(clock.now() + 1_000);
    const handle = await add.applyAsync([1, 2], { eta });
    await pass(999);
    expect(await handle.state()).toBe("PENDING");
    await pass(1);
    expect(await handle.get()).toBe(3);
  });

  test("a countdown on a composite is borne once, and added to a member's own", async () => {
    const steps = chain(add.s(1, 1), add.s(1).set({ countdown: "2h" }), add.s(1));
    const handle = await group(steps, add.s(5, 5).set({ countdown: "1h" }))
      .set({ countdown: "1d" })
      .delay();
    const [first, second] = handle.results;
    await pass("23h");
    expect(await handle.completedCount()).toBe(0);
    await pass("1h");
    expect(await first.parent?.parent?.state()).toBe("SUCCESS");
    expect([await first.state(), await second.state()]).toEqual(["PENDING", "PENDING"]);
    await pass("1h");
    expect([await first.state(), await second.state()]).toEqual(["PENDING", "SUCCESS"]);
    await pass("1h");
    expect(await handle.get()).toEqual([4, 10]);
  });

  test("expires counts from submission, not from the start of the canvas", async () => {
    const key = fresh();
    const late = add.s(1, 1).set({ countdown: "2h" });
    const handle = await chain(late, log.s(key).set({ expires: "1h" })).delay();
    await pass("90m");
    expect(await handle.state()).toBe("REVOKED");
    await pass("1h");
    expect([await handle.parent?.state(), noted(key)]).toEqual(["SUCCESS", []]);
  });

  test("each delay between retries is twice the one before", async () => {
    const key = fresh();
    const handle = await flaky.applyAsync([3, key]);
    for (const [ms, attempts] of [
      [0, 1],
      [1, 2],
      [1, 2],
      [1, 3],
      [3, 3],
      [1, 4],
    ] as const) {
      await pass(ms);
      expect(noted(key)).toHaveLength(attempts);
    }
    expect(await handle.get()).toBe(3);
  });

  test("a result is kept as long as was asked for, from the end of the run", async () => {
    const [brief, usual] = [await add.applyAsync([1, 2], { resultExpires: "1h" }), await add.delay(3, 4)];
    await Promise.all([brief.get(), usual.get()]);
    await pass("2h");
    expect([await app.result(brief.id).state(), await app.result(usual.id).state()]).toEqual(["PENDING", "SUCCESS"]);
    await pass("1d");
    expect(await app.result(usual.id).state()).toBe("PENDING");
  });
});
