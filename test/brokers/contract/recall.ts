/** What was set aside is taken back by a worker that can run it. */
import { describe, expect, test } from "vitest";
import { lone, refuse, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function recallContract(bench: Bench): void {
  const { ask, make, claimAll, submit, recall } = bench;

  describe("recall", () => {
    test("what was set aside is handed to a worker that knows the task", async () => {
      await submit(lone("r"));
      const [claim] = await claimAll();
      await make([refuse(claim!)]);
      expect(await recall("new", "f", { fingerprints: new Map([["other", "f"]]) })).toEqual([]);
      expect(await recall("new", "f", { room: 0 })).toEqual([]);
      const [back] = await recall("new", "f");
      expect(back?.text).toBe(claim?.text);
      expect((await make([settle(back!)], { worker: "new" })).replies).toEqual(["ok"]);
      expect((await bench.broker.overview()).aside).toEqual([]);
    });

    test("with room for one it is handed out one by one, until nothing is left", async () => {
      await submit(lone("a"), lone("b"), lone("c"));
      await make((await claimAll()).map((claim) => refuse(claim)));
      const taken: (string | undefined)[] = [];
      for (let more = true; more; ) {
        const [claim, ...others] = await recall("new", "f", { room: 1 });
        expect(others).toEqual([]);
        if (claim) taken.push(claim.text.split(" ")[0]);
        more = claim !== undefined;
      }
      expect(taken.sort()).toEqual(["a", "b", "c"]);
    });

    test("it is held under a lease: where its worker dies, another is given it", async () => {
      await submit(lone("r"));
      await make((await claimAll()).map((claim) => refuse(claim)));
      expect(await recall("new", "f", { lease: 100 })).toHaveLength(1);
      expect((await bench.broker.inspect("r"))?.leased.get(0)).toMatchObject({ worker: "new" });
      expect(await bench.broker.reap(3, 100)).toBe(0);
      await bench.pass(101);
      expect(await bench.broker.reap(3, 100)).toBe(1);
      expect((await ask({ worker: "heir" })).claims).toHaveLength(1);
    });

    test("it is not handed to a worker of the contract that refused it", async () => {
      await submit(lone("r"));
      const [claim] = await claimAll();
      await make([refuse(claim!, { reason: "incompatible", refusedBy: "f1" })]);
      expect(await recall("same", "f1")).toEqual([]);
      expect(await recall("new", "f2")).toHaveLength(1);
    });
  });
}
