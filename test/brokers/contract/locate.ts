/** Where a call waits. */
import { describe, expect, test } from "vitest";
import { lone } from "../texts.js";
import type { Bench } from "./bench.js";

export function locateContract(bench: Bench): void {
  const { claimAll, submit } = bench;

  describe("locate", () => {
    test("a ready call is found in its queue, with how many come before it", async () => {
      await submit(lone("a"), lone("b"), lone("first", { priority: 9 }), lone("elsewhere", { queue: "io" }));
      expect((await bench.broker.locate("b", 0))?.ahead).toBe(2);
      expect((await bench.broker.locate("first", 0))?.ahead).toBe(0);
      expect(await bench.broker.locate("elsewhere", 0)).toMatchObject({ head: /^elsewhere 0 io /, ahead: 0 });
    });

    test("what is held, delayed or unknown is in no queue", async () => {
      await submit(lone("held"));
      await claimAll();
      await submit(lone("later", { delay: 60_000 }));
      for (const run of ["held", "later", "nobody"]) expect(await bench.broker.locate(run, 0)).toBeUndefined();
    });
  });
}
