/** A leased call that is given back unspent. */
import { describe, expect, test } from "vitest";
import { lone } from "../texts.js";
import type { Bench } from "./bench.js";

export function releaseContract(bench: Bench): void {
  const { ask, make, claimAll, submit } = bench;

  describe("release", () => {
    test("a released call is the next to be claimed, unchanged", async () => {
      await submit(lone("a"), lone("b"));
      const [claim] = await claimAll({ room: 1 });
      await make([{ kind: "release", ticket: claim!.ticket, text: claim!.text, delay: 0 }]);
      expect((await ask({ room: 1, worker: "other" })).claims[0]?.text).toBe(claim?.text);
    });
  });
}
