/** Pure calls are run ahead of their turn: nobody can tell, but for how long it takes. */
import { describe, expect, test } from "vitest";
import { currentTask } from "../../runtime/attempt/context.js";
import type { AheadEnd, Move } from "../../runtime/broker.js";
import { settle } from "./clock.js";
import { call, chain, Rig, type Tasks, told } from "./rig.js";

type Settle = Extract<Move, { kind: "settle" }>;

/** A rig whose tasks are all pure, and what its workers tell the broker: in each exchange that tells anything, the moves. */
function pureRig(tasks: Tasks, more: Readonly<Record<string, object>> = {}) {
  const rig = new Rig(Object.fromEntries(Object.keys(tasks).map((name) => [name, { pure: true, ...more[name] }])));
  const exchanges: (readonly Move[])[] = [];
  const { exchange } = rig.broker;
  rig.broker.exchange = (request) => {
    if (request.moves.length > 0) exchanges.push(request.moves);
    return exchange(request);
  };
  const rows = () => exchanges.flat().map((move): readonly AheadEnd[] => (move as Settle).ahead ?? []);
  return { rig, exchanges, rows };
}

const steps = (count: number, task = "next") => chain(...Array.from({ length: count }, () => call(task)));

/** Counts on from what it is given, and notes every call. */
function counting() {
  const ran: number[] = [];
  const next = (from = 0) => {
    ran.push(from);
    return from + 1;
  };
  return { ran, tasks: { next } };
}

describe("pure calls in a chain", () => {
  test("are told of in a few exchanges, each has run once, and the value is that of all of them", async () => {
    const { ran, tasks } = counting();
    const { rig, exchanges } = pureRig(tasks);
    const worker = await rig.serve(tasks);
    expect(await rig.value(steps(300))).toBe(300);
    expect(ran).toEqual(Array.from({ length: 300 }, (_, i) => i));
    expect(exchanges.length).toBeLessThan(15);
    expect(worker.stats()).toMatchObject({ succeeded: 300, running: 0 });
  });

  test("take an exchange each where they are not pure", async () => {
    const { tasks } = counting();
    const { rig, exchanges } = pureRig(tasks, { next: { pure: false } });
    await rig.serve(tasks);
    expect(await rig.value(steps(50))).toBe(50);
    expect(exchanges).toHaveLength(50);
  });

  test("see what they would see in their turn: id, parent, stamps, attempt", async () => {
    const seen = async (pure: boolean) => {
      const views: unknown[] = [];
      const tasks = {
        look: () => {
          const { id, runId, parentId, attempt, queue, stamps } = currentTask();
          views.push([id.replace(runId, ""), parentId?.replace(runId, ""), attempt, queue, stamps]);
        },
      };
      const { rig } = pureRig(tasks, { look: { pure } });
      await rig.serve(tasks);
      await rig.value(chain(...[1, 2, 3, 4, 5].map((n) => call("look", [], { stampers: [{ n }] }))));
      return views;
    };
    expect(await seen(true)).toEqual(await seen(false));
  });

  test("run ahead where they give a promise, too", async () => {
    const tasks = { next: async (from = 0) => from + 1 };
    const { rig, exchanges } = pureRig(tasks);
    await rig.serve(tasks);
    expect(await rig.value(steps(100))).toBe(100);
    expect(exchanges.length).toBeLessThan(12);
  });

  test("end where one fails: it has run once, and none behind it", async () => {
    const ran: number[] = [];
    const tasks = {
      next: (from = 0) => {
        ran.push(from);
        if (from === 6) throw new Error("seven");
        return from + 1;
      },
    };
    const { rig } = pureRig(tasks);
    const worker = await rig.serve(tasks);
    expect(await rig.value(steps(20))).toMatch(/seven|&6 edge/);
    expect(ran).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(worker.stats()).toMatchObject({ succeeded: 6, failed: 1 });
  });

  test("are tried again as often as they may, in their turn", async () => {
    const attempts: number[] = [];
    const tasks = {
      next: (from = 0) => {
        if (from !== 5) return from + 1;
        attempts.push(currentTask().attempt);
        return currentTask().attempt < 2 ? currentTask().retry({ countdown: 0 }) : from + 1;
      },
    };
    const { rig } = pureRig(tasks, { next: { maxRetries: 2 } });
    await rig.serve(tasks);
    expect(await rig.value(steps(20))).toBe(20);
    expect([...new Set(attempts)]).toEqual([0, 1, 2]);
  });

  test("may hand on values that are too large for a message", async () => {
    const tasks = { next: (from = "") => `${from}${"x".repeat(1_000)}` };
    const { rig } = pureRig(tasks);
    await rig.serve(tasks);
    expect(await rig.value(steps(12))).toHaveLength(12_000);
  });

  test("are not kept back for one that is known to take long", async () => {
    const tasks = {
      wait: (from = 0) => new Promise<number>((resolve) => void rig.clock.after(50, () => resolve(from + 1))),
    };
    const { rig, rows } = pureRig(tasks);
    await rig.serve(tasks);
    const { outcome } = await rig.send(steps(10, "wait"));
    await rig.clock.advance(600);
    expect(told(await outcome)).toBe(10);
    expect(rows().map((row) => row.length)).toEqual(Array(10).fill(0));
  });

  test("come back to being run ahead once a slow start is over", async () => {
    let slow = true;
    const tasks = {
      next: (from = 0) =>
        slow ? new Promise<number>((resolve) => void rig.clock.after(20, () => resolve(from + 1))) : from + 1,
    };
    const { rig, rows, exchanges } = pureRig(tasks);
    await rig.serve(tasks);
    const { outcome } = await rig.send(call("next"));
    await rig.clock.advance(20);
    await outcome;
    slow = false;
    expect(await rig.value(steps(100))).toBe(100);
    expect(exchanges.length).toBeLessThan(40);
    expect(Math.max(...rows().map((row) => row.length))).toBeGreaterThan(10);
  });

  test("stop at a task of another queue, of a rate, or that this worker holds for impure", async () => {
    const ran: string[] = [];
    const note = (name: string) => () => void ran.push(name);
    const tasks = {
      next: note("next"),
      elsewhere: note("elsewhere"),
      rated: note("rated"),
      doubtful: note("doubtful"),
    };
    const more = { elsewhere: { queue: "other" }, rated: { rateLimit: "1000/s" } };
    const { rig, rows } = pureRig(tasks, more);
    const contracts = new Map(rig.contracts);
    contracts.set("doubtful", { ...contracts.get("doubtful")!, options: {} });
    await rig.serve(tasks, { contracts });
    for (const name of ["elsewhere", "rated", "doubtful"]) {
      ran.length = 0;
      expect(
        await rig.value(chain(call("next"), call("next"), call(name, [], { immutable: true }), call("next"))),
      ).toBeNull();
      expect(ran).toEqual(["next", "next", name, "next"]);
    }
    expect(rows().flatMap((row) => row.map(({ index }) => index))).not.toContain(2);
  });

  test("that are revoked while one runs ahead end as revoked: its signal fires, and those behind never start", async () => {
    const signals: AbortSignal[] = [];
    const tasks = {
      next(from = 0): number | Promise<number> {
        if (from < 2) return from + 1;
        const { signal } = currentTask();
        signals.push(signal);
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      },
    };
    const { rig } = pureRig(tasks);
    const worker = await rig.serve(tasks);
    const { run, outcome } = await rig.send(steps(5));
    await settle();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    await rig.broker.cancel({ run, terminate: true });
    expect(told(await outcome)).toContain("REVOKED");
    await settle();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(worker.stats()).toMatchObject({ running: 0 });
  });

  test("count towards the tasks after which a worker makes room for a fresh one", async () => {
    const { ran, tasks } = counting();
    const { rig } = pureRig(tasks);
    const worker = await rig.serve(tasks, { maxTasks: 10 });
    void rig.send(steps(500));
    await worker.ended;
    expect(ran.length).toBeGreaterThanOrEqual(10);
    expect(ran.length).toBeLessThan(100);
  });
});
