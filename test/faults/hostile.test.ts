/** Bytes that nobody of ours has written, wherever the run time reads. */
import fc from "fast-check";
import type { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createApp, InvalidArgumentsError, TaskRevokedError } from "../../runtime/index.js";
import { call, chain, chord, group } from "../reference/trees.js";
import { contract } from "../reference/world.js";
import { openClient } from "../setup/client.js";
import { type RedisServer, startRedis } from "../setup/redis.js";

const QUEUE = "{tqc:0}:queue:default:0";

let redis: RedisServer;
let admin: Redis;
let app: ReturnType<typeof createApp>;
let worker: ReturnType<typeof app.worker>;
beforeAll(async () => {
  redis = await startRedis();
  admin = openClient(redis.url);
});
afterAll(async () => {
  admin.disconnect();
  await redis.stop();
});
beforeEach(async () => {
  await admin.flushall();
  app = createApp();
  app.configure({ broker: redis.url });
  for (const name of ["echo", "wait"]) app.declare(contract(name));
  app.register({ echo: (...args: unknown[]) => args });
  worker = app.worker({ concurrency: 4 });
  await worker.start();
});
afterEach(async () => {
  await worker.stop();
  await app.close();
});

/** What has been set aside, once there is so much. */
async function aside(count: number) {
  for (;;) {
    const { aside: found } = await (await app.broker()).overview();
    if (found.length >= count) return found;
    await admin.blpop("nothing", 0.05);
  }
}

/** The worker still runs what is sent to it. */
async function serves(): Promise<void> {
  const handle = await app.submit(call("echo", ["alive"]), []);
  expect(await handle.get({ timeout: "30s" })).toEqual(["alive"]);
}

const message = (parts: { routing?: string; header?: string; args?: string; given?: string }) => {
  const { routing = `x${Math.random()} 0 default 0 0`, header = `{"task":"echo","submitted":1,"lone":true}` } = parts;
  return [routing, "", header, parts.args ?? "[]", ...(parts.given === undefined ? [] : [parts.given])].join("\n");
};

const deep = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

describe("in a queue", () => {
  test.each([
    ["nothing", ""],
    ["a line", "hello"],
    ["another broker's JSON", JSON.stringify({ id: "1", task: "echo", args: [] })],
    ["a header that is no JSON", message({ header: "{" })],
    ["a header that is a list", message({ header: "[]" })],
    ["a header that is null", message({ header: "null" })],
    ["a task that is a number", message({ header: `{"task":7}` })],
    ["arguments that are no JSON", message({ args: "[1," })],
    ["a run's id with a control character", message({ routing: "x\x1ey 0 default 0 0" })],
  ])("%s is set aside as undecodable, and the worker goes on", async (_, text) => {
    await admin.rpush(QUEUE, text);
    await serves();
    // What it is to be called with is kept, and not told.
    const head = text.split("\n", 3).join("\n");
    expect((await aside(1)).map(({ reason, text: told }) => [reason, told])).toEqual([["undecodable", head]]);
    expect((await admin.hvals("{tqc:0}:aside"))[0]?.split("\n").slice(1).join("\n")).toBe(text);
  });

  test("a task with a control character in its name does not harm those that end beside it", async () => {
    app.register({ "odd\x1ename": () => "odd" });
    const odd = message({ routing: "odd 0 default 0 0", header: JSON.stringify({ task: "odd\x1ename", lone: true }) });
    await admin.rpush(QUEUE, message({}), odd, message({}));
    await serves();
    expect(await app.result("odd").get({ timeout: "10s" })).toBe("odd");
  });

  test("a task by the name of what every object has is unknown", async () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    for (const task of names) await admin.rpush(QUEUE, message({ header: JSON.stringify({ task, submitted: 1 }) }));
    await serves();
    expect((await aside(names.length)).map(({ task, reason }) => `${task} ${reason}`).sort()).toEqual(
      names.map((name) => `${name} unknown-task`).sort(),
    );
  });

  test("nesting without end harms nobody", async () => {
    const header = `{"task":"echo","submitted":1,"lone":true,"stamps":${deep(100_000)}}`;
    await admin.rpush(QUEUE, message({ args: deep(100_000) }), message({ given: deep(100_000) }), message({ header }));
    await serves();
  });

  test("a call whose own words are hostile ends, and harms nobody", async () => {
    const words = { task: "echo", submitted: 1, lone: true, keep: "for ever", reply: { to: "all" } };
    await admin.rpush(QUEUE, message({ routing: "mine 0 default 0 0", header: JSON.stringify(words) }));
    await serves();
    expect(await admin.pttl("{tqc:0}:result:mine")).toBeGreaterThan(0);
  });

  test("what its worker died under is kept too, where it cannot be read", async () => {
    const broker = await app.broker();
    await worker.stop();
    await admin.rpush(QUEUE, "hello");
    await broker.exchange({ worker: "dead", queues: ["default"], room: 1, lease: 1, moves: [] });
    await broker.leave("dead");
    expect(await broker.reap(3, 10)).toBe(1);
    expect((await aside(1)).map(({ reason, text }) => [reason, text])).toEqual([["undecodable", "hello"]]);
  });

  test("no prototype is changed by what travels", async () => {
    const header = `{"task":"echo","submitted":1,"lone":true,"__proto__":{"polluted":1},"stamps":{"__proto__":{"polluted":1}}}`;
    const nested = `[{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]`;
    await admin.rpush(QUEUE, message({ header }), message({ args: nested }), message({ given: nested }));
    await serves();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test("random bytes harm nobody", async () => {
    const lines = fc.array(fc.string({ unit: "binary", maxLength: 60 }), { maxLength: 6 }).map((all) => all.join("\n"));
    const near = fc
      .tuple(fc.string({ maxLength: 20 }), fc.json(), fc.json(), fc.json())
      .map(([run, header, args, given]) => message({ routing: `${run} 0 default 0 0`, header, args, given }));
    const texts = fc.sample(fc.oneof(lines, near), 300);
    for (const text of texts) await admin.rpush(QUEUE, text);
    await serves();
    expect(worker.stats().state).toBe("serving");
  });
});

describe("in a plan or a result", () => {
  test.each([
    ["nothing", ""],
    ["a line", "hello"],
    ["a value that is no JSON", "SUCCESS 1 1 1 0 w echo\n{"],
    ["a failure that is no JSON", "FAILURE 1 1 1 0 w echo\n{"],
    ["a failure that is null", "FAILURE 1 1 1 0 w echo\nnull"],
    ["a failure that points to itself", "FAILURE 1 1 1 0 w echo\n&0 edge"],
    ["stamps that are no JSON", "SUCCESS 1 1 1 0 w echo\n1\n{"],
  ])("%s rejects who waits for it, and harms nobody else", async (_, outcome) => {
    await admin.set("{tqc:0}:result:strange", outcome, "PX", 60_000);
    const got = await app
      .result("strange")
      .get({ timeout: "2s" })
      .catch((error: unknown) => error);
    expect(got).toBeInstanceOf(Error);
    await serves();
  });

  test.each([
    ["itself", { 2: "@2" }],
    ["what holds it", { 0: "@2", 2: "@0-1" }],
    ["the same list twice, and so on", { 0: "@1 1", 1: "@0 0", 2: "@0 1" }],
    ["itself, with failures", { 2: "@settle 2" }],
  ])("a result that lists %s ends in an error", async (_, values) => {
    const handle = await app.submit(group(call("echo"), call("echo")), []);
    await handle.get();
    for (const [index, value] of Object.entries(values)) {
      await admin.hset(`{tqc:0}:outcomes:${handle.id}`, index, `SUCCESS - - - - - -\n${value}`);
    }
    const reader = createApp({ broker: redis.url });
    await expect(reader.result(handle.id).get({ timeout: "30s" })).rejects.toThrow(/lists node \d twice/);
    await reader.close();
    await serves();
  });

  test("a plan that was overwritten fails or waits, and the broker goes on", async () => {
    const handle = await app.submit(chain(call("wait"), chord([call("echo"), call("echo")], call("echo"))), []);
    const plan = `{tqc:0}:plan:${handle.id}`;
    for (const field of await admin.hkeys(plan)) await admin.hset(plan, field, `join fail x y z\n${field}`);
    expect(await (await app.broker()).inspect(handle.id)).toBeDefined();
    expect(await (await app.broker()).cancel({ run: handle.id, terminate: true })).toBe("ok");
    await serves();
  });
});

describe("a message that is too large", () => {
  const size = (bytes: number) => call("echo", ["x".repeat(bytes)]);

  test("is refused where it is sent, with the way out", async () => {
    const sent = app.submit(size(9 * 1024 * 1024), []);
    await expect(sent).rejects.toThrow(InvalidArgumentsError);
    await expect(sent).rejects.toThrow(/echo: its message has 94\d{5} bytes, and 8388608 are allowed/);
    const later = app.submit(chain(call("echo"), size(9 * 1024 * 1024)), []);
    await expect(later).rejects.toThrow(/maxMessageBytes/);
  });

  test("is so by the limit that was configured, in bytes", async () => {
    app.configure({ maxMessageBytes: 1000 });
    await expect(app.submit(call("echo", ["ü".repeat(500)]), [])).rejects.toThrow(/1000 are allowed/);
    expect(await (await app.submit(call("echo", ["u".repeat(500)]), [])).get()).toEqual(["u".repeat(500)]);
  });

  test("ends a fan-out that is submitted as it comes: it is revoked, and starts nothing more", async () => {
    const members = async function* () {
      for (let i = 0; i < 1_200; i++) yield call("echo", [i]);
      yield size(9 * 1024 * 1024);
    };
    const tree = { ...group(), options: { id: "wide" }, members: members() };
    await worker.stop();
    await expect(app.submit(tree, [])).rejects.toThrow(/echo: its message has 94\d{5} bytes, and 8388608 are allowed/);
    const wide = app.result("wide");
    await expect(wide.get({ timeout: "30s" })).rejects.toMatchObject({ cause: expect.any(TaskRevokedError) });
    expect((await (await app.broker()).inspect("wide"))?.open).toBe(0);
    worker = app.worker({ concurrency: 4 });
    await worker.start();
    await serves();
    expect(worker.stats().succeeded).toBe(1);
  });

  test("and a member whose queue no broker could name, likewise", async () => {
    const members = async function* () {
      yield { ...call("echo"), options: { queue: "no such\nqueue" } };
    };
    await expect(app.submit({ ...group(), options: { id: "odd" }, members: members() }, [])).rejects.toThrow(
      /a queue's name has no white space/,
    );
    await expect(app.result("odd").get({ timeout: "30s" })).rejects.toThrow(TaskRevokedError);
  });
});
