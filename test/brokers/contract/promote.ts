/** What waits for a time. */
import { describe, expect, test } from "vitest";
import type { Claim, Move, Submission } from "../../../runtime/broker.js";
import { call, lone, nodesOf, plan, ready, refuse, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function promoteContract(bench: Bench): void {
  const { ask, claimAll, make, submit, states } = bench;

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

    describe("a call that has expired while a worker held it", () => {
      /** Claims a call, and lets it expire. */
      async function expired(): Promise<Claim> {
        const expiring = [[0, Date.now() + 50]] as const;
        const waiting = [[1, call("r", 1)]] as const;
        await submit(plan("r", { ready: [ready("r", 0, { edges: "n1" })], waiting, result: 1, expiring }));
        const [claim] = await claimAll({ lease: 60_000 });
        await bench.pass(101);
        await bench.broker.promote(100);
        return claim!;
      }

      test.each([
        ["is retried", ({ ticket, text }: Claim): Move => ({ kind: "retry", ticket, text, delay: 0 })],
        ["is retried later", ({ ticket, text }: Claim): Move => ({ kind: "retry", ticket, text, delay: 3_600_000 })],
        ["is given back", ({ ticket, text }: Claim): Move => ({ kind: "release", ticket, text, delay: 0 })],
        ["is set aside", (claim: Claim): Move => refuse(claim)],
      ])("is revoked where it %s", async (_, move) => {
        expect((await make([move(await expired())])).replies).toEqual(["ok"]);
        expect(await states("r")).toEqual({ 0: "REVOKED %expired", 1: "FAILURE &0 edge" });
        expect(await claimAll()).toEqual([]);
        expect((await bench.broker.overview()).aside).toEqual([]);
      });

      test("is revoked where its worker died", async () => {
        await expired();
        await bench.broker.leave("w");
        expect(await bench.broker.reap(3, 100)).toBe(1);
        expect(await states("r")).toEqual({ 0: "REVOKED %expired", 1: "FAILURE &0 edge" });
      });

      test("may end as it will", async () => {
        const claim = await expired();
        expect((await make([settle(claim)])).replies).toEqual(["ok"]);
        expect(await states("r")).toEqual({ 0: `SUCCESS "0"` });
        expect(nodesOf(await ask())).toEqual([1]);
      });
    });

    test("delayed calls that are due are ready for whoever comes", async () => {
      await submit(lone("a", { delay: 100 }), lone("b", { delay: 100 }), lone("c", { delay: 60_000 }));
      await bench.pass(101);
      expect(await bench.broker.promote(100)).toBe(2);
      expect((await bench.broker.overview()).queues).toMatchObject([{ name: "default", ready: 2, delayed: 1 }]);
    });
  });
}
