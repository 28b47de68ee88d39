import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Broker, Claim } from "../../runtime/broker.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { BrokerUnavailableError, ConfigurationError } from "../../runtime/errors.js";
import { openClient } from "../setup/client.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { brief, group, lone, settle } from "./texts.js";

let redis: RedisServer;
let broker: Broker;
beforeEach(async () => {
  redis = await startRedis();
  broker = connectRedisBroker(redis.url, { connectTimeout: 1_500 });
});
afterEach(async () => {
  await broker.close();
  await redis.stop();
});

const ask = (worker = "w", moves: Parameters<Broker["exchange"]>[0]["moves"] = []) =>
  broker.exchange({ worker, queues: ["default"], room: 10, lease: 30_000, moves });

describe("without a server", () => {
  test("every verb rejects within the timeout", async () => {
    await redis.crash();
    const start = performance.now();
    const verbs = [
      broker.submit([lone("r")]),
      broker.inspect("r"),
      ask(),
      broker.follow({ client: "c" }, () => {}),
      broker.cancel({ run: "r", terminate: false }),
    ];
    for (const verb of await Promise.allSettled(verbs)) {
      expect(verb.status === "rejected" && verb.reason).toBeInstanceOf(BrokerUnavailableError);
    }
    expect(performance.now() - start).toBeLessThan(9_000);
  });

  test("what was refused during an outage does not run afterwards", async () => {
    await broker.submit([lone("before")]);
    await redis.crash();
    await expect(broker.submit([lone("during")])).rejects.toThrow(BrokerUnavailableError);
    await redis.start();
    await broker.submit([lone("after")]);
    expect((await ask()).claims.map(({ text }) => text.split(" ")[0])).toEqual(["after"]);
  });

  test("a wait ends where it may", async () => {
    await redis.crash();
    const abort = new AbortController();
    const idle = broker.idle({ worker: "w", queues: ["default"], ms: 60_000, signal: abort.signal });
    abort.abort();
    await idle;
  });

  test("a broker that is closed lets go of whoever waits for it, and of its timers", async () => {
    await redis.crash();
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const before = timers();
    const patient = connectRedisBroker(redis.url, { connectTimeout: 60_000 });
    const verbs = [patient.submit([lone("r")]), patient.inspect("r"), patient.follow({ client: "c" }, () => {})];
    const told = Promise.allSettled(verbs);
    await patient.close();
    for (const verb of await told) expect(verb.status === "rejected" && String(verb.reason)).toMatch(/has been closed/);
    expect(timers()).toBe(before);
  });

  test("an address that is none is refused with the forms that are", () => {
    expect(() => connectRedisBroker("http://user:secret@localhost")).toThrow(ConfigurationError);
    expect(() => connectRedisBroker("http://user:secret@localhost")).toThrow(/redis:\/\/host:port/);
    expect(() => connectRedisBroker("http://user:secret@localhost")).not.toThrow(/secret/);
  });
});

describe("after a restart", () => {
  test("scripts that the server has forgotten are sent again", async () => {
    await broker.submit([group("a", 2)]);
    const admin = openClient(redis.url);
    await admin.script("FLUSH");
    admin.disconnect();
    expect((await ask()).claims).toHaveLength(2);
  });

  test("who listened goes on listening, and is told that there was a gap", async () => {
    const heard: string[] = [];
    let wake = () => {};
    await broker.follow({ client: "client" }, (event) => {
      heard.push(event.kind === "gap" ? "gap" : event.run);
      wake();
    });
    const gap = new Promise<void>((resolve) => {
      wake = resolve;
    });
    await redis.restart();
    await gap;
    await broker.submit([lone("r")]);
    const told = new Promise<void>((resolve) => {
      wake = resolve;
    });
    await ask(
      "w",
      (await ask()).claims.map((claim) => settle(claim)),
    );
    await told;
    expect(heard).toEqual(["gap", "r"]);
  });
});

describe("a lost reply", () => {
  test("is not what two exchanges at a worker's start take each other's replies for", async () => {
    await broker.submit(Array.from({ length: 20 }, (_, i) => lone(`r${i}`)));
    const [one, other] = await Promise.all([ask(), ask()]);
    const claims = [...one.claims, ...other.claims];
    expect(claims).toHaveLength(20);
    const { replies } = await ask(
      "w",
      claims.map((claim) => settle(claim)),
    );
    expect(new Set(replies)).toEqual(new Set(["ok"]));
  });

  test("work that a worker does not know it holds is given to others", async () => {
    await broker.submit([lone("r")]);
    expect((await ask()).claims).toHaveLength(1);
    const returned = connectRedisBroker(redis.url);
    const reply = await returned.exchange({ worker: "w", queues: ["default"], room: 10, lease: 30_000, moves: [] });
    expect(reply.claims).toEqual([]);
    expect(await returned.reap(3, 10)).toBe(1);
    expect(
      (await returned.exchange({ worker: "w2", queues: ["default"], room: 10, lease: 30_000, moves: [] })).claims,
    ).toHaveLength(1);
    await returned.close();
  });

  test("a connection that breaks under an exchange loses no work", async () => {
    await broker.submit(Array.from({ length: 50 }, (_, i) => lone(`r${i}`)));
    const admin = openClient(redis.url);
    const known: Claim[] = [];
    for (let round = 0; round < 20; round++) {
      const exchange = broker.exchange({ worker: "w", queues: ["default"], room: 5, lease: 30_000, moves: [] }).then(
        ({ claims }) => known.push(...claims),
        (error: unknown) => expect(error).toBeInstanceOf(BrokerUnavailableError),
      );
      if (round % 3 === 0) await admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
      await exchange;
    }
    // One more exchange tells the server what this worker knows; the rest is reaped and claimed by another.
    known.push(...(await ask()).claims);
    await broker.reap(3, 100);
    const rest = await broker.exchange({ worker: "other", queues: ["default"], room: 100, lease: 30_000, moves: [] });
    const runs = [...known, ...rest.claims].map(({ text }) => text.split(" ")[0]);
    expect(new Set(runs).size).toBe(50);
    expect(runs).toHaveLength(50);
    admin.disconnect();
  });
});

describe("deployments", () => {
  test("runs spread over partitions, and every verb finds them", async () => {
    const wide = connectRedisBroker(redis.url, { partitions: 4, prefix: "wide" });
    const runs = Array.from({ length: 40 }, (_, i) => `run${i}`);
    await wide.submit([...runs.map((run) => lone(run)), { ...group("g", 3), aliases: [["mine", 1]] }]);
    const heard = new Set<string>();
    let wake = () => {};
    const all = new Promise<void>((resolve) => {
      wake = resolve;
    });
    await wide.follow({ client: "client" }, (event) => {
      if (event.kind !== "gap") heard.add(event.run);
      if (heard.size === 41) wake();
    });
    const exchange = (moves: Parameters<Broker["exchange"]>[0]["moves"] = []) =>
      wide.exchange({ worker: "w", queues: ["default"], room: 30, lease: 30_000, moves });
    const first = await exchange();
    expect(first.claims).toHaveLength(30);
    const second = await exchange(first.claims.map((claim) => settle(claim)));
    expect(second.replies).toEqual(first.claims.map(() => "ok"));
    expect(second.claims).toHaveLength(13);
    await exchange(second.claims.map((claim) => settle(claim)));
    await all;
    expect(brief((await wide.read("g", [3]))[0])).toBe("SUCCESS @0-2");
    expect(await wide.resolve("mine")).toEqual(["g", 1]);
    const admin = openClient(redis.url);
    const partitions = new Set((await admin.keys("*result:*")).map((key) => key.slice(0, key.indexOf("}"))));
    admin.disconnect();
    expect([...partitions].sort()).toEqual(["{wide:0", "{wide:1", "{wide:2", "{wide:3"]);
    await wide.close();
  });

  test("brokers of different prefixes do not see each other", async () => {
    const other = connectRedisBroker(redis.url, { prefix: "other" });
    await other.submit([lone("r")]);
    expect((await ask()).claims).toEqual([]);
    await other.close();
  });

  test("a closed broker holds no connection", async () => {
    const admin = openClient(redis.url);
    const count = async () =>
      String(await admin.client("LIST"))
        .trim()
        .split("\n").length;
    const before = await count();
    const other = connectRedisBroker(redis.url);
    const stop = await other.follow({ client: "c" }, () => {});
    const idle = other.idle({ worker: "w", queues: ["default"], ms: 60_000, signal: new AbortController().signal });
    await other.submit([lone("r")]);
    await idle;
    await stop();
    await other.close();
    while ((await count()) > before) await admin.blpop("none", 0.01);
    expect(await count()).toBe(before);
    admin.disconnect();
  });
});
