import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { Board } from "../../compiler/dashboard/board.js";
import { Poll } from "../../compiler/dashboard/poll.js";
import type { NodeView, RunNews, RunRow, Slot, TaskHour } from "../../compiler/dashboard/view.js";
import type { Broker } from "../../runtime/broker.js";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { newId } from "../../runtime/ids.js";
import { call, chain } from "../reference/trees.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { mount, source } from "./mounted.js";
import { gallery, gated, openShop, unpaid } from "./shop.js";
import { ask, change, listen } from "./visitor.js";

// Streams tell when something is seen, which on a busy machine takes a while.
vi.setConfig({ testTimeout: 180_000 });

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const brokers: readonly (readonly [string, () => Broker])[] = [
  ["memory", () => createMemoryBroker()],
  ["Redis", () => connectRedisBroker(redis.url, { prefix: newId() })],
];

/** A shop that works, with a dashboard on its broker. */
async function open(broker: Broker) {
  const shop = openShop(broker);
  onTestFinished(async () => {
    await shop.close();
    await broker.close();
  });
  const url = await mount({ broker: source(broker), authorize: () => true });
  return {
    shop,
    url,
    async listen(query = "") {
      const stream = await listen(`${url}/api/events${query}`);
      onTestFinished(() => stream.close());
      return stream;
    },
    node: async (run: string, index: number) =>
      (await ask(`${url}/api/node?run=${run}&index=${index}`)).json() as NodeView,
    search: async (text: string) => (await ask(`${url}/api/search?q=${encodeURIComponent(text)}`)).json(),
  };
}

describe.each(brokers)("on %s, a page is told", (kind, openBroker) => {
  test("what waits, who works, and what was set aside", async () => {
    const { shop, listen } = await open(openBroker());
    await shop.send("legacy", call("tasks.legacy.export"));
    const stream = await listen();
    await shop.work({ name: "w1", queues: ["default", "io", "images", "mail"], concurrency: 3 });
    expect(await stream.until<object[]>("workers", (workers) => workers.length > 0)).toMatchObject([
      { id: expect.stringMatching(/^w1:/), concurrency: 3, running: [] },
    ]);
    await stream.until<{ count: number }>("aside", ({ count }) => count === 1);
    await shop.send("mine", { ...call("tasks.images.fetch"), options: { queue: "far" } });
    const queues = await stream.until<{ name: string }[]>("queues", (told) => told.some(({ name }) => name === "far"));
    expect(queues).toContainEqual({
      name: "far",
      ready: 1,
      delayed: 0,
      oldest: expect.any(String),
      workers: 0,
      paused: false,
    });
  });

  test("of a run: its shape once, and its states as they change", async () => {
    const { shop, listen } = await open(openBroker());
    await shop.work();
    await shop.send("live", gated("g"));
    await shop.reached("g");
    const stream = await listen("?run=live");
    const { shape } = await stream.until<Extract<RunNews, { kind: "shape" }>>("run shape");
    expect(shape.boxes.map(({ label, nodes }) => `${label}: ${nodes}`)).toEqual([
      "gate: 0",
      "fetch: 1",
      "fetch: 2",
      "join: 3",
      "pack: 4",
      "resize: 5",
    ]);
    const states = await stream.until<Extract<RunNews, { kind: "states" }>>(
      "run states",
      (news) => news.states.letters === "ASSPPP",
    );
    expect(states.states).toMatchObject({ state: "STARTED", open: 4, progress: [[0, { done: 3, total: 8 }]] });
    shop.open("g");
    await stream.until<Extract<RunNews, { kind: "states" }>>("run states", (news) => news.states.letters === "SSSSSS");
    expect(stream.count("run shape")).toBe(1);
  });

  test("of a run that nobody knows, and of it once it is there", async () => {
    const { shop, listen } = await open(openBroker());
    const stream = await listen("?run=later");
    await stream.until("run unknown");
    await shop.send("later", call("tasks.images.fetch"));
    await stream.until("run shape");
  });

  test("why a node failed, with its stack, where it began, and nothing of its arguments", async () => {
    const { shop, node } = await open(openBroker());
    await shop.work();
    await (await shop.send("order", unpaid())).get().catch(() => {});
    const failed = await node("order", 1);
    expect(failed).toMatchObject({ state: "FAILURE", task: "tasks.orders.charge", path: "chain[1]", id: "order~1" });
    expect(failed.error).toMatchObject({
      name: "CardRefused",
      message: expect.stringContaining("insufficient funds"),
      index: 1,
    });
    expect(failed.error?.stack).toMatch(/at refuseCard .*shop\.ts/);
    const after = await node("order", 2);
    expect(after.error).toMatchObject({ name: "CardRefused", index: 1, taskId: "order~1" });
    expect(JSON.stringify(await node("order", 0))).not.toContain("bytes of");
  });

  test("of runs that ended, without having seen them", async () => {
    const { shop, listen } = await open(openBroker());
    const worker = await shop.work();
    await (await shop.send("wide", gallery(30))).get();
    await (await shop.send("order", unpaid())).get().catch(() => {});
    await worker.stop();
    const stream = await listen();
    const isSent = ({ id }: RunRow) => !id.startsWith("tick:");
    const runs = await stream.until<RunRow[]>("runs", (rows) => rows.filter(isSent).length === 2);
    expect(runs.filter(isSent).map(({ id, state }) => [id, state])).toEqual([
      ["order", "FAILURE"],
      ["wide", "SUCCESS"],
    ]);
    const slots = await stream.until<Slot[]>("slots", (told) => told.some(({ succeeded }) => succeeded > 0));
    const sum = (ending: "succeeded" | "failed") => slots.reduce((total, slot) => total + slot[ending], 0);
    expect([sum("succeeded"), sum("failed")]).toEqual([63, 1]);
    const tasks = await stream.until<TaskHour[]>("tasks");
    expect(tasks).toContainEqual({
      at: expect.any(Number),
      task: "tasks.orders.charge",
      succeeded: 0,
      failed: 1,
      retried: 0,
    });
  });

  test("what a search finds: by id, by stamp, by a part of a task's name", async () => {
    const { shop, search } = await open(openBroker());
    await shop.work();
    const stamped = {
      ...chain(call("tasks.orders.gate", ["s"]), call("tasks.images.pack")),
      stampers: [{ customer: "c7", vip: true }],
    };
    await shop.send("stamped", stamped);
    await shop.reached("s");
    expect(await search("stamped")).toContainEqual({ id: "stamped", run: "stamped", by: "id", state: "STARTED" });
    expect(await search("stamped~0")).toContainEqual(expect.objectContaining({ index: 0, task: "tasks.orders.gate" }));
    expect(await search("customer=c7")).toContainEqual(
      expect.objectContaining({ run: "stamped", index: 0, by: "stamp" }),
    );
    expect(await search("vip=true")).toHaveLength(2);
    expect(await search("ORDERS.g")).toContainEqual(
      expect.objectContaining({ id: "stamped~0", state: "STARTED", by: "task" }),
    );
    expect(await search("no such thing")).toEqual([]);
    expect(await search("nothing=here")).toEqual([]);
  });

  test("what came of a revocation, and of giving back what was set aside", async () => {
    const { shop, url, listen } = await open(openBroker());
    await shop.work();
    await shop.send("live", gated("g"));
    await shop.send("legacy", call("tasks.legacy.export"));
    await shop.reached("g");
    const stream = await listen("?run=live");
    await stream.until<{ count: number }>("aside", ({ count }) => count === 1);
    expect((await change(`${url}/api/revoke`, { id: "live", terminate: true })).json()).toEqual({
      ok: true,
      says: "live is revoked.",
    });
    await stream.until<Extract<RunNews, { kind: "states" }>>("run states", ({ states }) => states.state === "REVOKED");
    expect((await change(`${url}/api/revoke`, { id: "live" })).json()).toMatchObject({ ok: false });
    expect((await change(`${url}/api/retry`, { task: "tasks.legacy.export" })).json()).toEqual({
      ok: true,
      says: "1 message was given back to the queue.",
    });
    expect((await change(`${url}/api/retry`, { task: "no.such.task" })).json()).toMatchObject({ ok: false });
  });

  test("nothing of a node that does not exist", async () => {
    const { shop, url } = await open(openBroker());
    await shop.send("r", unpaid());
    expect((await ask(`${url}/api/node?run=r&index=77`)).status).toBe(404);
    expect((await ask(`${url}/api/node?run=${kind}&index=0`)).status).toBe(404);
  });
});

test("a heartbeat on a thread of its own carries what was done while the worker goes on", async () => {
  const broker = connectRedisBroker(redis.url, { prefix: newId() });
  const shop = openShop(broker);
  onTestFinished(async () => {
    await shop.close();
    await broker.close();
  });
  await shop.work();
  await (await shop.send("a", call("tasks.images.fetch"))).get();
  let done = 0;
  while (done === 0) {
    const { slots } = await broker.history(0);
    done = slots.reduce((sum, { succeeded }) => sum + succeeded, 0);
  }
  expect(done).toBe(1);
  expect(await broker.recent(5)).toMatchObject([{ id: "a", task: "tasks.images.fetch", state: "SUCCESS" }]);
});

test("while no page is open, nobody asks the broker", async () => {
  const broker = createMemoryBroker();
  onTestFinished(() => broker.close());
  let asked = 0;
  const counting = new Proxy(broker, {
    get(target, verb: keyof Broker) {
      if (verb === "overview") asked += 1;
      return target[verb];
    },
  });
  const url = await mount({ broker: source(counting), authorize: () => true });
  await ask(url);
  await ask(`${url}/api/hello`);
  expect(asked).toBe(0);
  const stream = await listen(`${url}/api/events`);
  await stream.until("health");
  expect(asked).toBe(1);
  stream.close();
});

describe("the board", () => {
  test("tells whoever comes what is, and from then on what changes", () => {
    const board = new Board();
    const heard: string[] = [];
    board.put("a", 1);
    const leave = board.join((event, data) => heard.push(`${event} ${data}`));
    board.put("a", 1);
    board.put("a", 2);
    board.putAll("list", [
      ["x", { n: 1 }],
      ["y", { n: 1 }],
    ]);
    board.putAll("list", [
      ["x", { n: 1 }],
      ["y", { n: 2 }],
    ]);
    leave();
    board.put("a", 3);
    expect(heard).toEqual(["a 1", "a 2", `list [{"n":1},{"n":1}]`, `list [{"n":2}]`]);
  });

  test("tells a newcomer the whole of a list, but for what was dropped", () => {
    const board = new Board();
    board.putAll("list", [
      [1, "old"],
      [2, "new"],
    ]);
    board.drop("list", (key) => Number(key) < 2);
    const heard: string[] = [];
    board.join((event, data) => heard.push(`${event} ${data}`));
    expect(heard).toEqual([`list ["new"]`]);
  });
});

describe("a poll", () => {
  test("looks again after a failure, and at once where something has changed meanwhile", async () => {
    const failures: unknown[] = [];
    let looks = 0;
    await new Promise<void>((resolve) => {
      const poll = new Poll({
        pause: 60_000,
        failed: (error) => failures.push(error),
        async look() {
          looks += 1;
          if (looks < 3) poll.hurry();
          else {
            poll.stop();
            resolve();
          }
          if (looks === 1) throw new Error("away");
        },
      });
      poll.start();
    });
    expect([looks, failures.map(String)]).toEqual([3, ["Error: away"]]);
  });
});
