/** A leased call whose place is taken by others. */
import { describe, expect, test } from "vitest";
import type { Submission } from "../../../runtime/broker.js";
import { brief, call, givenTo, group, lone, nodesOf, plan, ready, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function replaceContract(bench: Bench): void {
  const { ask, make, claimAll, submit, states, at, listen } = bench;

  describe("replace", () => {
    const replacement = (run: string, base: number): Submission => ({
      ...plan(run, { ready: [ready(run, base, { edges: "f0" })], base, size: 1, result: base, shape: "more" }),
    });

    test("a replaced step passes on the value of what replaced it", async () => {
      await submit(plan("r", { ready: [ready("r", 0, { edges: "n1" })], waiting: [[1, call("r", 1)]], result: 1 }));
      const [claim] = await claimAll();
      const base = await bench.broker.reserve("r", 1);
      expect(base).toBe(2);
      const move = { kind: "replace", run: "r", index: 0, edges: "n1", ticket: claim!.ticket } as const;
      const replaced = await ask({ moves: [{ ...move, submission: replacement("r", base) }] });
      expect(nodesOf(replaced)).toEqual([2]);
      const next = await ask({ moves: [settle(replaced.claims[0]!, { value: "8", given: "8" })] });
      expect(nodesOf(next)).toEqual([1]);
      expect(givenTo(next)).toEqual(["8"]);
      expect(await states("r")).toEqual({ 0: "SUCCESS 8", 2: "SUCCESS 8" });
      expect((await bench.broker.inspect("r"))?.shape).toBe("shape\nmore");
    });

    test("a lone call that is replaced ends with what replaced it", async () => {
      await submit(lone("r"));
      const { until } = await listen({ client: "client" });
      const [claim] = await claimAll();
      const base = await bench.broker.reserve("r", 1);
      expect(base).toBe(1);
      const lonely = { reply: "client", keep: 60_000 };
      const move = { kind: "replace", run: "r", index: 0, edges: "", ticket: claim!.ticket, lone: lonely } as const;
      const reply = await ask({ moves: [{ ...move, submission: replacement("r", base) }] });
      await make([settle(reply.claims[0]!, { value: "8" })]);
      expect(brief((await bench.broker.read("r", [0]))[0])).toBe("SUCCESS 8");
      expect(await until(1)).toMatchObject([{ run: "r", index: 0 }]);
      expect((await bench.broker.inspect("r"))?.open).toBe(0);
    });

    test("a replacement's failure is the replaced node's, and points to where it happened", async () => {
      await submit(plan("r", { ready: [ready("r", 0, { edges: "n1" })], waiting: [[1, call("r", 1)]], result: 1 }));
      const [claim] = await claimAll();
      const base = await bench.broker.reserve("r", 1);
      const move = { kind: "replace", run: "r", index: 0, edges: "n1", ticket: claim!.ticket } as const;
      const replaced = await ask({ moves: [{ ...move, submission: replacement("r", base) }] });
      await make([settle(replaced.claims[0]!, { state: "FAILURE" })]);
      expect(await states("r")).toMatchObject({
        0: `FAILURE {"kind":"failed"}`,
        1: "FAILURE &2 edge",
        2: `FAILURE {"kind":"failed"}`,
      });
    });

    test("cancelling a join revokes what replaced one of its members", async () => {
      await submit(group("r", 2, { policy: "cancel" }));
      const claims = await claimAll();
      const base = await bench.broker.reserve("r", 1);
      const move = { kind: "replace", run: "r", index: 0, edges: "j2", ticket: at(claims, 0).ticket } as const;
      await make([{ ...move, submission: replacement("r", base) }]);
      await make([settle(at(claims, 1), { state: "FAILURE" })]);
      expect(await states("r")).toMatchObject({
        0: "REVOKED %cancelled",
        2: "FAILURE &1 edge",
        3: "REVOKED %cancelled",
      });
      expect((await ask()).claims).toEqual([]);
    });
  });
}
