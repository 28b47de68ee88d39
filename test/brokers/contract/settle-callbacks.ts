/** What the end of a node means to its callbacks. */
import { describe, expect, test } from "vitest";
import { call, givenTo, join, nodesOf, plan, ready, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function settleCallbacksContract(bench: Bench): void {
  const { ask, claimAll, submit, states } = bench;

  describe("settle, with callbacks", () => {
    const withCallbacks = (run: string) =>
      plan(run, {
        ready: [ready(run, 0, { edges: "s1:1-2 e2:2-4" })],
        waiting: [
          [1, call(run, 1)],
          [2, call(run, 2, { edges: "n3" })],
          [3, call(run, 3)],
        ],
        callbacks: "1-3",
      });

    test("a success callback starts with the value, and the error callbacks are skipped", async () => {
      await submit(withCallbacks("r"));
      const [first] = await claimAll();
      const reply = await ask({ moves: [settle(first!, { given: "5" })] });
      expect(nodesOf(reply)).toEqual([1]);
      expect(givenTo(reply)).toEqual(["5"]);
      expect((await bench.broker.inspect("r"))?.open).toBe(1);
    });

    test("an error callback starts with the failure, and the success callbacks are skipped", async () => {
      await submit(withCallbacks("r"));
      const [first] = await claimAll();
      const reply = await ask({ moves: [settle(first!, { state: "FAILURE" })] });
      expect(nodesOf(reply)).toEqual([2]);
      expect(givenTo(reply)).toEqual(["!0"]);
      expect((await bench.broker.inspect("r"))?.open).toBe(2);
    });

    test("a callback that is a join over nothing ends when it is called", async () => {
      const run = plan("r", {
        ready: [ready("r", 0, { edges: "s1:1-3" })],
        waiting: [
          [1, join({ members: "", count: 0, edges: "n2" })],
          [2, call("r", 2)],
        ],
        settled: [1],
        callbacks: "1-2",
      });
      await submit(run);
      const [first] = await claimAll();
      expect(await states("r")).toEqual({});
      expect(nodesOf(await ask({ moves: [settle(first!)] }))).toEqual([2]);
    });

    test("revoking a run fires its error callbacks and skips the others", async () => {
      await submit(withCallbacks("r"));
      expect(await bench.broker.cancel({ run: "r", terminate: false })).toBe("ok");
      const reply = await ask();
      expect(nodesOf(reply)).toEqual([2]);
      expect(givenTo(reply)).toEqual(["!0"]);
    });
  });
}
