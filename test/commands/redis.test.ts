import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Broker } from "../../runtime/broker.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { call, chain, chord } from "../reference/trees.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { type Ended, tqc } from "./command-line.js";
import { card, hire, send } from "./stage.js";

// Each command is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

let redis: RedisServer;
let broker: Broker;
let database = 0;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
// A database each, so that no test sees what another has left.
beforeEach(() => {
  database += 1;
  broker = connectRedisBroker(url());
});
afterEach(() => broker.close());

const url = (): string => `${redis.url}/${database}`;
const look = (...args: string[]): Promise<Ended> => tqc([...args, "--broker", url()], { cwd: import.meta.dirname });
const json = async (...args: string[]) => JSON.parse((await look(...args, "--json")).stdout);

describe("tqc inspect", () => {
  test("reads everything with no worker alive", async () => {
    await send(broker, "r1", chain(call("a"), call("b")));
    await send(broker, "r2", call("strange"));
    const worker = await hire(broker, "w1", { queues: ["default"] });
    await worker.claim();
    await worker.setAside("strange");
    const report = await json("inspect");
    expect(report).toMatchObject({ version: 1, runs: [{ id: "r1", open: 2 }] });
    expect(report.workers[0].running).toEqual([{ id: "r1~0", task: "a", attempt: 0 }]);
    expect(report.setAside).toEqual([
      {
        id: "r2",
        task: "strange",
        reason: "unknown-task",
        deliveries: expect.any(Number),
        since: expect.stringMatching(/Z$/),
      },
    ]);
    expect((await look("inspect", "aside")).stdout).toMatch(/^SET ASIDE +TASK +REASON.*\nr2 +strange +unknown-task/);
  });

  test("tells all that is set aside, however much, and what was done", async () => {
    await hire(broker, "w1");
    await broker.extend(card("w1"), 30_000, {
      counts: new Map([["a", { succeeded: 3, failed: 0, retried: 0 }]]),
      ended: [],
    });
    const ids = Array.from({ length: 1_300 }, (_, i) => `r${i}`);
    await Promise.all(ids.map((id) => send(broker, id, call("strange"))));
    const worker = await hire(broker, "w2");
    for (const i of ids.keys()) {
      if (i % 100 === 0) await worker.claim();
      await worker.setAside("strange");
    }
    const { setAside, throughput } = await json("inspect");
    expect(setAside.map(({ id }: { id: string }) => id).sort()).toEqual(ids.sort());
    expect(throughput).toMatchObject({ lastDay: { succeeded: 3 }, tasks: [{ task: "a", lastDay: { succeeded: 3 } }] });
    expect((await look("inspect", "throughput")).stdout).toMatch(/\na +\d +3 +0 +0\nall tasks: /);
    expect((await look("inspect", "aside")).stdout).toMatch(/\nand 1200 more; `--json` has them\n/);
  });

  test("draws one run as a tree", async () => {
    await send(broker, "r", chord([call("a"), call("a")], call("b")));
    const worker = await hire(broker);
    await worker.claim();
    await worker.succeed("a");
    const { stdout, code } = await look("inspect", "run", "r");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^r {2}STARTED {2}1 of 4 nodes ended\n/);
    expect(stdout).toMatch(/header\[\d\] {2}a {2}SUCCESS/);
    expect(stdout).toMatch(/header\[\d\] {2}a {2}STARTED {2}on w1/);
    expect(await json("inspect", "run", "r")).toMatchObject({ version: 1, id: "r", state: "STARTED", open: 3 });
  });

  test.each([
    ["a broker that is out of reach", ["--broker", "redis://127.0.0.1:1"], 69, /cannot be reached/],
    ["memory://", ["--broker", "memory://"], 2, /lives inside one process/],
    ["a URL of something else", ["--broker", "http://localhost"], 2, /starts with one of redis/],
    ["no broker", [], 2, /no broker is named/],
    ["a part that is none", ["everything", "--broker", "redis://127.0.0.1:1"], 2, /queues, workers, runs, aside/],
  ])("of %s says so", async (_, args, code, message) => {
    const ended = await tqc(["inspect", ...args], { cwd: import.meta.dirname });
    expect(ended).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(message) });
  });

  test("of an unknown run says what that may mean", async () => {
    expect(await look("inspect", "run", "nope")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("run nope"),
    });
  });
});

test("what workers hold and queues keep is found, however large it is", async () => {
  const large = (name: string) => ({ ...call(name), args: ["x".repeat(400_000)] });
  for (const run of ["r1", "r2", "r3", "r4", "r5", "r6"]) await send(broker, run, large("a"));
  await send(broker, "behind", call("b"));
  expect(await broker.locate("behind", 0)).toMatchObject({ head: /^behind 0 default /, ahead: 6 });
  const worker = await hire(broker);
  await worker.claim();
  for (const run of ["r1", "r6", "behind"]) {
    expect((await broker.inspect(run))?.leased.get(0)).toMatchObject({ worker: "w1", attempt: 0 });
  }
  const [found] = (await broker.overview()).workers;
  expect(found?.holds.map((head) => head.split(" ")[0]).sort()).toEqual(["behind", "r1", "r2", "r3", "r4", "r5", "r6"]);
  expect(found?.holds.join("").length).toBeLessThan(5_000);
});

test("tqc why names the cause", async () => {
  await send(broker, "r", chain(call("a"), call("b")));
  expect(await json("why", "r~0")).toMatchObject({ version: 1, id: "r~0", state: "PENDING", cause: "no-worker" });
  expect((await look("why", "r")).stdout).toMatch(
    /^b at chain\[1\] waits for a at chain\[0\] \(r~0\), which is ready in queue default, but no worker/,
  );
  await send(broker, "single", call("c"));
  expect(await json("why", "single")).toEqual({
    version: 1,
    id: "single",
    state: "PENDING",
    cause: "no-worker",
    sentence: "c is ready in queue default, but no worker is running; start one with `tqc worker`",
  });
  expect((await look("inspect", "run", "single")).stdout).toBe("single  PENDING  0 of 1 nodes ended\nc  PENDING\n");
  expect(await look("why", "nope")).toMatchObject({ code: 1, stderr: expect.stringContaining("nope") });
});

test("tqc graph --run draws a run in the colours of its states", async () => {
  await send(broker, "r", chain(call("a"), call("b")));
  const worker = await hire(broker);
  await worker.claim();
  await worker.fail("a", "no such file");
  const { stdout } = await look("graph", "--run", "r");
  expect(await json("graph", "--run", "r")).toMatchObject({ version: 1, boxes: [{ label: "a" }, { label: "b" }] });
  expect(stdout).toContain('n0["a<br/>FAILURE"]');
  expect(stdout).toContain("class n1 FAILURE");
});

test("tqc revoke ends a run, and says when it had ended", async () => {
  await send(broker, "r", chain(call("a"), call("b")));
  expect(await look("revoke", "r")).toMatchObject({ code: 0, stderr: "r is revoked\n" });
  expect((await broker.inspect("r"))?.open).toBe(0);
  expect(await look("revoke", "r")).toMatchObject({ code: 1, stderr: "r had ended already\n" });
  expect(await json("revoke", "r")).toEqual({ version: 1, id: "r", revoked: false });
  expect(await look("revoke", "nope")).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^nothing is known of nope; /),
  });
});

test("tqc purge asks nobody without a terminal, and with --yes empties the queue", async () => {
  await send(broker, "r1", chain(call("a"), call("b")));
  await send(broker, "r2", call("a"));
  expect(await look("purge", "default")).toMatchObject({ code: 2, stderr: expect.stringContaining("--yes") });
  expect((await broker.overview()).queues).toMatchObject([{ ready: 2 }]);
  expect(await look("purge", "default", "--yes")).toMatchObject({
    code: 0,
    stderr: "revoked 2 messages of queue default\n",
  });
  expect(await broker.overview()).toMatchObject({ queues: [], workers: [], runs: [] });
  expect(await json("purge", "default", "--yes")).toEqual({ version: 1, queue: "default", revoked: 0, delayed: 0 });
});

test("tqc retry gives what was set aside back to its queue", async () => {
  await send(broker, "r", call("strange"));
  const worker = await hire(broker);
  await worker.claim();
  await worker.setAside("strange");
  expect(await look("retry")).toMatchObject({ code: 2 });
  expect(await look("retry", "r")).toMatchObject({
    code: 0,
    stderr: expect.stringContaining("gave back 1 message of strange"),
  });
  expect(await worker.claim()).toEqual(["strange"]);
  expect(await look("retry", "--all")).toMatchObject({ code: 1 });
  expect(await json("retry", "--all")).toEqual({ version: 1, given: 0, tasks: [] });
});
