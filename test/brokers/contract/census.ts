/** Runs by their state. */
import { describe, expect, test } from "vitest";
import { group, lone, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function censusContract(bench: Bench): void {
  const { make, claimAll, submit } = bench;

  describe("census", () => {
    test("runs count by state: canvases while they are kept, single calls once they have ended", async () => {
      await submit(group("waits", 2), lone("queued"));
      await submit(group("done", 1));
      const claims = await claimAll();
      const done = claims.filter(({ text }) => text.startsWith("done "));
      const queued = claims.filter(({ text }) => text.startsWith("queued "));
      await make([...done, ...queued].map((claim) => settle(claim)));
      expect(await bench.broker.census(100)).toEqual({
        states: { PENDING: 1, STARTED: 0, SUCCESS: 2, FAILURE: 0, REVOKED: 0 },
        complete: true,
      });
    });

    test("no more are looked at than the limit", async () => {
      await submit(group("a", 1), group("b", 1), group("c", 1));
      const { states, complete } = await bench.broker.census(2);
      expect([states.PENDING, complete]).toEqual([2, false]);
    });
  });
}
