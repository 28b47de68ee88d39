/** Turns of a shared token bucket. */
import { describe, expect, test } from "vitest";
import type { Bench } from "./bench.js";

export function throttleContract(bench: Bench): void {
  describe("throttle", () => {
    test("a burst is free, and then each turn comes after the one before", async () => {
      const rate = { tokens: 10, perMs: 10_000, burst: 2 };
      const waits = [];
      for (let i = 0; i < 4; i++) waits.push(await bench.broker.throttle("t", rate));
      expect(waits.slice(0, 2)).toEqual([0, 0]);
      // A turn is a second after the one before, less the time that asking took.
      expect(waits[2]).toBeGreaterThan(0);
      expect(waits[2]).toBeLessThanOrEqual(1000);
      expect(waits[3]).toBeGreaterThan(waits[2] ?? 0);
      expect(waits[3]).toBeLessThanOrEqual(2000);
      await bench.pass(4000);
      expect(await bench.broker.throttle("t", rate)).toBe(0);
    });
  });
}
