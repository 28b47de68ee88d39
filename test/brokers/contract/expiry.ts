/** What is left when all is over. */
import { describe, expect, test } from "vitest";
import { group, lone, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function expiryContract(bench: Bench): void {
  const { make, claimAll, submit } = bench;

  describe("expiry", () => {
    test("nothing stays once results have expired", async () => {
      await submit(
        { ...group("ok", 3), keep: 200, aliases: [["alias", 1]], stamped: [["s=1", [0]]] },
        { ...group("bad", 3), keep: 200 },
        { ...group("gone", 3, { policy: "cancel" }), keep: 200 },
        lone("l", { keep: 200 }),
      );
      await bench.broker.cancel({ run: "gone", terminate: false });
      const claims = await claimAll();
      await bench.broker.report("l", 0, `{"done":1}`);
      await bench.broker.report("ok", 0, `{"done":1}`);
      await make(
        claims.map((claim) => settle(claim, { state: claim.text.startsWith("bad 1") ? "FAILURE" : "SUCCESS" })),
      );
      await bench.broker.leave("w");
      await bench.pass(401);
      const names = await bench.stored();
      // The wake-up token, and the grave that keeps a revoked run's messages from running.
      expect(names.filter((name) => !/:(wake:|cancelled$)/.test(name))).toEqual([]);
    });
  });
}
