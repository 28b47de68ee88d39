/** Plans and lone calls on their way in. */
import { describe, expect, test } from "vitest";
import { call, givenTo, join, lone, plan, ready, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function submitContract(bench: Bench): void {
  const { ask, make, submit, states, listen } = bench;

  describe("submit", () => {
    test("a lone call is claimed as it was sent", async () => {
      expect(await submit(lone("r"))).toEqual(["ok"]);
      expect((await ask()).claims.map(({ text }) => text)).toEqual([call("r", 0, { lone: true })]);
    });

    test("many runs keep their order, and their queues", async () => {
      await submit(lone("a"), lone("b", { queue: "other" }), lone("c"));
      const { claims } = await ask();
      expect(claims.map(({ text }) => text[0])).toEqual(["a", "c"]);
      expect((await ask({ queues: ["other"] })).claims).toHaveLength(1);
    });

    test("ten thousand runs go in at once", async () => {
      await submit(...Array.from({ length: 10_000 }, (_, i) => lone(`r${i}`)));
      expect((await ask({ room: 10_001 })).claims).toHaveLength(10_000);
    });

    test("the best priority is claimed first", async () => {
      await submit(lone("low"), lone("high", { priority: 9 }), lone("mid", { priority: 5 }));
      expect((await ask()).claims.map(({ text }) => text.split(" ")[0])).toEqual(["high", "mid", "low"]);
    });

    test("a chosen id that exists is a duplicate, and nothing is done", async () => {
      const run = plan("mine", { ready: [ready("mine", 0)], chosen: true });
      expect(await submit(run)).toEqual(["ok"]);
      expect(await submit(run, run)).toEqual(["duplicate", "duplicate"]);
      const { claims } = await ask();
      expect(claims).toHaveLength(1);
      await make([settle(claims[0]!)]);
      expect(await submit(run)).toEqual(["duplicate"]);
    });

    test("a join over nothing ends at once, and what follows starts", async () => {
      const run = plan("r", {
        waiting: [
          [0, join({ members: "", count: 0, edges: "n1" })],
          [1, call("r", 1)],
        ],
        settled: [0],
        result: 1,
      });
      await submit(run);
      expect(givenTo(await ask())).toEqual(["&0"]);
      expect(await states("r")).toEqual({ 0: "SUCCESS @" });
    });

    test("a run whose only node is a join over nothing has ended", async () => {
      const { until } = await listen({ client: "client" });
      await submit(plan("r", { waiting: [[0, join({ members: "", count: 0 })]], settled: [0] }));
      expect(await until(1)).toMatchObject([{ kind: "outcome", run: "r", index: 0 }]);
    });

    test("a delayed call is not claimed before its time", async () => {
      await submit(lone("r", { delay: 5000 }));
      const early = await ask();
      expect(early.claims).toEqual([]);
      expect(early.due).toBeGreaterThan(3000);
      expect(early.due).toBeLessThanOrEqual(5000);
      await bench.pass(5001);
      expect((await ask()).claims).toHaveLength(1);
    });
  });
}
