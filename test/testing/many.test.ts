import { testApp } from "tqc/testing";
import { afterAll, describe, expect, test } from "vitest";
import { add, app, chain, group, mul } from "../../examples/hello/tasks.gen.js";
import "../../examples/hello/tasks.registry.gen.js";

/** What a user's suite of workflow tests costs: each has a world of its own. */
const SUITE = 200;
const before = process.cpuUsage();

function secondsSpent(): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

afterAll(() => console.info(`${SUITE} workflow tests: ${secondsSpent().toFixed(2)} s of CPU`));

describe("a suite of 200 workflow tests", () => {
  test.each(Array.from({ length: SUITE }, (_, n) => [n]))("workflow %i", async (n) => {
    await using world = await testApp(app, { seed: n });
    const flow = group([1, 2, 3].map((each) => chain(add.s(n, each), mul.s(2))));
    world.crash(add, { after: "settle" });
    const handle = await flow.applyAsync([], { countdown: "1d" });
    await world.advance("1d");
    expect(await handle.get()).toEqual([2 * n + 2, 2 * n + 4, 2 * n + 6]);
    expect(world.calls(add)).toHaveLength(3);
    expect(world.crashes).toBe(1);
  });

  test("is over in seconds", () => expect(secondsSpent()).toBeLessThan(20));
});
