/** A fan-out that is submitted as it comes. */
import { describe, expect, test } from "vitest";
import type { Submission } from "../../../runtime/broker.js";
import { join, plan, ready, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function submitPartsContract(bench: Bench): void {
  const { ask, make, claimAll, submit, states } = bench;

  describe("submit, in parts", () => {
    const opening = (run: string): Submission =>
      plan(run, {
        waiting: [[0, join({ members: "", count: 1, region: [0, Number.MAX_SAFE_INTEGER] })]],
        part: "first",
      });
    const part = (run: string, indices: number[], kind: "more" | "last"): Submission => ({
      ...plan(run, { ready: indices.map((index) => ready(run, index, { edges: "j0" })), part: kind, shape: "" }),
      base: indices[0] ?? 0,
      grows: [[0, indices.length ? `${indices[0]}-${indices.at(-1)}` : "", indices.length]],
    });

    test("a fan-out that comes in parts ends once it is sealed", async () => {
      await submit(opening("r"));
      const base = await bench.broker.reserve("r", 4);
      expect(base).toBe(1);
      await submit(part("r", [1, 2], "more"));
      await make((await claimAll()).map((claim) => settle(claim)));
      expect(await states("r")).not.toHaveProperty("0");
      await submit(part("r", [3, 4], "last"));
      await make((await claimAll()).map((claim) => settle(claim)));
      expect((await states("r"))[0]).toBe("SUCCESS @1-2 3-4");
      expect((await bench.broker.inspect("r"))?.open).toBe(0);
    });

    test("an empty fan-out is an empty list", async () => {
      await submit(opening("r"));
      await submit(part("r", [], "last"));
      expect(await states("r")).toEqual({ 0: "SUCCESS @" });
    });

    test("a part for a run that was revoked starts nothing", async () => {
      await submit(opening("r"));
      await bench.broker.reserve("r", 2);
      await bench.broker.cancel({ run: "r", terminate: false });
      await submit(part("r", [1, 2], "last"));
      expect((await ask()).claims).toEqual([]);
    });
  });
}
