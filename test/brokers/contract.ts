/** What every broker promises, verb by verb. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type {
  Broker,
  BrokerEvent,
  Claim,
  ExchangeRequest,
  Move,
  Submission,
  WorkerCard,
} from "../../runtime/broker.js";
import { headOf } from "../../runtime/brokers/routing.js";
import { brief, call, givenTo, group, join, lone, nodesOf, plan, ready, settle } from "./texts.js";

/** A broker under test, and its time. */
export interface Subject {
  readonly broker: Broker;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  /** How many things are stored: keys, or entries. */
  stored(): Promise<readonly string[]>;
}

/** Runs the whole contract on a kind of broker. */
export function brokerContract(name: string, open: () => Promise<Subject & { end(): Promise<void> }>): void {
  describe(name, () => {
    let subject: Awaited<ReturnType<typeof open>>;
    let broker: Broker;
    beforeEach(async () => {
      subject = await open();
      broker = subject.broker;
    });
    afterEach(() => subject.end());

    const ask = (parts: Partial<ExchangeRequest> = {}) =>
      broker.exchange({ worker: "w", queues: ["default"], room: 10, lease: 30_000, moves: [], ...parts });
    const make = (moves: readonly Move[], parts: Partial<ExchangeRequest> = {}) => ask({ moves, room: 0, ...parts });
    const claimAll = async (parts: Partial<ExchangeRequest> = {}) => (await ask({ room: 1000, ...parts })).claims;
    const submit = (...submissions: Submission[]) => broker.submit(submissions);
    const states = async (run: string) => {
      const record = await broker.inspect(run);
      return Object.fromEntries([...(record?.outcomes ?? [])].sort(([a], [b]) => a - b).map(([i, o]) => [i, brief(o)]));
    };
    const at = (claims: readonly Claim[], index: number) => {
      const found = claims.find(({ text }) => text.split(" ")[1] === `${index}`);
      if (!found) throw new Error(`node ${index} was not claimed`);
      return found;
    };
    const listen = async (source: Parameters<Broker["follow"]>[0]) => {
      const heard: Exclude<BrokerEvent, { kind: "gap" }>[] = [];
      const waiters: (() => void)[] = [];
      await broker.follow(source, (event) => {
        if (event.kind !== "gap") heard.push(event);
        for (const wake of waiters.splice(0)) wake();
      });
      const until = async (count: number) => {
        while (heard.length < count) await new Promise<void>((resolve) => waiters.push(resolve));
        return heard;
      };
      return { heard, until };
    };

    describe("submit", () => {
      test("a lone call is claimed as it was sent", async () => {
        expect(await submit(lone("r"))).toEqual(["ok"]);
        expect((await ask()).claims.map(({ text }) => text)).toEqual([call("r", 0, { lone: true })]);
      });

      test("many runs keep their order, and their queues", async () => {
        await submit(lone("a"), lone("b", { queue: "other" }), lone("c"));
        const { claims } = await ask();
        expect(claims.map(({ text }) => text[0])).toEqual(["a", "c"]);
        expect((await ask({ queues: ["other"] })).claims).toHaveLength(1);
      });

      test("ten thousand runs go in at once", async () => {
        await submit(...Array.from({ length: 10_000 }, (_, i) => lone(`r${i}`)));
        expect((await ask({ room: 10_001 })).claims).toHaveLength(10_000);
      });

      test("the best priority is claimed first", async () => {
        await submit(lone("low"), lone("high", { priority: 9 }), lone("mid", { priority: 5 }));
        expect((await ask()).claims.map(({ text }) => text.split(" ")[0])).toEqual(["high", "mid", "low"]);
      });

      test("a chosen id that exists is a duplicate, and nothing is done", async () => {
        const run = plan("mine", { ready: [ready("mine", 0)], chosen: true });
        expect(await submit(run)).toEqual(["ok"]);
        expect(await submit(run, run)).toEqual(["duplicate", "duplicate"]);
        const { claims } = await ask();
        expect(claims).toHaveLength(1);
        await make([settle(claims[0]!)]);
        expect(await submit(run)).toEqual(["duplicate"]);
      });

      test("a join over nothing ends at once, and what follows starts", async () => {
        const run = plan("r", {
          waiting: [
            [0, join({ members: "", count: 0, edges: "n1" })],
            [1, call("r", 1)],
          ],
          settled: [0],
          result: 1,
        });
        await submit(run);
        expect(givenTo(await ask())).toEqual(["&0"]);
        expect(await states("r")).toEqual({ 0: "SUCCESS @" });
      });

      test("a run whose only node is a join over nothing has ended", async () => {
        const { until } = await listen({ client: "client" });
        await submit(plan("r", { waiting: [[0, join({ members: "", count: 0 })]], settled: [0] }));
        expect(await until(1)).toMatchObject([{ kind: "outcome", run: "r", index: 0 }]);
      });

      test("a delayed call is not claimed before its time", async () => {
        await submit(lone("r", { delay: 5000 }));
        const early = await ask();
        expect(early.claims).toEqual([]);
        expect(early.due).toBeGreaterThan(3000);
        expect(early.due).toBeLessThanOrEqual(5000);
        await subject.pass(5001);
        expect((await ask()).claims).toHaveLength(1);
      });
    });

    describe("exchange", () => {
      test("settling and claiming happen in one call", async () => {
        await submit(lone("a"), lone("b"));
        const first = await ask({ room: 1 });
        const second = await ask({ room: 1, moves: [settle(first.claims[0]!)] });
        expect(second.replies).toEqual(["ok"]);
        expect(second.claims).toHaveLength(1);
        expect(await broker.read("a", [0])).toEqual([expect.stringContaining("SUCCESS")]);
      });

      test("no more is claimed than there is room for", async () => {
        await submit(lone("a"), lone("b"), lone("c"));
        expect((await ask({ room: 2 })).claims).toHaveLength(2);
        expect((await ask({ room: 0 })).claims).toHaveLength(0);
        expect((await ask({ room: 5 })).claims).toHaveLength(1);
      });

      test("queues are served in the order they are asked for", async () => {
        await submit(lone("a", { queue: "one", priority: 9 }), lone("b", { queue: "two" }));
        const { claims } = await ask({ queues: ["two", "one"], room: 1 });
        expect(claims[0]?.text).toContain("b 0");
      });

      test("a late worker settles nothing", async () => {
        await submit(lone("r"));
        const [claim] = await claimAll();
        expect((await make([settle(claim!)], { worker: "other" })).replies).toEqual(["lost"]);
        expect(await broker.read("r", [0])).toEqual([undefined]);
        expect((await make([settle(claim!)])).replies).toEqual(["ok"]);
        expect((await make([settle(claim!, { value: `"later"` })])).replies).toEqual(["lost"]);
        expect(brief((await broker.read("r", [0]))[0])).toBe(`SUCCESS "0"`);
      });

      test("a chain's next step goes straight to the worker that settled the last one", async () => {
        const run = plan("r", { ready: [ready("r", 0, { edges: "n1" })], waiting: [[1, call("r", 1)]], result: 1 });
        await submit(run, lone("other"));
        const [first] = await claimAll({ room: 1 });
        const { claims } = await ask({ room: 1, moves: [settle(first!, { given: "7" })] });
        expect(claims.map(({ text }) => text)).toEqual([`${call("r", 1)}\n7`]);
      });

      test("a next step goes to the front of its queue where the worker has no room", async () => {
        const run = plan("r", { ready: [ready("r", 0, { edges: "n1" })], waiting: [[1, call("r", 1)]], result: 1 });
        await submit(run, lone("other"));
        const [first] = await claimAll({ room: 1 });
        await make([settle(first!)]);
        const next = await ask({ room: 1 });
        expect(nodesOf(next)).toEqual([1]);
        expect(givenTo(next)).toEqual(["&0"]);
      });

      test("a next step goes to its own queue where the worker does not serve it", async () => {
        const run = plan("r", {
          ready: [ready("r", 0, { edges: "n1" })],
          waiting: [[1, call("r", 1, { queue: "gpu" })]],
          result: 1,
        });
        await submit(run);
        const [first] = await claimAll();
        expect((await ask({ moves: [settle(first!)] })).claims).toEqual([]);
        expect(nodesOf(await ask({ queues: ["gpu"] }))).toEqual([1]);
      });

      test("a next step with a delay waits for it", async () => {
        const run = plan("r", {
          ready: [ready("r", 0, { edges: "n1" })],
          waiting: [[1, call("r", 1, { delay: 1000 })]],
          result: 1,
        });
        await submit(run);
        const [first] = await claimAll();
        expect((await ask({ moves: [settle(first!)] })).claims).toEqual([]);
        expect((await broker.inspect("r"))?.delayed.get(1)).toMatchObject({ attempt: 0 });
        await subject.pass(1001);
        expect(nodesOf(await ask())).toEqual([1]);
      });

      test("a failure fails every step behind it, with the same origin", async () => {
        const run = plan("r", {
          ready: [ready("r", 0, { edges: "n1" })],
          waiting: [
            [1, call("r", 1, { edges: "n2" })],
            [2, call("r", 2)],
          ],
          result: 2,
        });
        await submit(run);
        await make([settle((await claimAll())[0]!, { state: "FAILURE" })]);
        expect(await states("r")).toEqual({
          0: `FAILURE {"kind":"failed"}`,
          1: "FAILURE &0 edge",
          2: "FAILURE &0 edge",
        });
        expect((await broker.inspect("r"))?.open).toBe(0);
      });
    });

    describe("joins", () => {
      test("a join ends with its last member, in the order written", async () => {
        await submit(group("r", 3));
        const claims = await claimAll();
        await make([settle(at(claims, 2)), settle(at(claims, 0))]);
        expect((await states("r"))[3]).toBeUndefined();
        await make([settle(at(claims, 1))]);
        expect((await states("r"))[3]).toBe("SUCCESS @0-2");
      });

      test("what follows a join is given a reference to it, once", async () => {
        const run = group("r", 2, { edges: "n3" });
        await submit({ ...run, waiting: [...run.waiting, [3, call("r", 3)]], size: 4, result: 3 });
        const claims = await claimAll();
        const reply = await ask({ moves: claims.map((claim) => settle(claim)) });
        expect(nodesOf(reply)).toEqual([3]);
        expect(givenTo(reply)).toEqual(["&2"]);
      });

      test("a failed member fails the join at once, and the others still run", async () => {
        const run = group("r", 2, { edges: "n3" });
        await submit({ ...run, waiting: [...run.waiting, [3, call("r", 3)]], size: 4, result: 3 });
        const claims = await claimAll();
        await make([settle(at(claims, 0), { state: "FAILURE" })]);
        expect(await states("r")).toEqual({
          0: `FAILURE {"kind":"failed"}`,
          2: "FAILURE &0 edge",
          3: "FAILURE &0 join",
        });
        expect((await broker.inspect("r"))?.open).toBe(1);
        expect((await ask({ moves: [settle(at(claims, 1))] })).replies).toEqual(["ok"]);
        expect((await broker.inspect("r"))?.open).toBe(0);
      });

      test("a failure that passed a join stays so, further along", async () => {
        const run = group("r", 1, { edges: "n2" });
        await submit({
          ...run,
          waiting: [...run.waiting, [2, call("r", 2, { edges: "n3" })], [3, call("r", 3)]],
          size: 4,
          result: 3,
        });
        await make([settle((await claimAll())[0]!, { state: "FAILURE" })]);
        expect(await states("r")).toMatchObject({ 1: "FAILURE &0 edge", 2: "FAILURE &0 join", 3: "FAILURE &0 join" });
      });

      test("a settling join waits for all and succeeds", async () => {
        await submit(group("r", 2, { policy: "settle" }));
        const claims = await claimAll();
        await make([settle(at(claims, 1), { state: "FAILURE" })]);
        expect((await states("r"))[2]).toBeUndefined();
        await make([settle(at(claims, 0))]);
        expect((await states("r"))[2]).toBe("SUCCESS @settle 0-1");
      });

      test("a cancelling join revokes what has not started, and leaves what runs", async () => {
        await submit(group("r", 4, { policy: "cancel" }));
        const claims = await claimAll({ room: 2 });
        await make([settle(at(claims, 0), { state: "FAILURE" })]);
        expect(await states("r")).toEqual({
          0: `FAILURE {"kind":"failed"}`,
          2: "REVOKED %cancelled",
          3: "REVOKED %cancelled",
          4: "FAILURE &0 edge",
        });
        expect((await ask()).claims).toEqual([]);
        expect((await make([settle(at(claims, 1))])).replies).toEqual(["ok"]);
        expect((await broker.inspect("r"))?.open).toBe(0);
      });

      test("a nested join counts as one member", async () => {
        const run = plan("r", {
          ready: [ready("r", 0, { edges: "j2" }), ready("r", 1, { edges: "j2" }), ready("r", 3, { edges: "j4" })],
          waiting: [
            [2, join({ members: "0-1", count: 2, edges: "j4" })],
            [4, join({ members: "2-3", count: 2, region: [0, 4] })],
          ],
          result: 4,
        });
        await submit(run);
        const claims = await claimAll();
        await make([settle(at(claims, 3)), settle(at(claims, 0)), settle(at(claims, 1))]);
        expect(await states("r")).toMatchObject({ 2: "SUCCESS @0-1", 4: "SUCCESS @2-3" });
      });

      test("a gate holds a join over nothing until what precedes it has ended", async () => {
        const gated = (run: string) =>
          plan(run, {
            ready: [ready(run, 0, { edges: "g1" })],
            waiting: [[1, join({ members: "", count: 1, region: [1, 1], policy: "settle" })]],
            result: 1,
          });
        await submit(gated("good"), gated("bad"));
        const [good, bad] = await claimAll();
        await make([settle(good!), settle(bad!, { state: "FAILURE" })]);
        expect((await states("good"))[1]).toBe("SUCCESS @settle ");
        expect((await states("bad"))[1]).toBe("FAILURE &0 edge");
      });

      test("a fan-out wider than a slice reaches every node", async () => {
        const size = 5000;
        const after = Array.from(
          { length: size },
          (_, i) => [i + 1, call("r", i + 1, { edges: `j${size + 1}` })] as const,
        );
        const run = plan("r", {
          ready: [ready("r", 0, { edges: `n1-${size}` })],
          waiting: [...after, [size + 1, join({ members: `1-${size}`, count: size, region: [1, size + 1] })]],
          result: size + 1,
        });
        await submit(run);
        const [first] = await claimAll();
        let { claims } = await ask({ room: 300, moves: [settle(first!, { given: "1" })] });
        let settled = 0;
        while (claims.length > 0) {
          settled += claims.length;
          ({ claims } = await ask({ room: 300, moves: claims.map((claim) => settle(claim)) }));
        }
        expect(settled).toBe(size);
        expect(brief((await broker.read("r", [size + 1]))[0])).toBe(`SUCCESS @1-${size}`);
      });

      test("a failure before a wide fan-out ends every node", async () => {
        const size = 5000;
        const after = Array.from(
          { length: size },
          (_, i) => [i + 1, call("r", i + 1, { edges: `j${size + 1}` })] as const,
        );
        const run = plan("r", {
          ready: [ready("r", 0, { edges: `n1-${size}` })],
          waiting: [...after, [size + 1, join({ members: `1-${size}`, count: size, region: [1, size + 1] })]],
          result: size + 1,
        });
        await submit(run);
        const [first] = await claimAll();
        await make([settle(first!, { state: "FAILURE" })]);
        for (let i = 0; i < 20 && (await broker.inspect("r"))?.open; i++) await broker.promote(1000);
        expect((await broker.inspect("r"))?.open).toBe(0);
        expect(brief((await broker.read("r", [size + 1]))[0])).toBe("FAILURE &0 edge");
      });
    });

    describe("callbacks", () => {
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
        expect((await broker.inspect("r"))?.open).toBe(1);
      });

      test("an error callback starts with the failure, and the success callbacks are skipped", async () => {
        await submit(withCallbacks("r"));
        const [first] = await claimAll();
        const reply = await ask({ moves: [settle(first!, { state: "FAILURE" })] });
        expect(nodesOf(reply)).toEqual([2]);
        expect(givenTo(reply)).toEqual(["!0"]);
        expect((await broker.inspect("r"))?.open).toBe(2);
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
        expect(await broker.cancel({ run: "r", terminate: false })).toBe("ok");
        const reply = await ask();
        expect(nodesOf(reply)).toEqual([2]);
        expect(givenTo(reply)).toEqual(["!0"]);
      });
    });

    describe("retry", () => {
      test("a retried call comes back after its delay, one attempt on", async () => {
        await submit(lone("r"));
        const [claim] = await claimAll();
        const text = call("r", 0, { lone: true, attempt: 1 });
        expect((await make([{ kind: "retry", ticket: claim!.ticket, text, delay: 1000 }])).replies).toEqual(["ok"]);
        expect((await broker.inspect("r"))?.delayed.get(0)).toMatchObject({ attempt: 1 });
        expect((await ask()).claims).toEqual([]);
        await subject.pass(1001);
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

    describe("release", () => {
      test("a released call is the next to be claimed, unchanged", async () => {
        await submit(lone("a"), lone("b"));
        const [claim] = await claimAll({ room: 1 });
        await make([{ kind: "release", ticket: claim!.ticket, text: claim!.text, delay: 0 }]);
        expect((await ask({ room: 1, worker: "other" })).claims[0]?.text).toBe(claim?.text);
      });
    });

    describe("replace", () => {
      const replacement = (run: string, base: number): Submission => ({
        ...plan(run, { ready: [ready(run, base, { edges: "f0" })], base, size: 1, result: base, shape: "more" }),
      });

      test("a replaced step passes on the value of what replaced it", async () => {
        await submit(plan("r", { ready: [ready("r", 0, { edges: "n1" })], waiting: [[1, call("r", 1)]], result: 1 }));
        const [claim] = await claimAll();
        const base = await broker.reserve("r", 1);
        expect(base).toBe(2);
        const move = { kind: "replace", run: "r", index: 0, edges: "n1", ticket: claim!.ticket } as const;
        const replaced = await ask({ moves: [{ ...move, submission: replacement("r", base) }] });
        expect(nodesOf(replaced)).toEqual([2]);
        const next = await ask({ moves: [settle(replaced.claims[0]!, { value: "8", given: "8" })] });
        expect(nodesOf(next)).toEqual([1]);
        expect(givenTo(next)).toEqual(["8"]);
        expect(await states("r")).toEqual({ 0: "SUCCESS 8", 2: "SUCCESS 8" });
        expect((await broker.inspect("r"))?.shape).toBe("shape\nmore");
      });

      test("a lone call that is replaced ends with what replaced it", async () => {
        await submit(lone("r"));
        const { until } = await listen({ client: "client" });
        const [claim] = await claimAll();
        const base = await broker.reserve("r", 1);
        expect(base).toBe(1);
        const lonely = { reply: "client", keep: 60_000 };
        const move = { kind: "replace", run: "r", index: 0, edges: "", ticket: claim!.ticket, lone: lonely } as const;
        const reply = await ask({ moves: [{ ...move, submission: replacement("r", base) }] });
        await make([settle(reply.claims[0]!, { value: "8" })]);
        expect(brief((await broker.read("r", [0]))[0])).toBe("SUCCESS 8");
        expect(await until(1)).toMatchObject([{ run: "r", index: 0 }]);
        expect((await broker.inspect("r"))?.open).toBe(0);
      });

      test("a replacement's failure is the replaced node's, and points to where it happened", async () => {
        await submit(plan("r", { ready: [ready("r", 0, { edges: "n1" })], waiting: [[1, call("r", 1)]], result: 1 }));
        const [claim] = await claimAll();
        const base = await broker.reserve("r", 1);
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
        const base = await broker.reserve("r", 1);
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

    describe("setAside", () => {
      const refuse = (
        claim: Claim,
        parts: { reason?: "unknown-task" | "incompatible"; refusedBy?: string } = {},
      ): Move => ({
        kind: "setAside",
        ticket: claim.ticket,
        text: claim.text,
        task: "t",
        reason: "unknown-task",
        refusedBy: "",
        ...parts,
      });

      test("what is set aside is kept with its reason, and nobody claims it", async () => {
        await submit(lone("r"));
        const [claim] = await claimAll();
        await make([refuse(claim!)]);
        expect((await ask()).claims).toEqual([]);
        expect((await broker.overview()).aside).toMatchObject([
          { run: "r", index: 0, task: "t", reason: "unknown-task", deliveries: 0, text: claim?.text },
        ]);
        expect((await broker.inspect("r"))?.aside.get(0)?.reason).toBe("unknown-task");
      });

      test("recall hands it to a worker that knows the task", async () => {
        await submit(lone("r"));
        const [claim] = await claimAll();
        await make([refuse(claim!)]);
        expect(await broker.recall("new", new Map([["other", "f"]]), 5)).toEqual([]);
        expect(await broker.recall("new", new Map([["t", "f"]]), 0)).toEqual([]);
        const [back] = await broker.recall("new", new Map([["t", "f"]]), 5);
        expect(back?.text).toBe(claim?.text);
        expect((await make([settle(back!)], { worker: "new" })).replies).toEqual(["ok"]);
        expect((await broker.overview()).aside).toEqual([]);
      });

      test("recall leaves it from a worker of the contract that refused it", async () => {
        await submit(lone("r"));
        const [claim] = await claimAll();
        await make([refuse(claim!, { reason: "incompatible", refusedBy: "f1" })]);
        expect(await broker.recall("same", new Map([["t", "f1"]]), 5)).toEqual([]);
        expect(await broker.recall("new", new Map([["t", "f2"]]), 5)).toHaveLength(1);
      });
    });

    describe("extend", () => {
      const card = (id: string): WorkerCard => ({
        id,
        host: "h",
        pid: 1,
        queues: ["default"],
        concurrency: 1,
        started: 1,
        tasks: ["t"],
      });

      test("a worker that keeps its lease keeps its work", async () => {
        expect(await broker.extend(card("w"), 1000)).toBe("ok");
        await submit(lone("r"));
        await claimAll({ lease: 1000 });
        await subject.pass(600);
        expect(await broker.extend(card("w"), 1000)).toBe("ok");
        await subject.pass(600);
        expect(await broker.reap(3, 100)).toBe(0);
        await subject.pass(600);
        expect(await broker.reap(3, 100)).toBe(1);
        expect(await broker.extend(card("w"), 1000)).toBe("lost");
        expect(await broker.extend(card("w"), 1000)).toBe("ok");
      });

      test("a worker is seen with its card until it leaves", async () => {
        await broker.extend(card("w"), 30_000);
        await submit(lone("r"));
        const [claim] = await claimAll();
        expect((await broker.overview()).workers).toMatchObject([
          { id: "w", tasks: ["t"], holds: [headOf(claim!.text)] },
        ]);
        await make([settle(claim!)]);
        await broker.leave("w");
        expect((await broker.overview()).workers).toEqual([]);
      });
    });

    describe("reap", () => {
      test("a dead worker's calls are given back, and its late outcome is lost", async () => {
        await submit(lone("a"), lone("b"));
        const dead = await claimAll({ lease: 1000 });
        expect(await broker.reap(3, 100)).toBe(0);
        await subject.pass(1001);
        expect(await broker.reap(3, 100)).toBe(2);
        expect((await make([settle(dead[0]!)])).replies).toEqual(["lost"]);
        const again = await claimAll({ worker: "other" });
        expect(again.map(({ text }) => text).sort()).toEqual(dead.map(({ text }) => text).sort());
      });

      test("no more is given back at once than the limit", async () => {
        await submit(lone("a"), lone("b"), lone("c"));
        await claimAll({ lease: 1000 });
        await subject.pass(1001);
        expect(await broker.reap(3, 2)).toBe(2);
        expect(await broker.reap(3, 2)).toBe(1);
      });

      test("those that died together twice get their last chance one after another", async () => {
        await submit(lone("a"), lone("b"), lone("c"));
        const die = async () => {
          const claims = await claimAll({ lease: 1000 });
          await subject.pass(1001);
          await broker.reap(3, 100);
          return claims.length;
        };
        expect(await die()).toBe(3);
        expect(await die()).toBe(3);
        expect(await claimAll()).toHaveLength(1);
        await subject.pass(1001);
        expect(await claimAll()).toHaveLength(1);
        await subject.pass(1001);
        expect(await claimAll()).toHaveLength(1);
      });

      test("a call that workers die under fails, and is kept as evidence", async () => {
        const run = plan("r", { ready: [ready("r", 0, { edges: "n1" })], waiting: [[1, call("r", 1)]], result: 1 });
        await submit(run, lone("l"));
        for (const _ of [1, 2]) {
          expect(await claimAll({ lease: 1000 })).toHaveLength(2);
          await subject.pass(1001);
          expect(await broker.reap(2, 100)).toBe(2);
        }
        expect(await claimAll()).toEqual([]);
        expect(await states("r")).toEqual({ 0: "FAILURE %lost", 1: "FAILURE &0 edge" });
        expect(await states("l")).toEqual({ 0: "FAILURE %lost" });
        const { aside } = await broker.overview();
        expect(aside.map(({ run: id, reason, deliveries, task }) => [id, reason, deliveries, task]).sort()).toEqual([
          ["l", "poison", 2, "t"],
          ["r", "poison", 2, "t"],
        ]);
        expect(await broker.recall("new", new Map([["t", "f"]]), 5)).toEqual([]);
      });
    });

    describe("cancel", () => {
      test("a run that waits is revoked, and nothing of it is claimed", async () => {
        await submit(group("r", 2), lone("other"));
        expect(await broker.cancel({ run: "r", terminate: false })).toBe("ok");
        expect(await states("r")).toEqual({ 0: "REVOKED %revoked", 1: "REVOKED %revoked", 2: "REVOKED %revoked" });
        expect((await ask()).claims).toHaveLength(1);
        expect(await broker.cancel({ run: "r", terminate: false })).toBe("finished");
      });

      test("without terminate, what runs ends as it will, and nothing follows it", async () => {
        await submit(plan("r", { ready: [ready("r", 0, { edges: "n1" })], waiting: [[1, call("r", 1)]], result: 1 }));
        const [claim] = await claimAll();
        expect(await broker.cancel({ run: "r", terminate: false })).toBe("ok");
        const reply = await ask({ moves: [settle(claim!)] });
        expect(reply).toMatchObject({ replies: ["ok"], claims: [] });
        expect(await states("r")).toEqual({ 0: `SUCCESS "0"`, 1: "REVOKED %revoked" });
      });

      test("without terminate, what runs is not tried again", async () => {
        await submit(plan("r", { ready: [ready("r", 0)] }), lone("l"));
        const claims = await claimAll();
        await broker.cancel({ run: "r", terminate: false });
        await broker.cancel({ run: "l", terminate: false });
        await make(claims.map(({ ticket, text }) => ({ kind: "retry", ticket, text, delay: 0 })));
        expect((await ask()).claims).toEqual([]);
        expect(await states("r")).toEqual({ 0: "REVOKED %revoked" });
        expect(await states("l")).toEqual({ 0: "REVOKED %revoked" });
      });

      test("with terminate, what runs is revoked and its worker told", async () => {
        const { until } = await listen({ worker: "w" });
        await submit(group("r", 2), lone("l"));
        const claims = await claimAll();
        await broker.cancel({ run: "r", terminate: true });
        await broker.cancel({ run: "l", terminate: true });
        const told = await until(3);
        expect(told.map(({ kind, run, index }) => `${kind} ${run} ${index}`).sort()).toEqual([
          "cancel l 0",
          "cancel r 0",
          "cancel r 1",
        ]);
        expect((await make(claims.map((claim) => settle(claim)))).replies).toEqual(["ok", "ok", "ok"]);
        expect(await states("l")).toEqual({ 0: "REVOKED %revoked" });
        expect((await states("r"))[0]).toBe("REVOKED %revoked");
      });

      test("a lone call that waits is revoked, in its queue or for its time", async () => {
        const { until } = await listen({ client: "client" });
        await submit(lone("a"), lone("b", { delay: 1000 }));
        expect(await broker.cancel({ run: "a", terminate: false })).toBe("ok");
        expect(await broker.cancel({ run: "b", terminate: false })).toBe("ok");
        expect(await states("a")).toEqual({ 0: "REVOKED %revoked" });
        await subject.pass(1001);
        expect((await ask()).claims).toEqual([]);
        expect((await until(2)).map(({ run }) => run).sort()).toEqual(["a", "b"]);
        expect(await broker.cancel({ run: "a", terminate: false })).toBe("finished");
      });

      test("one node of a run is revoked with what hangs on it, and the rest goes on", async () => {
        await submit(group("r", 3, { policy: "settle" }));
        expect(await broker.cancel({ run: "r", index: 1, terminate: false })).toBe("ok");
        const claims = await claimAll();
        expect(claims).toHaveLength(2);
        await make(claims.map((claim) => settle(claim)));
        expect(await states("r")).toMatchObject({ 1: "REVOKED %revoked", 3: "SUCCESS @settle 0-2" });
        expect(await broker.cancel({ run: "r", index: 1, terminate: false })).toBe("finished");
      });

      test("a finished run is finished", async () => {
        await submit(lone("r"));
        await make([settle((await claimAll())[0]!)]);
        expect(await broker.cancel({ run: "r", terminate: true })).toBe("finished");
        expect(await states("r")).toEqual({ 0: `SUCCESS "0"` });
      });

      test("a wide run is revoked whole", async () => {
        const size = 3500;
        await submit(group("r", size));
        expect(await broker.cancel({ run: "r", terminate: false })).toBe("ok");
        for (let i = 0; i < 20 && (await broker.inspect("r"))?.open; i++) await broker.promote(1000);
        expect((await broker.inspect("r"))?.open).toBe(0);
        expect((await ask({ room: size })).claims).toEqual([]);
        expect(brief((await broker.read("r", [size]))[0])).toBe("REVOKED %revoked");
      });
    });

    describe("promote", () => {
      test("a node that has not started by the time it expires is revoked", async () => {
        const now = Date.now() + 500;
        const soon = (run: string): Submission =>
          plan(run, {
            ready: [ready(run, 0, { edges: "n1" })],
            waiting: [[1, call(run, 1)]],
            result: 1,
            expiring: [[0, now]],
          });
        await submit(soon("a"));
        await claimAll();
        await submit(soon("b"));
        await subject.pass(1001);
        await broker.promote(100);
        expect(await states("a")).toEqual({});
        expect(await states("b")).toEqual({ 0: "REVOKED %expired", 1: "FAILURE &0 edge" });
        expect((await ask()).claims).toEqual([]);
      });

      test("delayed calls that are due are ready for whoever comes", async () => {
        await submit(lone("a", { delay: 100 }), lone("b", { delay: 100 }), lone("c", { delay: 60_000 }));
        await subject.pass(101);
        expect(await broker.promote(100)).toBe(2);
        expect((await broker.overview()).queues).toMatchObject([{ name: "default", ready: 2, delayed: 1 }]);
      });
    });

    describe("parts", () => {
      const opening = (run: string): Submission =>
        plan(run, {
          waiting: [[0, join({ members: "", count: 1, region: [0, Number.MAX_SAFE_INTEGER] })]],
          part: "first",
        });
      const part = (run: string, indices: number[], kind: "more" | "last"): Submission => ({
        ...plan(run, { ready: indices.map((index) => ready(run, index, { edges: "j0" })), part: kind, shape: "" }),
        base: indices[0] ?? 0,
        grows: [[0, indices.length ? `${indices[0]}-${indices.at(-1)}` : "", indices.length]],
      });

      test("a fan-out that comes in parts ends once it is sealed", async () => {
        await submit(opening("r"));
        const base = await broker.reserve("r", 4);
        expect(base).toBe(1);
        await submit(part("r", [1, 2], "more"));
        await make((await claimAll()).map((claim) => settle(claim)));
        expect(await states("r")).not.toHaveProperty("0");
        await submit(part("r", [3, 4], "last"));
        await make((await claimAll()).map((claim) => settle(claim)));
        expect((await states("r"))[0]).toBe("SUCCESS @1-2 3-4");
        expect((await broker.inspect("r"))?.open).toBe(0);
      });

      test("an empty fan-out is an empty list", async () => {
        await submit(opening("r"));
        await submit(part("r", [], "last"));
        expect(await states("r")).toEqual({ 0: "SUCCESS @" });
      });

      test("a part for a run that was revoked starts nothing", async () => {
        await submit(opening("r"));
        await broker.reserve("r", 2);
        await broker.cancel({ run: "r", terminate: false });
        await submit(part("r", [1, 2], "last"));
        expect((await ask()).claims).toEqual([]);
      });
    });

    describe("overview", () => {
      test("a queue is as old as the first of its ready messages", async () => {
        await submit(lone("a", { submitted: 3_000 }), lone("b", { submitted: 2_000, priority: 9 }));
        await submit(lone("later", { delay: 60_000, queue: "io" }));
        expect((await broker.overview()).queues).toEqual([
          { name: "default", ready: 2, delayed: 0, oldest: 2_000 },
          { name: "io", ready: 0, delayed: 1 },
        ]);
      });

      test("an open run has started once one of its nodes is held or has ended", async () => {
        await broker.extend({ id: "w", host: "h", pid: 1, queues: [], concurrency: 1, started: 1, tasks: [] }, 30_000);
        await submit(group("waits", 2));
        const stateOf = async () => (await broker.overview()).runs.map(({ id, state }) => [id, state]);
        expect(await stateOf()).toEqual([["waits", "PENDING"]]);
        const [claim] = await claimAll({ room: 1 });
        expect(await stateOf()).toEqual([["waits", "STARTED"]]);
        await make([settle(claim!)]);
        expect(await stateOf()).toEqual([["waits", "STARTED"]]);
      });

      test("what a worker holds is told without its arguments", async () => {
        await submit(lone("r", { args: JSON.stringify(["x".repeat(10_000)]) }));
        await broker.extend({ id: "w", host: "h", pid: 1, queues: [], concurrency: 1, started: 1, tasks: [] }, 30_000);
        await claimAll();
        const [worker] = (await broker.overview()).workers;
        expect(worker?.holds[0]).toMatch(/^r 0 default /);
        expect(worker?.holds[0]?.length).toBeLessThan(500);
      });
    });

    describe("locate", () => {
      test("a ready call is found in its queue, with how many come before it", async () => {
        await submit(lone("a"), lone("b"), lone("first", { priority: 9 }), lone("elsewhere", { queue: "io" }));
        expect((await broker.locate("b", 0))?.ahead).toBe(2);
        expect((await broker.locate("first", 0))?.ahead).toBe(0);
        expect(await broker.locate("elsewhere", 0)).toMatchObject({ head: /^elsewhere 0 io /, ahead: 0 });
      });

      test("what is held, delayed or unknown is in no queue", async () => {
        await submit(lone("held"));
        await claimAll();
        await submit(lone("later", { delay: 60_000 }));
        for (const run of ["held", "later", "nobody"]) expect(await broker.locate(run, 0)).toBeUndefined();
      });
    });

    describe("census", () => {
      test("runs count by state: canvases while they are kept, single calls once they have ended", async () => {
        await submit(group("waits", 2), lone("queued"));
        await submit(group("done", 1));
        const claims = await claimAll();
        const done = claims.filter(({ text }) => text.startsWith("done "));
        const queued = claims.filter(({ text }) => text.startsWith("queued "));
        await make([...done, ...queued].map((claim) => settle(claim)));
        expect(await broker.census(100)).toEqual({
          states: { PENDING: 1, STARTED: 0, SUCCESS: 2, FAILURE: 0, REVOKED: 0 },
          complete: true,
        });
      });

      test("no more are looked at than the limit", async () => {
        await submit(group("a", 1), group("b", 1), group("c", 1));
        const { states, complete } = await broker.census(2);
        expect([states.PENDING, complete]).toEqual([2, false]);
      });
    });

    describe("inspect", () => {
      test("a run shows what it is made of and who runs it", async () => {
        await submit(group("r", 2));
        await claimAll({ room: 1 });
        const record = await broker.inspect("r");
        expect(record).toMatchObject({ run: "r", result: 2, open: 3, shape: "shape" });
        expect([...(record?.leased ?? [])]).toMatchObject([[0, { worker: "w", attempt: 0 }]]);
      });

      test("a lone call shows once it is claimed, and when it has ended", async () => {
        await submit(lone("r"));
        const [claim] = await claimAll();
        expect((await broker.inspect("r"))?.leased.get(0)?.since).toBeGreaterThan(0);
        await make([settle(claim!)]);
        expect(await broker.inspect("r")).toMatchObject({ result: 0, open: 0 });
      });

      test("an unknown run is nothing", async () => {
        expect(await broker.inspect("nobody")).toBeUndefined();
        expect(await broker.read("nobody", [0, 1])).toEqual([undefined, undefined]);
        expect(await broker.read("nobody", [])).toEqual([]);
      });

      test("progress is shown and told", async () => {
        await submit(group("r", 1));
        const { until } = await listen({ run: "r" });
        await claimAll();
        await broker.report("r", 0, `{"done":1}`);
        expect((await broker.inspect("r"))?.progress.get(0)).toBe(`{"done":1}`);
        expect(await until(1)).toEqual([{ kind: "progress", run: "r", index: 0, text: `{"done":1}` }]);
      });
    });

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
        const stop = await broker.follow({ client: "client" }, (event) => heard.push(event.kind));
        await stop();
        const { until } = await listen({ client: "client" });
        await make((await claimAll()).map((claim) => settle(claim)));
        await until(2);
        expect(heard).toEqual([]);
      });
    });

    describe("resolve", () => {
      test("an id of the user's choosing leads to its node", async () => {
        await submit(plan("r", { ...group("r", 2), aliases: [["mine", 1]] }));
        expect(await broker.resolve("mine")).toEqual(["r", 1]);
        expect(await broker.resolve("r")).toEqual(["r", 2]);
        expect(await broker.resolve("nobody")).toBeUndefined();
      });
    });

    describe("stamped", () => {
      test("a stamp leads to the nodes that carry it", async () => {
        await submit(plan("a", { ...group("a", 2), stamped: [[`k="v"`, [0, 1]]] }));
        await submit(plan("b", { ...group("b", 2), stamped: [[`k="v"`, [1]]] }));
        expect([...(await broker.stamped(`k="v"`))].sort()).toEqual([
          ["a", 0],
          ["a", 1],
          ["b", 1],
        ]);
        expect(await broker.stamped(`k="w"`)).toEqual([]);
      });
    });

    describe("throttle", () => {
      test("a burst is free, and then each turn comes after the one before", async () => {
        const rate = { tokens: 10, perMs: 10_000, burst: 2 };
        const waits = [];
        for (let i = 0; i < 4; i++) waits.push(await broker.throttle("t", rate));
        expect(waits.slice(0, 2)).toEqual([0, 0]);
        expect(waits[2]).toBeGreaterThan(900);
        expect(waits[2]).toBeLessThanOrEqual(1000);
        expect(waits[3]).toBeGreaterThan(1900);
        await subject.pass(4000);
        expect(await broker.throttle("t", rate)).toBe(0);
      });
    });

    describe("idle", () => {
      const idle = (ms: number, signal = new AbortController().signal) =>
        broker.idle({ worker: "w", queues: ["default", "other"], ms, signal });

      test("new work wakes an idle worker", async () => {
        const woken = idle(60_000);
        await submit(lone("r", { queue: "other" }));
        await woken;
        expect((await ask({ queues: ["other"] })).claims).toHaveLength(1);
      });

      test("work that came before wakes at once", async () => {
        await submit(lone("r"));
        await idle(60_000);
      });

      test("a signal ends the wait", async () => {
        const abort = new AbortController();
        const woken = idle(60_000, abort.signal);
        abort.abort();
        await woken;
      });

      test("what a claim leaves behind wakes another", async () => {
        await submit(lone("a"), lone("b"));
        await idle(60_000);
        await ask({ room: 1 });
        await idle(60_000);
        expect((await ask()).claims).toHaveLength(1);
      });
    });

    describe("forget", () => {
      test("a finished run is removed with all its keys", async () => {
        await submit(group("r", 2), lone("l"));
        await make((await claimAll()).map((claim) => settle(claim)));
        expect(await broker.forget("r")).toBe(1);
        expect(await broker.forget("l")).toBe(1);
        expect(await broker.inspect("r")).toBeUndefined();
        expect(await broker.read("l", [0])).toEqual([undefined]);
        expect(await broker.forget("r")).toBe(0);
      });

      test("a run that goes on is kept", async () => {
        await submit(group("r", 2));
        expect(await broker.forget("r")).toBe(0);
        expect(await broker.inspect("r")).toBeDefined();
      });
    });

    describe("keys", () => {
      test("nothing stays once results have expired", async () => {
        await submit(
          { ...group("ok", 3), keep: 200, aliases: [["alias", 1]], stamped: [["s=1", [0]]] },
          { ...group("bad", 3), keep: 200 },
          { ...group("gone", 3, { policy: "cancel" }), keep: 200 },
          lone("l", { keep: 200 }),
        );
        await broker.cancel({ run: "gone", terminate: false });
        const claims = await claimAll();
        await broker.report("l", 0, `{"done":1}`);
        await broker.report("ok", 0, `{"done":1}`);
        await make(
          claims.map((claim) => settle(claim, { state: claim.text.startsWith("bad 1") ? "FAILURE" : "SUCCESS" })),
        );
        await broker.leave("w");
        await subject.pass(401);
        const names = await subject.stored();
        // The wake-up token, and the grave that keeps a revoked run's messages from running.
        expect(names.filter((name) => !/:(wake:|cancelled$)/.test(name))).toEqual([]);
      });
    });
  });
}
