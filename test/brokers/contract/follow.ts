/** Who listens is told. */
import { describe, expect, test } from "vitest";
import { group, lone, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function followContract(bench: Bench): void {
  const { make, claimAll, submit, at, listen } = bench;

  describe("follow", () => {
    test("a follower hears of every node's end, in order", async () => {
      await submit(group("r", 2));
      const { until } = await listen({ run: "r" });
      const claims = await claimAll();
      await make([settle(at(claims, 1))]);
      await make([settle(at(claims, 0))]);
      const heard = await until(3);
      expect(heard.map(({ index }) => index)).toEqual([1, 0, 2]);
      expect(heard[0]).toMatchObject({ kind: "outcome", run: "r", outcome: expect.stringContaining("SUCCESS") });
    });

    test("a client hears when its runs have ended, and of nothing else", async () => {
      const { heard, until } = await listen({ client: "client" });
      await submit(group("r", 2), lone("l"));
      const claims = await claimAll();
      await make(claims.map((claim) => settle(claim)));
      await until(2);
      expect(heard.map(({ run, index }) => `${run} ${index}`).sort()).toEqual(["l 0", "r 2"]);
    });

    test("a large outcome comes without its text", async () => {
      const { until } = await listen({ client: "client" });
      await submit(lone("r"));
      const [claim] = await claimAll();
      await make([settle(claim!, { value: `"${"x".repeat(10_000)}"` })]);
      const [event] = await until(1);
      expect(event).toEqual({ kind: "outcome", run: "r", index: 0 });
    });

    test("one who has stopped following hears nothing more", async () => {
      await submit(lone("a"), lone("b"));
      const heard: string[] = [];
      const stop = await bench.broker.follow({ client: "client" }, (event) => heard.push(event.kind));
      await stop();
      const { until } = await listen({ client: "client" });
      await make((await claimAll()).map((claim) => settle(claim)));
      await until(2);
      expect(heard).toEqual([]);
    });
  });
}
