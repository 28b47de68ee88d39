/** Turns of a shared token bucket. */
import { describe, expect, test } from "vitest";
import type { Bench } from "./bench.js";

export function throttleContract(bench: Bench): void {
  describe("throttle", () => {
    test("a burst is free, and then each turn comes after the one before", async () => {
      const rate = { tokens: 10, perMs: 10_000, burst: 2 };
      const start = performance.now();
      const waits = [];
      for (let i = 0; i < 4; i++) waits.push(await bench.broker.throttle("t", rate));
      // The broker counts whole milliseconds of its own clock.
      const asking = performance.now() - start + 2;
      expect(waits.slice(0, 2)).toEqual([0, 0]);
      // A turn is a second after the one before, less the time that asking took.
      expect(waits[2]).toBeGreaterThanOrEqual(1000 - asking);
      expect(waits[2]).toBeLessThanOrEqual(1000);
      expect(waits[3]).toBeGreaterThanOrEqual(2000 - asking);
      expect(waits[3]).toBeLessThanOrEqual(2000);
      await bench.pass(4000);
      expect(await bench.broker.throttle("t", rate)).toBe(0);
    });
  });
}
