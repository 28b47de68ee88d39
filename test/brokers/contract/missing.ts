/** What is left of a run, wherever that is. */
import { describe, expect, test } from "vitest";
import { group, lone, refuse, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function missingContract(bench: Bench): void {
  const { claimAll, make, submit } = bench;

  describe("missing", () => {
    test("what is stored, queued, held, delayed, set aside or has a result is not; all else is", async () => {
      await submit(lone("held"), lone("retried"), lone("aside"), lone("done"), group("plan", 2));
      const claims = await claimAll();
      const of = (run: string) => claims.find(({ text }) => text.startsWith(`${run} `))!;
      const { ticket, text } = of("retried");
      await make([{ kind: "retry", ticket, text, delay: 60_000 }, refuse(of("aside")), settle(of("done"))]);
      await submit(lone("queued"), lone("elsewhere", { queue: "io", priority: 9 }), lone("later", { delay: 60_000 }));
      const there = ["held", "retried", "aside", "done", "plan", "queued", "elsewhere", "later"];
      expect(await bench.broker.missing(["nobody", ...there, "queue"])).toEqual(["nobody", "queue"]);
      expect(await bench.broker.missing([])).toEqual([]);
    });

    test("a call is found however deep in its queue, and however large what stands before it", async () => {
      await submit(lone("first"), ...Array.from({ length: 2_500 }, (_, i) => lone(`r${i}`)));
      await submit(lone("large", { args: JSON.stringify(["x".repeat(1_500_000)]) }), lone("last"));
      expect(await bench.broker.missing(["first", "r1200", "large", "last", "nobody"])).toEqual(["nobody"]);
    });

    test("a run is gone once it was forgotten", async () => {
      await submit(lone("r"));
      await make((await claimAll()).map((claim) => settle(claim)));
      expect(await bench.broker.missing(["r"])).toEqual([]);
      await bench.broker.forget("r");
      expect(await bench.broker.missing(["r"])).toEqual(["r"]);
    });
  });
}
