/** Finished runs that are removed. */
import { describe, expect, test } from "vitest";
import { group, lone, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function forgetContract(bench: Bench): void {
  const { make, claimAll, submit } = bench;

  describe("forget", () => {
    test("a finished run is removed with all its keys", async () => {
      await submit(group("r", 2), lone("l"));
      await make((await claimAll()).map((claim) => settle(claim)));
      expect(await bench.broker.forget("r")).toBe(1);
      expect(await bench.broker.forget("l")).toBe(1);
      expect(await bench.broker.inspect("r")).toBeUndefined();
      expect(await bench.broker.read("l", [0])).toEqual([undefined]);
      expect(await bench.broker.forget("r")).toBe(0);
    });

    test("a run that goes on is kept", async () => {
      await submit(group("r", 2));
      expect(await bench.broker.forget("r")).toBe(0);
      expect(await bench.broker.inspect("r")).toBeDefined();
    });
  });
}
