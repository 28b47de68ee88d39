import { setImmediate as nextTurn } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Broker } from "../../runtime/broker.js";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { createApp } from "../../runtime/client/client.js";
import { createLogger, type LogFields } from "../../runtime/logger.js";
import type { WorkerSettings } from "../../runtime/worker/worker.js";
import { SettlingClock } from "./clock.js";
import { contracts, tasks } from "./fixture/threaded.js";
import { call, chain } from "./rig.js";

const module = new URL("./fixture/threaded.ts", import.meta.url).href;

/** An application with a worker whose tasks run in threads. */
async function serve(settings: WorkerSettings = {}, broker: Broker = createMemoryBroker(), clock?: SettlingClock) {
  const app = createApp({ broker, ...(clock && { clock }) });
  for (const each of contracts) app.declare(each);
  app.register(tasks, { module });
  const worker = app.worker({ threads: 1, ...settings });
  await worker.start();
  onTestFinished(async () => {
    const stopped = worker.stop({ timeout: 0 });
    await clock?.advance(0);
    await stopped;
    await app.close();
    await broker.close();
  });
  const send = (...[task, args, rest]: Parameters<typeof call>) => app.submit(call(task, args, rest), []);
  return { app, worker, send, value: async (...args: Parameters<typeof call>) => (await send(...args)).get() };
}

/** Resolves once the task has begun. */
async function begun(handle: { readonly progress: AsyncIterable<unknown> }): Promise<void> {
  for await (const _ of handle.progress) return;
}

describe("a task with `thread: true`", () => {
  test("runs in another thread, and the event loop goes on", async () => {
    const { value } = await serve();
    expect(await value("where")).not.toBe(threadId);
  });

  test("is given and gives any value that travels", async () => {
    const { value } = await serve();
    const values = [new Map([[1n, new Date(0)]]), new Set(["a"]), undefined, Number.NaN, -0, new Uint8Array([1, 2])];
    expect(await value("echo", values)).toEqual(values);
    expect(await value("double", [[1, 2, 3]], { mode: "map" })).toEqual([2, 4, 6]);
  });

  test("is ended by its time limit even in a busy loop, and the next one runs", async () => {
    const { send, value } = await serve();
    const busy = await send("spin");
    const after = value("double", [4]);
    await expect(busy.get()).rejects.toMatchObject({ name: "TimeLimitExceededError" });
    expect(await after).toBe(8);
  });

  test("that expires while it waits for a thread never starts, and the next one runs", async () => {
    const clock = new SettlingClock();
    const { worker, send } = await serve({}, createMemoryBroker({ clock }), clock);
    const held = await send("obey");
    await begun(held);
    const late = await send("double", [4], { options: { expires: "1s" } });
    const next = await send("double", [5]);
    while (worker.stats().running < 3) await nextTurn();
    await clock.advance(1_001);
    await held.revoke({ terminate: true });
    await expect(late.get()).rejects.toMatchObject({
      name: "TaskRevokedError",
      message: expect.stringContaining("expired"),
    });
    expect(await next.get()).toBe(10);
    expect(worker.stats()).toMatchObject({ succeeded: 1, revoked: 2 });
  });

  test("fails where it ends its thread, and the worker goes on", async () => {
    const { value } = await serve();
    await expect(value("exit")).rejects.toMatchObject({
      cause: { name: "WorkerLostError", message: expect.stringContaining("did the task call process.exit?") },
    });
    await expect(value("uncaught")).rejects.toMatchObject({ cause: { message: "out of nowhere" } });
    expect(await value("double", [1])).toBe(2);
  });

  test("fails with the error it throws: name, message, own fields", async () => {
    const { value } = await serve();
    await expect(value("fail", ["no"])).rejects.toMatchObject({
      cause: { name: "TypeError", message: "no", detail: [1n] },
    });
  });

  test("sees itself as on the event loop", async () => {
    const { app } = await serve();
    const stamped = call("view", [], {
      immutable: true,
      options: { priority: 4, headers: { "x-request": "7" } },
      stampers: [{ tenant: "a" }],
    });
    const handle = await app.submit(chain(call("where"), stamped), []);
    expect(await handle.get()).toEqual({
      id: handle.id,
      name: "view",
      runId: handle.id,
      parentId: `${handle.id}~0`,
      attempt: 0,
      queue: "default",
      priority: 4,
      stamps: { tenant: "a" },
      headers: { "x-request": "7" },
    });
  });

  test("may ask to be tried again, and to be replaced", async () => {
    const { value } = await serve();
    expect(await value("retry")).toBe(1);
    await expect(value("giveUp")).rejects.toMatchObject({ cause: { name: "RangeError", message: "never" } });
    expect(await value("replace", [21])).toBe(42);
  });

  test("tells its progress, and its lines are the worker's", async () => {
    const lines: LogFields[] = [];
    const logger = createLogger((_, fields, message) => lines.push({ ...fields, message }), "info");
    const { send } = await serve({ logger });
    const handle = await send("report", [], { stampers: [{ kept: true }] });
    await handle.get();
    expect(lines[0]).toMatchObject({ task: "report", id: handle.id, message: "half way" });
    expect(lines[0]).toMatchObject({ seen: "Set(1) { 1 }" });
    expect((await handle.info()).progress).toEqual({ done: 1, total: 2 });
  });

  test("hears its signal: the soft limit, and why", async () => {
    const { app } = await serve();
    app.declare({ ...contracts.find(({ name }) => name === "obey")!, options: { thread: true, softTimeLimit: 50 } });
    const handle = await app.submit(call("obey"), []);
    expect(await handle.get()).toMatch(/^obey \(.*\) ran longer than its soft time limit of 50 ms$/);
  });

  test("is revoked while it runs; one that does not listen is ended", async () => {
    const { send, value } = await serve();
    for (const task of ["yieldTo", "patient"]) {
      const handle = await send(task);
      await begun(handle);
      await handle.revoke({ terminate: true });
      await expect(handle.get()).rejects.toMatchObject({ name: "TaskRevokedError" });
    }
    expect(await value("double", [3])).toBe(6);
  });

  test("has no broker in memory to send to, and is told so", async () => {
    const { value } = await serve();
    await expect(value("send")).rejects.toMatchObject({
      cause: { name: "ConfigurationError", message: expect.stringContaining("cannot send work to a memory:// broker") },
    });
  });

  test("runs on the event loop where the worker has no threads", async () => {
    const { value } = await serve({ threads: 0 });
    expect(await value("where")).toBe(threadId);
  });

  test("runs on the event loop where nobody said what module registered it, with a warning, once", async () => {
    const warnings: string[] = [];
    const hear = (warning: Error & { readonly code?: string }) => warnings.push(`${warning.code} ${warning.message}`);
    process.on("warning", hear);
    onTestFinished(() => void process.off("warning", hear));
    const { app, value } = await serve();
    app.register(tasks);
    expect(await value("where")).toBe(threadId);
    expect(await value("where")).toBe(threadId);
    await expect
      .poll(() => warnings)
      .toEqual([expect.stringMatching(/^TQC_NO_THREAD where is to run in a thread, but/)]);
  });
});
