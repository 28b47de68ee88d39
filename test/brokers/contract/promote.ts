/** What waits for a time. */
import { describe, expect, test } from "vitest";
import type { Submission } from "../../../runtime/broker.js";
import { call, lone, plan, ready } from "../texts.js";
import type { Bench } from "./bench.js";

export function promoteContract(bench: Bench): void {
  const { ask, claimAll, submit, states } = bench;

  describe("promote", () => {
    test("a node that has not started by the time it expires is revoked", async () => {
      const now = Date.now() + 1500;
      const soon = (run: string): Submission =>
        plan(run, {
          ready: [ready(run, 0, { edges: "n1" })],
          waiting: [[1, call(run, 1)]],
          result: 1,
          expiring: [[0, now]],
        });
      await submit(soon("a"));
      await claimAll();
      await submit(soon("b"));
      await bench.pass(2001);
      await bench.broker.promote(100);
      expect(await states("a")).toEqual({});
      expect(await states("b")).toEqual({ 0: "REVOKED %expired", 1: "FAILURE &0 edge" });
      expect((await ask()).claims).toEqual([]);
    });

    test("delayed calls that are due are ready for whoever comes", async () => {
      await submit(lone("a", { delay: 100 }), lone("b", { delay: 100 }), lone("c", { delay: 60_000 }));
      await bench.pass(101);
      expect(await bench.broker.promote(100)).toBe(2);
      expect((await bench.broker.overview()).queues).toMatchObject([{ name: "default", ready: 2, delayed: 1 }]);
    });
  });
}
