/** What the end of a member means to its join. */
import { describe, expect, test } from "vitest";
import { brief, call, givenTo, group, join, nodesOf, plan, ready, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function settleJoinsContract(bench: Bench): void {
  const { ask, make, claimAll, submit, states, at } = bench;

  describe("settle, below a join", () => {
    test("a join ends with its last member, in the order written", async () => {
      await submit(group("r", 3));
      const claims = await claimAll();
      await make([settle(at(claims, 2)), settle(at(claims, 0))]);
      expect((await states("r"))[3]).toBeUndefined();
      await make([settle(at(claims, 1))]);
      expect((await states("r"))[3]).toBe("SUCCESS @0-2");
    });

    test("what follows a join is given a reference to it, once", async () => {
      const run = group("r", 2, { edges: "n3" });
      await submit({ ...run, waiting: [...run.waiting, [3, call("r", 3)]], size: 4, result: 3 });
      const claims = await claimAll();
      const reply = await ask({ moves: claims.map((claim) => settle(claim)) });
      expect(nodesOf(reply)).toEqual([3]);
      expect(givenTo(reply)).toEqual(["&2"]);
    });

    test("a failed member fails the join at once, and the others still run", async () => {
      const run = group("r", 2, { edges: "n3" });
      await submit({ ...run, waiting: [...run.waiting, [3, call("r", 3)]], size: 4, result: 3 });
      const claims = await claimAll();
      await make([settle(at(claims, 0), { state: "FAILURE" })]);
      expect(await states("r")).toEqual({
        0: `FAILURE {"kind":"failed"}`,
        2: "FAILURE &0 edge",
        3: "FAILURE &0 join",
      });
      expect((await bench.broker.inspect("r"))?.open).toBe(1);
      expect((await ask({ moves: [settle(at(claims, 1))] })).replies).toEqual(["ok"]);
      expect((await bench.broker.inspect("r"))?.open).toBe(0);
    });

    test("a failure that passed a join stays so, further along", async () => {
      const run = group("r", 1, { edges: "n2" });
      await submit({
        ...run,
        waiting: [...run.waiting, [2, call("r", 2, { edges: "n3" })], [3, call("r", 3)]],
        size: 4,
        result: 3,
      });
      await make([settle((await claimAll())[0]!, { state: "FAILURE" })]);
      expect(await states("r")).toMatchObject({ 1: "FAILURE &0 edge", 2: "FAILURE &0 join", 3: "FAILURE &0 join" });
    });

    test("a settling join waits for all and succeeds", async () => {
      await submit(group("r", 2, { policy: "settle" }));
      const claims = await claimAll();
      await make([settle(at(claims, 1), { state: "FAILURE" })]);
      expect((await states("r"))[2]).toBeUndefined();
      await make([settle(at(claims, 0))]);
      expect((await states("r"))[2]).toBe("SUCCESS @settle 0-1");
    });

    test("a cancelling join revokes what has not started, and leaves what runs", async () => {
      await submit(group("r", 4, { policy: "cancel" }));
      const claims = await claimAll({ room: 2 });
      await make([settle(at(claims, 0), { state: "FAILURE" })]);
      expect(await states("r")).toEqual({
        0: `FAILURE {"kind":"failed"}`,
        2: "REVOKED %cancelled",
        3: "REVOKED %cancelled",
        4: "FAILURE &0 edge",
      });
      expect((await ask()).claims).toEqual([]);
      expect((await make([settle(at(claims, 1))])).replies).toEqual(["ok"]);
      expect((await bench.broker.inspect("r"))?.open).toBe(0);
    });

    test("a nested join counts as one member", async () => {
      const run = plan("r", {
        ready: [ready("r", 0, { edges: "j2" }), ready("r", 1, { edges: "j2" }), ready("r", 3, { edges: "j4" })],
        waiting: [
          [2, join({ members: "0-1", count: 2, edges: "j4" })],
          [4, join({ members: "2-3", count: 2, region: [0, 4] })],
        ],
        result: 4,
      });
      await submit(run);
      const claims = await claimAll();
      await make([settle(at(claims, 3)), settle(at(claims, 0)), settle(at(claims, 1))]);
      expect(await states("r")).toMatchObject({ 2: "SUCCESS @0-1", 4: "SUCCESS @2-3" });
    });

    test("a gate holds a join over nothing until what precedes it has ended", async () => {
      const gated = (run: string) =>
        plan(run, {
          ready: [ready(run, 0, { edges: "g1" })],
          waiting: [[1, join({ members: "", count: 1, region: [1, 1], policy: "settle" })]],
          result: 1,
        });
      await submit(gated("good"), gated("bad"));
      const [good, bad] = await claimAll();
      await make([settle(good!), settle(bad!, { state: "FAILURE" })]);
      expect((await states("good"))[1]).toBe("SUCCESS @settle ");
      expect((await states("bad"))[1]).toBe("FAILURE &0 edge");
    });

    test("a fan-out wider than a slice reaches every node", async () => {
      const size = 5000;
      const after = Array.from(
        { length: size },
        (_, i) => [i + 1, call("r", i + 1, { edges: `j${size + 1}` })] as const,
      );
      const run = plan("r", {
        ready: [ready("r", 0, { edges: `n1-${size}` })],
        waiting: [...after, [size + 1, join({ members: `1-${size}`, count: size, region: [1, size + 1] })]],
        result: size + 1,
      });
      await submit(run);
      const [first] = await claimAll();
      let { claims } = await ask({ room: 300, moves: [settle(first!, { given: "1" })] });
      let settled = 0;
      while (claims.length > 0) {
        settled += claims.length;
        ({ claims } = await ask({ room: 300, moves: claims.map((claim) => settle(claim)) }));
      }
      expect(settled).toBe(size);
      expect(brief((await bench.broker.read("r", [size + 1]))[0])).toBe(`SUCCESS @1-${size}`);
    });

    test("a failure before a wide fan-out ends every node", async () => {
      const size = 5000;
      const after = Array.from(
        { length: size },
        (_, i) => [i + 1, call("r", i + 1, { edges: `j${size + 1}` })] as const,
      );
      const run = plan("r", {
        ready: [ready("r", 0, { edges: `n1-${size}` })],
        waiting: [...after, [size + 1, join({ members: `1-${size}`, count: size, region: [1, size + 1] })]],
        result: size + 1,
      });
      await submit(run);
      const [first] = await claimAll();
      await make([settle(first!, { state: "FAILURE" })]);
      for (let i = 0; i < 20 && (await bench.broker.inspect("r"))?.open; i++) await bench.broker.promote(1000);
      expect((await bench.broker.inspect("r"))?.open).toBe(0);
      expect(brief((await bench.broker.read("r", [size + 1]))[0])).toBe("FAILURE &0 edge");
    });
  });
}
