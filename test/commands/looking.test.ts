import { describe, expect, test } from "vitest";
import { purge } from "../../compiler/errands/purge.js";
import { retryAside } from "../../compiler/errands/retry.js";
import { checked } from "../../compiler/inspect/connect.js";
import { toGlance } from "../../compiler/inspect/glance.js";
import { glanceLines } from "../../compiler/inspect/glance-lines.js";
import { findRun, findTarget } from "../../compiler/inspect/lookup.js";
import { toRunReport } from "../../compiler/inspect/run-report.js";
import { runLines } from "../../compiler/inspect/run-tree.js";
import { lengthText } from "../../compiler/inspect/time-text.js";
import { explain } from "../../compiler/inspect/why.js";
import type { Broker } from "../../runtime/broker.js";
import type { Tree } from "../../runtime/canvas/tree.js";
import { readOutcome } from "../../runtime/wire.js";
import { call, chain, chord, group } from "../reference/trees.js";
import { hire, NOW, send, stillBroker } from "./stage.js";

const named = (tree: Tree, options: Tree["options"]): Tree => ({ ...tree, options });

async function report(broker: Broker, run: string) {
  const record = await broker.inspect(run);
  if (!record) throw new Error(`nothing is known of ${run}`);
  return toRunReport(record);
}

const glance = async (broker: Broker) => toGlance(await broker.overview(), { states: await broker.census(1_000) });
const treeOf = async (broker: Broker, run: string) => runLines(await report(broker, run), NOW);

describe("at a glance", () => {
  test("queues, workers, runs and what is set aside, each in the shape that programs read", async () => {
    const broker = stillBroker();
    await send(broker, "r1", chain(call("a"), call("b")));
    await send(broker, "r2", call("strange"));
    await send(broker, "r3", named(call("a"), { queue: "mail" }));
    const worker = await hire(broker, "w1", { tasks: ["a"] });
    await worker.claim();
    await worker.setAside("strange");
    expect(await glance(broker)).toEqual({
      version: 1,
      queues: [{ name: "mail", ready: 1, oldest: "1970-01-01T00:16:35.000Z", delayed: 0, workers: 0, paused: false }],
      workers: [
        {
          id: "w1",
          host: "box",
          pid: 7,
          queues: ["default"],
          concurrency: 4,
          started: "1970-01-01T00:15:40.000Z",
          leaseUntil: "1970-01-01T00:17:10.000Z",
          tasks: ["a"],
          running: [{ id: "r1~0", task: "a", attempt: 0 }],
        },
      ],
      runs: [{ id: "r1", state: "STARTED", open: 2 }],
      states: { states: { PENDING: 1, STARTED: 0, SUCCESS: 0, FAILURE: 0, REVOKED: 0 }, complete: true },
      setAside: [
        { id: "r2", task: "strange", reason: "unknown-task", deliveries: 0, since: "1970-01-01T00:16:40.000Z" },
      ],
      schedules: [],
    });
  });

  test("what was set aside goes by the id that its handle has", async () => {
    const broker = stillBroker();
    await send(broker, "r1", chain(named(call("strange"), { id: "order-7" }), call("b")));
    const worker = await hire(broker, "w1", { tasks: ["a"] });
    await worker.claim();
    await worker.setAside("strange");
    expect((await glance(broker)).setAside).toMatchObject([{ id: "order-7", task: "strange" }]);
  });

  test("periodic tasks: what workers say of them, and the tick that is sent, with or without a worker", async () => {
    const broker = stillBroker();
    const schedules = [{ task: "nightly", when: "0 3 * * *", timezone: "Europe/Berlin" }];
    for (const id of ["w1", "w2"]) await hire(broker, id, { tasks: ["nightly"], schedules });
    const [due, id] = [NOW + 90_000, (at: number, task: string) => `tick:${task}:${at}`];
    for (const at of [due + 60_000, due]) await send(broker, id(at, "nightly"), chain(call("nightly"), call("b")));
    await send(broker, id(due, "poll"), chain(call("poll"), call("b")));
    const found = await glance(broker);
    expect(found.schedules).toEqual([
      {
        task: "nightly",
        when: "0 3 * * *",
        timezone: "Europe/Berlin",
        next: { id: id(due, "nightly"), due: "1970-01-01T00:18:10.000Z" },
        workers: 2,
      },
      {
        task: "poll",
        when: null,
        timezone: null,
        next: { id: id(due, "poll"), due: "1970-01-01T00:18:10.000Z" },
        workers: 0,
      },
    ]);
    expect(glanceLines(found, NOW, ["schedules"])).toEqual([
      "PERIODIC  WHEN                     NEXT TICK  SENT BY",
      "nightly   0 3 * * * Europe/Berlin  in 1m 30s  2 workers",
      "poll      -                        in 1m 30s  nobody",
    ]);
  });

  test("people get tables, with a sentence where there is nothing", async () => {
    const broker = stillBroker();
    await send(broker, "r1", call("a"));
    expect(glanceLines(await glance(broker), NOW)).toEqual([
      "QUEUE    READY  OLDEST  DELAYED  SERVED BY",
      "default  1      5s      0        nobody",
      "",
      "no worker is running",
      "",
      "no canvas is open",
      "",
      "nothing is set aside",
    ]);
    expect(glanceLines(await glance(broker), NOW, ["runs"])).toEqual(["no canvas is open"]);
  });

  test("runs are counted by state, and of very many a person is shown the first", async () => {
    const broker = stillBroker();
    for (let i = 0; i < 130; i++) await send(broker, `r${100 + i}`, chain(call("a"), call("b")));
    const worker = await hire(broker);
    await worker.claim(2);
    await worker.fail("a", "no");
    const lines = glanceLines(await glance(broker), NOW, ["runs"]);
    expect(lines.slice(0, 2)).toEqual(["RUN   STATE    OPEN NODES", "r101  STARTED  2"]);
    expect(lines.slice(-2)).toEqual(["and 29 more; `--json` has them", "kept: 129 PENDING, 1 FAILURE"]);
    expect(lines).toHaveLength(103);
  });
});

describe("one run", () => {
  test("is a tree in which members that are alike share a line", async () => {
    const broker = stillBroker();
    const many = Array.from({ length: 5 }, () => call("resize"));
    await send(broker, "r", chain(chord(many, call("pack")), call("mail")));
    const worker = await hire(broker);
    await worker.claim(2);
    await worker.succeed("resize");
    expect(await treeOf(broker, "r")).toEqual([
      "r  STARTED  1 of 8 nodes ended",
      "├ chain[0]",
      "│ └ chord  join  PENDING",
      "│   ├ header[0]  resize  SUCCESS",
      "│   ├ header[1]  resize  STARTED  on w1 for 0ms",
      "│   ├ header[2-4]  resize  PENDING  x3",
      "│   └ body  pack  PENDING",
      "└ chain[1]  mail  PENDING",
    ]);
  });

  test("says of each failed node what failed, and where it began", async () => {
    const broker = stillBroker();
    await send(broker, "r", chain(call("a"), call("b")));
    const worker = await hire(broker);
    await worker.claim();
    await worker.fail("a", "no such file");
    const { state, open, nodes } = await report(broker, "r");
    expect({ state, open }).toEqual({ state: "FAILURE", open: 0 });
    expect(nodes.map(({ id, error }) => [id, error])).toEqual([
      ["r~0", { name: "Error", message: "no such file", taskId: "r~0" }],
      ["r", { name: "Error", message: "no such file", taskId: "r~0" }],
    ]);
  });

  test("of one call that still waits in its queue is known by what waits", async () => {
    const broker = stillBroker();
    await send(broker, "r", call("a"));
    const { record } = await findRun("r", broker);
    expect(runLines(await toRunReport(record!), NOW)).toEqual(["r  PENDING  0 of 1 nodes ended", "a  PENDING"]);
  });

  test("of one call that runs, or waits for a time, is known by its task", async () => {
    const broker = stillBroker();
    await send(broker, "runs", call("a"));
    await send(broker, "later", named(call("b"), { countdown: "1m" }));
    await (await hire(broker)).claim();
    expect(await report(broker, "runs")).toMatchObject({ state: "STARTED", nodes: [{ task: "a" }] });
    expect(await report(broker, "later")).toMatchObject({ state: "PENDING", nodes: [{ task: "b" }] });
  });

  test("of one call has one node", async () => {
    const broker = stillBroker();
    await send(broker, "r", call("a"));
    const worker = await hire(broker);
    await worker.claim();
    await worker.succeed("a");
    expect(await report(broker, "r")).toMatchObject({
      state: "SUCCESS",
      nodes: [{ id: "r", task: "a", worker: "w1" }],
    });
  });
});

describe("why", () => {
  async function why(broker: Broker, id: string) {
    const { target, record } = await findRun(id, broker);
    if (!record) return ["unknown"];
    const overview = await broker.overview();
    const locate = (index: number) => broker.locate(record.run, index);
    const index = target.index ?? record.result;
    const { cause, sentence } = await explain({ record, index, overview, now: NOW, locate });
    return [cause, sentence];
  }
  const steps = chain(call("a"), call("b"), call("c"));

  test("nobody works", async () => {
    const broker = stillBroker();
    await send(broker, "r", steps);
    expect(await why(broker, "r~0")).toEqual([
      "no-worker",
      "a at chain[0] is ready in queue default, but no worker is running; start one with `tqc worker`",
    ]);
    expect(await why(broker, "r")).toEqual([
      "waits-for",
      "c at chain[2] waits for b at chain[1] (r~1); before that, a at chain[0] is ready in queue default, but no worker is running; start one with `tqc worker`",
    ]);
  });

  test("the queue is paused, whoever works", async () => {
    const broker = stillBroker();
    await send(broker, "r", steps);
    await broker.pause("default", true);
    expect(await why(broker, "r~0")).toEqual([
      "paused",
      "a at chain[0] is ready in queue default, which is paused; let it go on with `tqc resume default`",
    ]);
  });

  test("no worker knows the task", async () => {
    const broker = stillBroker();
    await send(broker, "r", steps);
    await hire(broker, "w1", { tasks: ["z"] });
    expect(await why(broker, "r~0")).toEqual([
      "no-worker-for-task",
      "a at chain[0] is ready in queue default, but the one live worker does not know the task; start one whose registry has it",
    ]);
  });

  test("no worker serves the queue", async () => {
    const broker = stillBroker();
    await send(broker, "r", chain(named(call("a"), { queue: "io" }), call("b")));
    await send(broker, "other", chain(call("a"), call("b")));
    await hire(broker, "w1", { tasks: ["a", "b"] });
    expect(await why(broker, "r~0")).toEqual([
      "no-worker-for-queue",
      "a at chain[0] is ready in queue io, but no worker serves the queue; start one with `tqc worker -Q io`",
    ]);
    expect(await why(broker, "other~0")).toEqual([
      "queued",
      "a at chain[0] is ready in queue default, next in line, and waits for its turn",
    ]);
    await hire(broker, "w2", { queues: ["io"], tasks: ["z"] });
    expect(await why(broker, "r~0")).toEqual([
      "no-worker-for-queue",
      expect.stringContaining("no worker that serves the queue knows the task"),
    ]);
  });

  test("no worker serves the queue, and one that is served has almost its name", async () => {
    const broker = stillBroker();
    await send(broker, "r", chain(named(call("a"), { queue: "emial" }), call("b")));
    await hire(broker, "w1", { queues: ["default", "email"], tasks: ["a", "b"] });
    expect((await why(broker, "r~0"))[1]).toMatch(/start one with `tqc worker -Q emial`; or was queue email meant\?$/);
  });

  test("every worker is busy", async () => {
    const broker = stillBroker();
    await send(broker, "r1", steps);
    await send(broker, "r2", steps);
    const worker = await hire(broker, "w1", { tasks: ["a", "b", "c"], concurrency: 1 });
    await worker.claim(1);
    expect(await why(broker, "r2~0")).toEqual([
      "workers-busy",
      "a at chain[0] is ready in queue default, next in line, but the one worker that could run it is busy",
    ]);
  });

  test("it runs, and then what it led to waits for it", async () => {
    const broker = stillBroker();
    await send(broker, "r", steps);
    await (await hire(broker)).claim();
    expect(await why(broker, "r~0")).toEqual([
      "running",
      "a at chain[0] runs on w1 since 1970-01-01T00:16:40.000Z (0ms)",
    ]);
    expect(await why(broker, "r~1")).toEqual([
      "waits-for",
      "b at chain[1] waits for a at chain[0] (r~0), which runs on w1 since 1970-01-01T00:16:40.000Z (0ms)",
    ]);
  });

  test("a join names one of the members it waits for, and how many more there are", async () => {
    const broker = stillBroker();
    await send(broker, "r", group(call("a"), call("b"), call("c")));
    const worker = await hire(broker);
    await worker.claim(2);
    await worker.succeed("a");
    expect(await why(broker, "r")).toEqual([
      "waits-for",
      expect.stringMatching(/^the join waits for b at group\[1\] \(r~1\) and 1 more, which runs on w1/),
    ]);
  });

  test("a retry, a countdown", async () => {
    const broker = stillBroker();
    await send(broker, "r", steps);
    const worker = await hire(broker);
    await worker.claim();
    await worker.retry("a", 90_000);
    expect(await why(broker, "r~0")).toEqual([
      "retry",
      "a at chain[0] failed once and waits until 1970-01-01T00:18:10.000Z (in 1m 30s) for its retry",
    ]);
    await send(broker, "later", named(steps, { countdown: "2h" }));
    expect(await why(broker, "later~0")).toEqual([
      "delayed",
      "a at chain[0] waits until 1970-01-01T02:16:40.000Z (in 2h), as its sender said by a countdown or an eta",
    ]);
  });

  test("its rate limit; a worker that could not read what it needs", async () => {
    const broker = stillBroker();
    await send(broker, "r", chain(call("a"), call("b")));
    const worker = await hire(broker);
    await worker.claim();
    await worker.postpone("a", 30_000, { admitted: true });
    expect(await why(broker, "r~0")).toEqual([
      "rate-limit",
      "a at chain[0] waits until 1970-01-01T00:17:10.000Z (in 30s) for its turn under the rate limit of its task",
    ]);
    await send(broker, "s", call("c"));
    await worker.claim();
    await worker.postpone("c", 1_000, {});
    expect(await why(broker, "s")).toEqual(["delayed", expect.stringContaining("could not read what it needs")]);
  });

  test("it was revoked, or it expired", async () => {
    const broker = stillBroker();
    await send(broker, "r", steps);
    await broker.cancel({ run: "r", terminate: false });
    expect(await why(broker, "r~0")).toEqual([
      "revoked",
      expect.stringMatching(/^a at chain\[0\] was revoked 0ms ago/),
    ]);
    await send(broker, "old", named(steps, { expires: "1s" }));
    await broker.promote(10);
    expect(await why(broker, "old~0")).toEqual([
      "expired",
      expect.stringMatching(/^a at chain\[0\] expired before it started, and was revoked 0ms ago/),
    ]);
  });

  test("a single call that waits in its queue is found there, with its place in line", async () => {
    const broker = stillBroker();
    await send(broker, "first", call("a"));
    await send(broker, "r", named(call("b"), { queue: "default" }));
    expect(await why(broker, "r")).toEqual([
      "no-worker",
      "b is ready in queue default, but no worker is running; start one with `tqc worker`",
    ]);
    await hire(broker, "w1", { tasks: ["a", "b"] });
    expect(await why(broker, "r")).toEqual([
      "queued",
      "b is ready in queue default, behind 1 other, and waits for its turn",
    ]);
    expect(await why(broker, "nobody")).toEqual(["unknown"]);
  });

  test("it was set aside", async () => {
    const broker = stillBroker();
    await send(broker, "r", steps);
    const worker = await hire(broker);
    await worker.claim();
    await worker.setAside("a");
    expect(await why(broker, "r~0")).toEqual([
      "set-aside",
      expect.stringContaining("no worker that saw it knows the task"),
    ]);
  });

  test("it is done, or failed, or something before it did", async () => {
    const broker = stillBroker();
    await send(broker, "r", steps);
    const worker = await hire(broker);
    await worker.claim();
    await worker.succeed("a");
    await worker.claim();
    await worker.fail("b", "too large");
    expect(await why(broker, "r~0")).toEqual(["done", "a at chain[0] succeeded 100ms ago in 200ms on w1"]);
    expect(await why(broker, "r~1")).toEqual(["failed", "b at chain[1] failed 100ms ago: Error: too large"]);
    expect(await why(broker, "r")).toEqual([
      "failed",
      expect.stringMatching(/^c at chain\[2\] failed .*because b at chain\[1\] \(r~1\) did: Error: too large$/),
    ]);
  });

  test("its worker has fallen silent", async () => {
    const broker = stillBroker();
    await send(broker, "r", steps);
    await (await hire(broker)).claim();
    const record = (await broker.inspect("r"))!;
    const question = { record, index: 0, overview: await broker.overview(), locate: async () => undefined };
    expect(await explain({ ...question, now: NOW + 31_000 })).toMatchObject({ cause: "worker-lost", state: "STARTED" });
  });
});

describe("purge", () => {
  test("revokes what is ready in one queue, and what waited for it hears of it", async () => {
    const broker = stillBroker();
    await send(broker, "r1", chain(call("a"), call("b")));
    await send(broker, "r2", call("a"));
    await send(broker, "kept", named(call("a"), { queue: "mail" }));
    expect(await purge(broker, "default")).toBe(2);
    expect(await report(broker, "r1")).toMatchObject({
      open: 0,
      nodes: [{ state: "REVOKED" }, { state: /FAILURE|REVOKED/ }],
    });
    expect((await broker.read("r2", [0])).map((text) => readOutcome(text!).state)).toEqual(["REVOKED"]);
    expect((await broker.overview()).queues).toMatchObject([{ name: "mail", ready: 1 }]);
    expect((await broker.overview()).workers).toEqual([]);
  });

  test("leaves the error callbacks of what it revokes", async () => {
    const broker = stillBroker();
    await send(broker, "r", { ...call("a"), errbacks: [call("alarm")] });
    expect(await purge(broker, "default")).toBe(1);
    expect(await (await hire(broker)).claim()).toEqual(["alarm"]);
  });

  test("empties a queue that is longer than one batch", async () => {
    const broker = stillBroker();
    await send(broker, "r", group(...Array.from({ length: 1_200 }, () => call("a"))));
    expect(await purge(broker, "default")).toBe(1_200);
    expect(await report(broker, "r")).toMatchObject({ open: 0 });
  });
});

describe("retry", () => {
  test("gives what was set aside back to its queue, once", async () => {
    const broker = stillBroker();
    await send(broker, "r", call("strange"));
    await send(broker, "other", call("odd"));
    const worker = await hire(broker);
    await worker.claim();
    await worker.setAside("strange");
    await worker.setAside("odd");
    expect(await retryAside(broker, ["strange"])).toBe(1);
    expect((await glance(broker)).setAside).toMatchObject([{ task: "odd" }]);
    expect(await worker.claim()).toEqual(["strange"]);
    expect(await retryAside(broker, ["strange"])).toBe(0);
  });
});

test("an id of the user's choosing means its node", async () => {
  const broker = stillBroker();
  await send(broker, "r", chain(named(call("a"), { id: "first" }), call("b")));
  expect(await findTarget("first", broker)).toEqual({ run: "r", index: 0 });
  expect(await findTarget("r", broker)).toEqual({ run: "r" });
  expect(await findTarget("r~1", broker)).toEqual({ run: "r", index: 1 });
});

test.each([
  ["memory://", /lives inside one process/],
  ["http://localhost", /starts with one of redis:\/\//],
  ["redis://", /starts with one of/],
])("the broker %s cannot be looked into", (url, message) => {
  expect(() => checked(url)).toThrow(message);
});

test.each([
  [0, "0ms"],
  [340, "340ms"],
  [12_000, "12s"],
  [125_000, "2m 5s"],
  [7_200_000, "2h"],
  [90_000_000, "1d 1h"],
])("%d ms is %s", (ms, want) => expect(lengthText(ms)).toBe(want));
