/** What becomes of work whose worker has died. */
import { describe, expect, test } from "vitest";
import { call, lone, plan, ready, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function reapContract(bench: Bench): void {
  const { make, claimAll, submit, states } = bench;

  describe("reap", () => {
    test("a dead worker's calls are given back, and its late outcome is lost", async () => {
      await submit(lone("a"), lone("b"));
      const dead = await claimAll({ lease: 1000 });
      expect(await bench.broker.reap(3, 100)).toBe(0);
      await bench.pass(1001);
      expect(await bench.broker.reap(3, 100)).toBe(2);
      expect((await make([settle(dead[0]!)])).replies).toEqual(["lost"]);
      const again = await claimAll({ worker: "other" });
      expect(again.map(({ text }) => text).sort()).toEqual(dead.map(({ text }) => text).sort());
    });

    test("no more is given back at once than the limit", async () => {
      await submit(lone("a"), lone("b"), lone("c"));
      await claimAll({ lease: 1000 });
      await bench.pass(1001);
      expect(await bench.broker.reap(3, 2)).toBe(2);
      expect(await bench.broker.reap(3, 2)).toBe(1);
    });

    test("those that died together twice get their last chance one after another", async () => {
      await submit(lone("a"), lone("b"), lone("c"));
      const die = async () => {
        const claims = await claimAll({ lease: 1000 });
        await bench.pass(1001);
        await bench.broker.reap(3, 100);
        return claims.length;
      };
      expect(await die()).toBe(3);
      expect(await die()).toBe(3);
      expect(await claimAll()).toHaveLength(1);
      await bench.pass(1001);
      expect(await claimAll()).toHaveLength(1);
      await bench.pass(1001);
      expect(await claimAll()).toHaveLength(1);
    });

    test("whose chances are over is not waited for by those that have one left", async () => {
      const die = async () => {
        const claims = await claimAll({ lease: 1000 });
        await bench.pass(1001);
        await bench.broker.reap(3, 100);
        return claims.length;
      };
      await submit(lone("bad"));
      expect(await die()).toBe(1);
      await submit(lone("good"));
      expect(await die()).toBe(2);
      expect(await die()).toBe(2);
      expect((await claimAll()).map(({ text }) => text.split(" ")[0])).toEqual(["good"]);
    });

    test("a call that workers die under fails, and is kept as evidence", async () => {
      const run = plan("r", { ready: [ready("r", 0, { edges: "n1" })], waiting: [[1, call("r", 1)]], result: 1 });
      await submit(run, lone("l"));
      for (const _ of [1, 2]) {
        expect(await claimAll({ lease: 1000 })).toHaveLength(2);
        await bench.pass(1001);
        expect(await bench.broker.reap(2, 100)).toBe(2);
      }
      expect(await claimAll()).toEqual([]);
      expect(await states("r")).toEqual({ 0: "FAILURE %lost", 1: "FAILURE &0 edge" });
      expect(await states("l")).toEqual({ 0: "FAILURE %lost" });
      const { aside } = await bench.broker.overview();
      expect(aside.map(({ run: id, reason, deliveries, task }) => [id, reason, deliveries, task]).sort()).toEqual([
        ["l", "poison", 2, "t"],
        ["r", "poison", 2, "t"],
      ]);
      expect(await bench.recall("new", "f")).toEqual([]);
    });
  });
}
