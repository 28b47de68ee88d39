/** What was set aside is taken back by a worker that can run it. */
import { describe, expect, test } from "vitest";
import { lone, refuse, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function recallContract(bench: Bench): void {
  const { make, claimAll, submit } = bench;

  describe("recall", () => {
    test("what was set aside is handed to a worker that knows the task", async () => {
      await submit(lone("r"));
      const [claim] = await claimAll();
      await make([refuse(claim!)]);
      expect(await bench.broker.recall("new", new Map([["other", "f"]]), 5)).toEqual([]);
      expect(await bench.broker.recall("new", new Map([["t", "f"]]), 0)).toEqual([]);
      const [back] = await bench.broker.recall("new", new Map([["t", "f"]]), 5);
      expect(back?.text).toBe(claim?.text);
      expect((await make([settle(back!)], { worker: "new" })).replies).toEqual(["ok"]);
      expect((await bench.broker.overview()).aside).toEqual([]);
    });

    test("with room for one it is handed out one by one, until nothing is left", async () => {
      await submit(lone("a"), lone("b"), lone("c"));
      await make((await claimAll()).map((claim) => refuse(claim)));
      const room = 1;
      const taken: (string | undefined)[] = [];
      for (let more = true; more; ) {
        const [claim, ...others] = await bench.broker.recall("new", new Map([["t", "f"]]), room);
        expect(others).toEqual([]);
        if (claim) taken.push(claim.text.split(" ")[0]);
        more = claim !== undefined;
      }
      expect(taken.sort()).toEqual(["a", "b", "c"]);
    });

    test("it is not handed to a worker of the contract that refused it", async () => {
      await submit(lone("r"));
      const [claim] = await claimAll();
      await make([refuse(claim!, { reason: "incompatible", refusedBy: "f1" })]);
      expect(await bench.broker.recall("same", new Map([["t", "f1"]]), 5)).toEqual([]);
      expect(await bench.broker.recall("new", new Map([["t", "f2"]]), 5)).toHaveLength(1);
    });
  });
}
