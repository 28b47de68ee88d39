/** Pure calls that a worker runs ahead of their turn: what it is shown of them, and what their ends mean. */
import { describe, expect, test } from "vitest";
import type { Claim, Submission } from "../../../runtime/broker.js";
import { readMessage } from "../../../runtime/wire.js";
import { brief, call, givenTo, join, lone, nodesOf, plan, ready, settle, settleRow } from "../texts.js";
import type { Bench } from "./bench.js";

/** A chain of so many pure calls: each edge says how far the pure ones reach that stand behind the next. */
function pureChain(run: string, size: number, last = ""): Submission {
  const edgesAt = (index: number) => edgesBefore(index + 1, size, last);
  const waiting = Array.from(
    { length: size - 1 },
    (_, i) => [i + 1, call(run, i + 1, { edges: edgesAt(i + 1) })] as const,
  );
  return plan(run, { ready: [ready(run, 0, { edges: edgesAt(0) })], waiting, result: size - 1 });
}

function edgesBefore(next: number, size: number, last: string): string {
  if (next === size) return last;
  return next === size - 1 ? `n${next}` : `p${next}-${size - 1}`;
}

export function aheadContract(bench: Bench): void {
  const { ask, make, claimAll, submit, states, listen } = bench;

  /** A pure chain whose first call has ended: the second is claimed, with so many behind it. */
  const begun = async (submission: Submission, ahead = 9): Promise<Claim> => {
    await submit(submission);
    const [first] = await claimAll();
    const { claims } = await ask({ moves: [settle(first!, { given: `"0"` })], ahead });
    return claims[0]!;
  };
  const indices = (texts: readonly string[] = []) => texts.map((text) => readMessage(text).index);

  describe("exchange, with calls run ahead", () => {
    test("who would run ahead is shown the pure calls behind the next one, as they stand in the plan", async () => {
      const claim = await begun(pureChain("r", 5));
      expect(readMessage(claim.text)).toMatchObject({ index: 1, given: `"0"` });
      expect(claim.ahead).toEqual([2, 3, 4].map((index) => call("r", index, { edges: edgesBefore(index + 1, 5, "") })));
    });

    test("it is shown no more than it asks for, and who asks for none is shown none", async () => {
      expect(indices((await begun(pureChain("r", 9), 3)).ahead)).toEqual([2, 3, 4]);
      expect((await begun(pureChain("s", 9), 0)).ahead ?? []).toEqual([]);
    });

    test("nothing is shown behind a call that comes from its queue", async () => {
      await submit(pureChain("r", 5));
      expect((await claimAll({ ahead: 9 }))[0]!.ahead ?? []).toEqual([]);
    });

    test("what ended ahead is recorded with the call that it follows, and what comes next is given its value", async () => {
      const claim = await begun(pureChain("r", 6), 2);
      const reply = await ask({ moves: [settleRow(claim)], ahead: 9 });
      expect(reply.replies).toEqual(["ok"]);
      expect(await states("r")).toEqual({ 0: `SUCCESS "0"`, 1: `SUCCESS "1"`, 2: `SUCCESS "2"`, 3: `SUCCESS "3"` });
      expect([nodesOf(reply), givenTo(reply), indices(reply.claims[0]!.ahead)]).toEqual([[4], [`"3"`], [5]]);
      expect((await bench.broker.inspect("r"))?.open).toBe(2);
    });

    test("a row to the run's end ends the run, and its client is told", async () => {
      const { until } = await listen({ client: "client" });
      const claim = await begun(pureChain("r", 4));
      expect((await make([settleRow(claim)])).replies).toEqual(["ok"]);
      const [told] = await until(1);
      expect(told).toMatchObject({ kind: "outcome", run: "r", index: 3 });
      expect((await bench.broker.inspect("r"))?.open).toBe(0);
    });

    test("a value that is too large to travel is given on as a reference", async () => {
      const claim = await begun(pureChain("r", 5), 1);
      const row = settleRow(claim);
      const ahead = row.ahead?.map(({ given: _, ...end }) => end) ?? [];
      const reply = await ask({ moves: [{ ...row, ahead }] });
      expect([nodesOf(reply), givenTo(reply)]).toEqual([[3], ["&2"]]);
    });

    test("a failure ahead fails every step behind it, with the same origin", async () => {
      const claim = await begun(pureChain("r", 5));
      await make([settleRow(claim, { count: 2, last: "FAILURE" })]);
      expect(await states("r")).toEqual({
        0: `SUCCESS "0"`,
        1: `SUCCESS "1"`,
        2: `SUCCESS "2"`,
        3: `FAILURE {"kind":"failed"}`,
        4: "FAILURE &3 edge",
      });
    });

    test("of a call that is another's by now, nothing that was run ahead is recorded", async () => {
      const claim = await begun(pureChain("r", 5));
      expect((await make([settleRow(claim)], { worker: "other" })).replies).toEqual(["lost"]);
      expect(await states("r")).toEqual({ 0: `SUCCESS "0"` });
      expect((await make([settleRow(claim)])).replies).toEqual(["ok"]);
      expect((await make([settleRow(claim)])).replies).toEqual(["lost"]);
      expect(Object.keys(await states("r"))).toHaveLength(5);
    });

    test("in a run that was revoked meanwhile, what was run ahead has never started", async () => {
      const claim = await begun(pureChain("r", 4));
      await bench.broker.cancel({ run: "r", terminate: false });
      await make([settleRow(claim)]);
      expect(await states("r")).toEqual({
        0: `SUCCESS "0"`,
        1: `SUCCESS "1"`,
        2: "REVOKED %revoked",
        3: "REVOKED %revoked",
      });
    });

    test("a node that was revoked meanwhile has never started, nor what follows it", async () => {
      const claim = await begun(pureChain("r", 5));
      await bench.broker.cancel({ run: "r", index: 3, terminate: false });
      await make([settleRow(claim)]);
      expect(await states("r")).toEqual({
        0: `SUCCESS "0"`,
        1: `SUCCESS "1"`,
        2: `SUCCESS "2"`,
        3: "REVOKED %revoked",
        4: expect.stringMatching(/^(REVOKED|FAILURE)/),
      });
    });

    test("the last of a row counts its join down, which starts once", async () => {
      const members = (first: number) =>
        [0, 1, 2, 3].map(
          (i) =>
            [
              first + i,
              call("r", first + i, { edges: i < 3 ? edgesBefore(first + i + 1, first + 4, "") : "j8" }),
            ] as const,
        );
      const [one, other] = [members(0), members(4)];
      const roots = [one, other].map(([first]) => ({ ...ready("r", 0), text: first![1] }));
      const waiting = [
        ...one.slice(1),
        ...other.slice(1),
        [8, join({ members: "3 7", count: 2, region: [0, 8], edges: "n9" })] as const,
      ];
      await submit(plan("r", { ready: roots, waiting: [...waiting, [9, call("r", 9)]], result: 9 }));
      const second = await ask({ moves: (await claimAll()).map((claim) => settle(claim, { given: "1" })), ahead: 9 });
      expect(second.claims.map(({ ahead }) => indices(ahead))).toEqual([
        [2, 3],
        [6, 7],
      ]);
      const last = await ask({ moves: second.claims.map((claim) => settleRow(claim)), ahead: 9 });
      expect([last.replies, nodesOf(last), givenTo(last)]).toEqual([["ok", "ok"], [9], ["&8"]]);
    });

    test("callbacks of the last of a row start once, with its value", async () => {
      const waiting = [
        [1, call("r", 1, { edges: "n2" })],
        [2, call("r", 2, { edges: "s3:3-4" })],
        [3, call("r", 3)],
      ] as const;
      const submission = plan("r", { ready: [ready("r", 0, { edges: "p1-2" })], waiting, result: 2, callbacks: "3-3" });
      const claim = await begun(submission);
      const reply = await ask({ moves: [settleRow(claim)] });
      expect([nodesOf(reply), givenTo(reply)]).toEqual([[3], [`"2"`]]);
    });

    test("what follows a row goes to the front of its queue where the worker has no room", async () => {
      const claim = await begun(pureChain("r", 5), 1);
      await submit(lone("other"));
      await make([settleRow(claim)]);
      const next = await ask({ room: 1 });
      expect([nodesOf(next), givenTo(next)]).toEqual([[3], [`"2"`]]);
    });

    test("what follows a row goes to its own queue where the worker does not serve it", async () => {
      const waiting = [
        [1, call("r", 1, { edges: "n2" })],
        [2, call("r", 2, { edges: "n3" })],
        [3, call("r", 3, { queue: "gpu" })],
      ] as const;
      const claim = await begun(plan("r", { ready: [ready("r", 0, { edges: "p1-2" })], waiting, result: 3 }));
      expect((await ask({ moves: [settleRow(claim)] })).claims).toEqual([]);
      const there = await ask({ queues: ["gpu"] });
      expect([nodesOf(there), givenTo(there)]).toEqual([[3], [`"2"`]]);
    });

    test("rows of many runs and other ends travel together", async () => {
      const runs = Array.from({ length: 20 }, (_, i) => `r${i}`);
      await submit(...runs.map((run) => pureChain(run, 8)), lone("l"));
      const started = await claimAll();
      const second = await ask({ room: 50, moves: started.map((claim) => settle(claim, { given: "1" })), ahead: 3 });
      expect(second.claims.map(({ ahead }) => indices(ahead))).toEqual(runs.map(() => [2, 3, 4]));
      const third = await ask({ room: 50, moves: second.claims.map((claim) => settleRow(claim)), ahead: 3 });
      expect(nodesOf(third)).toEqual(runs.map(() => 5));
      await make(third.claims.map((claim) => settleRow(claim)));
      for (const run of runs)
        expect(await states(run)).toEqual(
          Object.fromEntries(Array.from({ length: 8 }, (_, i) => [i, expect.stringMatching(/^SUCCESS/)])),
        );
    });

    test("who follows a run hears of every end", async () => {
      const { until } = await listen({ run: "r" });
      await make([settleRow(await begun(pureChain("r", 5)))]);
      expect((await until(5)).map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    });

    test("a call that ended ahead does not expire", async () => {
      const claim = await begun({
        ...pureChain("r", 4),
        expiring: [
          [2, 1],
          [3, Number.MAX_SAFE_INTEGER],
        ],
      });
      await make([settleRow(claim)]);
      await bench.broker.promote(100);
      expect(Object.values(await states("r")).map((state) => state?.slice(0, 7))).toEqual(Array(4).fill("SUCCESS"));
    });

    test("what its worker held when it died is given to another, alone, and counts as delivered; what was run ahead does not", async () => {
      await submit(pureChain("r", 4));
      const [first] = await claimAll({ lease: 100 });
      await ask({ moves: [settle(first!, { given: `"0"` })], ahead: 9, lease: 100 });
      await bench.pass(101);
      expect(await bench.broker.reap(3, 100)).toBe(1);
      const [again] = await claimAll({ worker: "heir", ahead: 9 });
      expect([readMessage(again!.text).index, again!.ahead ?? []]).toEqual([1, []]);
      const next = await ask({ worker: "heir", moves: [settle(again!, { given: "1" })], ahead: 9 });
      expect(brief((await bench.broker.read("r", [1]))[0])).toBe(`SUCCESS "1"`);
      expect((await make([settleRow(next.claims[0]!)], { worker: "heir" })).replies).toEqual(["ok"]);
      expect((await bench.broker.inspect("r"))?.open).toBe(0);
    });
  });
}
