/** Settling and claiming in one round trip. */
import { describe, expect, test } from "vitest";
import { brief, call, givenTo, join, lone, nodesOf, plan, ready, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function exchangeContract(bench: Bench): void {
  const { ask, make, claimAll, submit, states } = bench;

  describe("exchange", () => {
    test("settling and claiming happen in one call", async () => {
      await submit(lone("a"), lone("b"));
      const first = await ask({ room: 1 });
      const second = await ask({ room: 1, moves: [settle(first.claims[0]!)] });
      expect(second.replies).toEqual(["ok"]);
      expect(second.claims).toHaveLength(1);
      expect(await bench.broker.read("a", [0])).toEqual([expect.stringContaining("SUCCESS")]);
    });

    test("no more is claimed than there is room for", async () => {
      await submit(lone("a"), lone("b"), lone("c"));
      expect((await ask({ room: 2 })).claims).toHaveLength(2);
      expect((await ask({ room: 0 })).claims).toHaveLength(0);
      expect((await ask({ room: 5 })).claims).toHaveLength(1);
    });

    test("queues are served in the order they are asked for", async () => {
      await submit(lone("a", { queue: "one", priority: 9 }), lone("b", { queue: "two" }));
      const { claims } = await ask({ queues: ["two", "one"], room: 1 });
      expect(claims[0]?.text).toContain("b 0");
    });

    test("a late worker settles nothing", async () => {
      await submit(lone("r"));
      const [claim] = await claimAll();
      expect((await make([settle(claim!)], { worker: "other" })).replies).toEqual(["lost"]);
      expect(await bench.broker.read("r", [0])).toEqual([undefined]);
      expect((await make([settle(claim!)])).replies).toEqual(["ok"]);
      expect((await make([settle(claim!, { value: `"later"` })])).replies).toEqual(["lost"]);
      expect(brief((await bench.broker.read("r", [0]))[0])).toBe(`SUCCESS "0"`);
    });

    test("a chain's next step goes straight to the worker that settled the last one", async () => {
      const run = plan("r", { ready: [ready("r", 0, { edges: "n1" })], waiting: [[1, call("r", 1)]], result: 1 });
      await submit(run, lone("other"));
      const [first] = await claimAll({ room: 1 });
      const { claims } = await ask({ room: 1, moves: [settle(first!, { given: "7" })] });
      expect(claims.map(({ text }) => text)).toEqual([`${call("r", 1)}\n7`]);
    });

    test("a next step goes to the front of its queue where the worker has no room", async () => {
      const run = plan("r", { ready: [ready("r", 0, { edges: "n1" })], waiting: [[1, call("r", 1)]], result: 1 });
      await submit(run, lone("other"));
      const [first] = await claimAll({ room: 1 });
      await make([settle(first!)]);
      const next = await ask({ room: 1 });
      expect(nodesOf(next)).toEqual([1]);
      expect(givenTo(next)).toEqual(["&0"]);
    });

    test("next steps that a worker has no room for are the next to be claimed, in the order written", async () => {
      const following = [1, 2, 3].map((index) => [index, call("r", index, { edges: "j4" })] as const);
      const after = [4, join({ members: "1-3", count: 3, region: [1, 4] })] as const;
      await submit(plan("r", { ready: [ready("r", 0, { edges: "n1-3" })], waiting: [...following, after], result: 4 }));
      await submit(lone("other"));
      const [first] = await claimAll({ room: 1 });
      expect(nodesOf(await ask({ room: 1, moves: [settle(first!)] }))).toEqual([1]);
      expect(nodesOf(await ask({ room: 3 }))).toEqual([2, 3, 0]);
    });

    test("a next step goes to its own queue where the worker does not serve it", async () => {
      const run = plan("r", {
        ready: [ready("r", 0, { edges: "n1" })],
        waiting: [[1, call("r", 1, { queue: "gpu" })]],
        result: 1,
      });
      await submit(run);
      const [first] = await claimAll();
      expect((await ask({ moves: [settle(first!)] })).claims).toEqual([]);
      expect(nodesOf(await ask({ queues: ["gpu"] }))).toEqual([1]);
    });

    test("a next step with a delay waits for it", async () => {
      const run = plan("r", {
        ready: [ready("r", 0, { edges: "n1" })],
        waiting: [[1, call("r", 1, { delay: 1000 })]],
        result: 1,
      });
      await submit(run);
      const [first] = await claimAll();
      expect((await ask({ moves: [settle(first!)] })).claims).toEqual([]);
      expect((await bench.broker.inspect("r"))?.delayed.get(1)).toMatchObject({ attempt: 0 });
      await bench.pass(1001);
      expect(nodesOf(await ask())).toEqual([1]);
    });

    test("a failure fails every step behind it, with the same origin", async () => {
      const run = plan("r", {
        ready: [ready("r", 0, { edges: "n1" })],
        waiting: [
          [1, call("r", 1, { edges: "n2" })],
          [2, call("r", 2)],
        ],
        result: 2,
      });
      await submit(run);
      await make([settle((await claimAll())[0]!, { state: "FAILURE" })]);
      expect(await states("r")).toEqual({
        0: `FAILURE {"kind":"failed"}`,
        1: "FAILURE &0 edge",
        2: "FAILURE &0 edge",
      });
      expect((await bench.broker.inspect("r"))?.open).toBe(0);
    });
  });
}
