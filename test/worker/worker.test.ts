import { describe, expect, test } from "vitest";
import { currentTask } from "../../runtime/attempt/context.js";
import { createLogger } from "../../runtime/logger.js";
import { settle } from "./clock.js";
import { call, chain, Rig, told } from "./rig.js";

/** Tasks that end when they are told to. */
function gates() {
  const open: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  const wait = () => {
    signals.push(currentTask().signal);
    return new Promise<string>((resolve) => open.push(() => resolve("done")));
  };
  return { open, signals, tasks: { wait } };
}

describe("a worker", () => {
  test("runs no more at once than its concurrency", async () => {
    const rig = new Rig();
    const { open, tasks } = gates();
    const worker = await rig.serve(tasks, { concurrency: 2 });
    const sent = await Promise.all([1, 2, 3].map(() => rig.send(call("wait"))));
    await settle();
    expect(open.length).toBe(2);
    expect(worker.stats().running).toBe(2);
    open[0]?.();
    await settle();
    expect(open.length).toBe(3);
    for (const each of open) each();
    await Promise.all(sent.map(({ outcome }) => outcome));
    expect(worker.stats()).toMatchObject({ running: 0, succeeded: 3, failed: 0 });
  });

  test("refuses a concurrency that is none", () => {
    expect(() => new Rig().worker({}, { concurrency: 0 })).toThrow("whole number from 1, but this is 0");
  });

  test("serves the queues it is told to, and no other", async () => {
    const rig = new Rig({ slow: { queue: "slow" } });
    const ran: string[] = [];
    await rig.serve({ slow: () => ran.push("slow"), fast: () => ran.push("fast") }, { queues: ["default"] });
    await rig.send(call("slow"));
    const { outcome } = await rig.send(call("fast"));
    await outcome;
    await settle();
    expect(ran).toEqual(["fast"]);
  });

  test("serves its tasks' queues and the default one where it is told nothing", async () => {
    const rig = new Rig({ slow: { queue: "slow" } });
    expect(rig.worker({ slow: () => 1 }).stats().queues).toEqual(["default", "slow"]);
  });

  test("serves every queue there is where the broker is in its process", async () => {
    const rig = new Rig();
    await rig.serve({ where: () => currentTask().queue }, { embedded: true });
    expect(await rig.value(call("where"), { queue: "odd" })).toBe("odd");
  });

  test("starts delayed work when it is due, without polling where the broker is in its process", async () => {
    const rig = new Rig();
    await rig.serve({ when: () => rig.clock.now() - 1_000_000 }, { embedded: true });
    await settle();
    const { outcome } = await rig.send(call("when"), { countdown: "300d" });
    await rig.clock.advance(365 * 86_400_000);
    expect(told(await outcome)).toBe(300 * 86_400_000);
  });

  test("accepts an older name of a task", async () => {
    const rig = new Rig({ add: { aliases: ["plus"] } });
    await rig.serve({ add: (x: number, y: number) => x + y });
    expect(await rig.value(call("plus", [1, 2]))).toBe(3);
  });

  test("gives a worker that died its work back to the others", async () => {
    const rig = new Rig();
    const silent = await rig.broker.exchange({
      worker: "dead",
      queues: ["default"],
      room: 1,
      lease: 30_000,
      moves: [],
    });
    expect(silent.claims).toEqual([]);
    const { outcome } = await rig.send(call("add", [1, 2]));
    await rig.broker.exchange({ worker: "dead", queues: ["default"], room: 1, lease: 30_000, moves: [] });
    await rig.serve({ add: (x: number, y: number) => x + y });
    await rig.clock.advance(60_000);
    expect(told(await outcome)).toBe(3);
  });

  test("drops what it held when its lease was lost, and keeps what it has claimed since", async () => {
    const rig = new Rig();
    const { open, signals, tasks } = gates();
    const lines: string[] = [];
    const logger = createLogger((level, _, message) => lines.push(`${level} ${message}`));
    // The heart of this one never beats until it is told to.
    let beat = () => {};
    const heartbeat = ({ lost }: { lost(): void }) => {
      beat = lost;
      return async () => {};
    };
    const worker = await rig.serve(tasks, { heartbeat, logger });
    const { outcome } = await rig.send(call("wait"));
    await settle();
    await rig.broker.exchange({ worker: worker.id, queues: [], room: 0, lease: 0, moves: [] });
    await rig.broker.reap(3, 10);
    beat();
    await settle();
    expect(signals[0]?.reason).toMatchObject({ name: "LeaseLostError" });
    expect(worker.stats().running).toBe(1);
    expect(signals[1]?.aborted).toBe(false);
    expect(lines).toContain("warn the lease was lost; what this worker held has been given to others");
    for (const each of open) each();
    expect(told(await outcome)).toBe("done");
  });

  test("says each finished attempt in one line, without arguments and results", async () => {
    const rig = new Rig();
    const lines: unknown[] = [];
    const logger = createLogger((level, fields, message) => lines.push({ level, message, ...fields }));
    const worker = await rig.serve({ secret: (x: string) => `${x}!` }, { logger });
    const { run, outcome } = await rig.send(call("secret", ["password"]));
    await outcome;
    const line = {
      task: "secret",
      id: run,
      runId: run,
      attempt: 0,
      queue: "default",
      worker: worker.id,
      durationMs: 0,
    };
    expect(lines).toEqual([{ level: "info", message: "secret succeeded", outcome: "success", ...line }]);
  });

  test("logs what a task says with the task's name and id", async () => {
    const rig = new Rig();
    const lines: unknown[] = [];
    const logger = createLogger((level, fields, message) => lines.push({ level, message, ...fields }), "info");
    await rig.serve({ chatty: () => currentTask().log.info({ size: 3 }, "halfway") }, { logger });
    const { run, outcome } = await rig.send(call("chatty"));
    await outcome;
    expect(lines[0]).toMatchObject({ level: "info", message: "halfway", size: 3, task: "chatty", id: run });
  });

  test("ends by itself after the number of tasks it was given, and loses none", async () => {
    const rig = new Rig();
    const worker = await rig.serve({ add: (x: number, y: number) => x + y }, { maxTasks: 2 });
    const sent = await Promise.all([1, 2, 3].map((n) => rig.send(call("add", [n, n]))));
    await worker.ended;
    expect(worker.stats()).toMatchObject({ state: "stopped", succeeded: 2 });
    await rig.serve({ add: (x: number, y: number) => x + y });
    expect(told(await sent[2]!.outcome)).toBe(6);
  });

  test("leaves no unhandled rejection behind a task that fails after its time", async () => {
    const rig = new Rig({ late: { timeLimit: "1s" } });
    let fail = (_: Error) => {};
    await rig.serve({
      late: () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    });
    const { outcome } = await rig.send(call("late"));
    await rig.clock.advance(1_000);
    fail(new Error("too late to matter"));
    await settle();
    expect(told(await outcome)).toContain("FAILURE timeLimit");
  });
});

describe("draining", () => {
  test("finishes what runs and claims no more", async () => {
    const rig = new Rig();
    const { open, tasks } = gates();
    const worker = await rig.serve(tasks, { concurrency: 1 });
    const first = await rig.send(call("wait"));
    const second = await rig.send(call("wait"));
    await settle();
    const stopped = worker.stop();
    await settle();
    open[0]?.();
    await stopped;
    expect(told(await first.outcome)).toBe("done");
    expect(worker.stats()).toMatchObject({ state: "stopped", succeeded: 1 });
    const { queues, workers } = await rig.broker.overview();
    expect(queues).toMatchObject([{ name: "default", ready: 1 }]);
    expect(workers).toEqual([]);
    expect((await rig.broker.inspect(second.run))?.open ?? 1).toBe(1);
  });

  test("leaves the next step of a chain to another worker", async () => {
    const rig = new Rig();
    const { open, tasks } = gates();
    const worker = await rig.serve({ ...tasks, next: (text: string) => `${text}!` });
    const { outcome } = await rig.send(chain(call("wait"), call("next")));
    await settle();
    const stopped = worker.stop();
    open[0]?.();
    await stopped;
    await rig.serve({ next: (text: string) => `${text}!` });
    expect(told(await outcome)).toBe("done!");
  });

  test("at its deadline fires the signals and gives back what runs, unspent", async () => {
    const rig = new Rig();
    const { signals, tasks } = gates();
    const worker = await rig.serve(tasks);
    const { outcome } = await rig.send(call("wait"));
    await settle();
    const stopped = worker.stop({ timeout: "5s" });
    await rig.clock.advance(4_999);
    expect(signals[0]?.aborted).toBe(false);
    await rig.clock.advance(1);
    await stopped;
    expect(signals[0]?.reason).toMatchObject({ name: "ShutdownError" });
    expect(worker.stats()).toMatchObject({ released: 1, failed: 0, retried: 0 });
    await rig.serve({ wait: () => currentTask().attempt });
    expect(told(await outcome)).toBe(0);
  });

  test("twice is draining once", async () => {
    const rig = new Rig();
    const worker = await rig.serve({});
    await Promise.all([worker.stop(), worker.stop()]);
    await worker.stop();
    expect(worker.stats().state).toBe("stopped");
  });

  test("before the start is the end", async () => {
    const worker = new Rig().worker({});
    await worker.stop();
    await worker.ended;
    expect(worker.stats().state).toBe("stopped");
  });
});
