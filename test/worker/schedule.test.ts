import { describe, expect, test } from "vitest";
import { nextTick } from "../../runtime/worker/schedule.js";
import { contract, Rig } from "./rig.js";

const at = (text: string) => Date.parse(text);

describe("the next tick", () => {
  test.each([
    [{ every: "5m" }, "2026-01-01T00:01:00Z", "2026-01-01T00:05:00Z"],
    [{ every: "5m" }, "2026-01-01T00:05:00Z", "2026-01-01T00:10:00Z"],
    [{ schedule: "30 6 * * *" }, "2026-01-01T07:00:00Z", "2026-01-02T06:30:00Z"],
    [{ schedule: "30 6 * * *", timezone: "Europe/Berlin" }, "2026-07-01T00:00:00Z", "2026-07-01T04:30:00Z"],
  ] as const)("of %j after %s is at %s", (options, after, next) => {
    expect(nextTick(contract("t", { options }), at(after))).toBe(at(next));
  });

  test("of a task that is not periodic is none", () => {
    expect(nextTick(contract("t"), 0)).toBeUndefined();
  });
});

describe("a periodic task", () => {
  test("runs once per tick, however many workers there are", async () => {
    const rig = new Rig({ tick: { every: "10s" } });
    const ticks: number[] = [];
    const tasks = { tick: () => ticks.push(rig.clock.now()) };
    await rig.serve(tasks);
    await rig.serve(tasks);
    await rig.clock.advance(35_000);
    expect(ticks).toEqual([1_010_000, 1_020_000, 1_030_000]);
  });

  test("is sent ahead, so that no tick is lost while no worker lives", async () => {
    const rig = new Rig({ tick: { every: "10s" } });
    const ticks: number[] = [];
    const tasks = { tick: () => ticks.push(rig.clock.now()) };
    const first = rig.worker(tasks);
    await first.start();
    await rig.clock.advance(0);
    await first.stop();
    await rig.clock.advance(14_000);
    await rig.serve(tasks);
    await rig.clock.advance(10_000);
    expect(ticks).toEqual([1_014_000, 1_020_000]);
  });

  test("runs where the broker is in the process too, and keeps nothing waiting there", async () => {
    const rig = new Rig({ tick: { schedule: "0 * * * *" } });
    const ticks: number[] = [];
    await rig.serve({ tick: () => ticks.push(rig.clock.now()) }, { embedded: true });
    expect((await rig.broker.overview()).queues).toEqual([]);
    await rig.clock.advance(2 * 3_600_000);
    expect(ticks).toEqual([3_600_000, 7_200_000]);
  });
});
