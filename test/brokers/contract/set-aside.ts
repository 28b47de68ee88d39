/** A leased call that its worker cannot run. */
import { describe, expect, test } from "vitest";
import { lone, refuse } from "../texts.js";
import type { Bench } from "./bench.js";

export function setAsideContract(bench: Bench): void {
  const { ask, make, claimAll, submit } = bench;

  describe("setAside", () => {
    test("what is set aside is kept with its reason, and nobody claims it", async () => {
      await submit(lone("r"));
      const [claim] = await claimAll();
      await make([refuse(claim!)]);
      expect((await ask()).claims).toEqual([]);
      expect((await bench.broker.overview()).aside).toMatchObject([
        { run: "r", index: 0, task: "t", reason: "unknown-task", deliveries: 0, text: claim?.text },
      ]);
      expect((await bench.broker.inspect("r"))?.aside.get(0)?.reason).toBe("unknown-task");
    });
  });
}
