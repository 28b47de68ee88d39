/** A leased call that is tried again. */
import { describe, expect, test } from "vitest";
import { call, lone, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function retryContract(bench: Bench): void {
  const { ask, make, claimAll, submit } = bench;

  describe("retry", () => {
    test("a retried call comes back after its delay, one attempt on", async () => {
      await submit(lone("r"));
      const [claim] = await claimAll();
      const text = call("r", 0, { lone: true, attempt: 1 });
      expect((await make([{ kind: "retry", ticket: claim!.ticket, text, delay: 1000 }])).replies).toEqual(["ok"]);
      expect((await bench.broker.inspect("r"))?.delayed.get(0)).toMatchObject({ attempt: 1 });
      expect((await ask()).claims).toEqual([]);
      await bench.pass(1001);
      expect((await ask()).claims.map((each) => each.text)).toEqual([text]);
    });

    test("a retry without a lease is lost", async () => {
      await submit(lone("r"));
      const [claim] = await claimAll();
      await make([settle(claim!)]);
      const text = call("r", 0, { lone: true, attempt: 1 });
      expect((await make([{ kind: "retry", ticket: claim!.ticket, text, delay: 0 }])).replies).toEqual(["lost"]);
      expect((await ask()).claims).toEqual([]);
    });
  });
}
