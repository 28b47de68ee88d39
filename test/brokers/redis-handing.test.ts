import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Broker, Claim, Move } from "../../runtime/broker.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { BrokerUnavailableError } from "../../runtime/errors.js";
import { openClient } from "../setup/client.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { lone, settle } from "./texts.js";

let redis: RedisServer;
let producer: Broker;
let workers: Broker;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

let run = 0;
beforeEach(() => {
  run += 1;
  const prefix = `test${run}`;
  producer = connectRedisBroker(redis.url, { prefix });
  workers = connectRedisBroker(redis.url, { prefix });
});
afterEach(() => Promise.all([producer.close(), workers.close()]));

const queues = ["default"];
const NEVER = new AbortController().signal;

/** Looks for work in vain, and offers to be handed what comes. */
async function offer(worker: string, lease = 30_000): Promise<void> {
  const reply = await workers.exchange({ worker, queues, room: 10, lease, moves: [], idleFor: 60_000 });
  expect(reply.claims).toEqual([]);
}

/** Makes a worker known, as its heartbeat would. */
const announce = (id: string, lease = 30_000) =>
  workers.extend({ id, host: "here", pid: 1, queues, concurrency: 1, started: 0, tasks: [] }, lease);

/** Waits, and gives what was handed over meanwhile. */
async function wait(worker: string, signal = NEVER): Promise<Claim[]> {
  const handed: Claim[] = [];
  await workers.idle({ worker, queues, ms: 60_000, signal, handed: (claims) => handed.push(...claims) });
  return handed;
}

const claim = async (broker: Broker, worker: string) =>
  (await broker.exchange({ worker, queues, room: 10, lease: 30_000, moves: [] })).claims;

const runsOf = (claims: readonly Claim[]) => claims.map(({ text }) => text.split(" ")[0]);

test("an idle worker is handed what comes, and holds it as if it had claimed it", async () => {
  await announce("w");
  await offer("w");
  const waiting = wait("w");
  await producer.submit([lone("r")]);
  const [handed] = await waiting;
  expect((await producer.inspect("r"))?.leased.get(0)).toMatchObject({ worker: "w" });
  const reply = await workers.exchange({ worker: "w", queues, room: 10, lease: 30_000, moves: [settle(handed!)] });
  expect(reply.replies).toEqual(["ok"]);
  expect((await producer.read("r", [0]))[0]).toMatch(/^SUCCESS /);
});

test("what came between the offer and the wait is handed over too", async () => {
  await announce("w");
  await offer("w");
  await producer.submit([lone("r")]);
  expect(runsOf(await wait("w"))).toEqual(["r"]);
});

test("who was called off and waits again is woken, though its first offer has not run out", async () => {
  await announce("w");
  await offer("w");
  const calledOff = new AbortController();
  const first = wait("w", calledOff.signal);
  calledOff.abort();
  expect(await first).toEqual([]);
  const second = wait("w");
  await producer.submit([lone("r")]);
  await second;
  expect(runsOf(await claim(workers, "w"))).toEqual(["r"]);
});

test("each of the idle is handed one, and the next claims the rest", async () => {
  await Promise.all([announce("a"), announce("b")]);
  await offer("a");
  await offer("b");
  const waiting = Promise.all([wait("a"), wait("b")]);
  await producer.submit(["r1", "r2", "r3"].map((id) => lone(id)));
  expect((await waiting).map((handed) => handed.length)).toEqual([1, 1]);
  expect(await claim(workers, "a")).toHaveLength(1);
});

test("who has only room for more is woken and handed nothing", async () => {
  await announce("w");
  await claim(workers, "w");
  const waiting = wait("w");
  await producer.submit([lone("r")]);
  expect(await waiting).toEqual([]);
  expect(runsOf(await claim(workers, "w"))).toEqual(["r"]);
});

test("who has stopped waiting is handed nothing", async () => {
  await announce("w");
  await offer("w");
  const abort = new AbortController();
  const waiting = wait("w", abort.signal);
  abort.abort();
  expect(await waiting).toEqual([]);
  await producer.submit([lone("r")]);
  expect(runsOf(await claim(producer, "other"))).toEqual(["r"]);
});

test("who stops at once is given what it was handed before", async () => {
  await announce("w");
  await offer("w");
  await producer.submit([lone("r")]);
  expect(runsOf(await wait("w", AbortSignal.abort()))).toEqual(["r"]);
});

test("what was handed to a worker that died is given back", async () => {
  await announce("w", 1_500);
  await offer("w");
  await producer.submit([lone("r")]);
  while ((await producer.reap(3, 10)) === 0);
  expect(runsOf(await claim(producer, "other"))).toEqual(["r"]);
});

test("a worker whose lease has run out is woken, and handed nothing", async () => {
  await offer("w");
  await producer.submit([lone("r")]);
  expect(await wait("w")).toEqual([]);
  expect(runsOf(await claim(producer, "other"))).toEqual(["r"]);
});

test("what was revoked before it was queued is handed to nobody", async () => {
  await announce("w");
  await producer.cancel({ run: "r", terminate: false });
  await offer("w");
  await producer.submit([lone("r")]);
  expect(await wait("w")).toEqual([]);
  expect(await claim(workers, "w")).toEqual([]);
});

describe("an exchange that begins the wait", () => {
  /** Has a connection to wait on, and is done with one call: from now on its exchanges and its waits go over that. */
  async function settleOne(): Promise<Claim> {
    await announce("w");
    await offer("w");
    const waiting = wait("w");
    await producer.submit([lone("first")]);
    const [first] = await waiting;
    return first!;
  }

  const exchange = (moves: readonly Move[] = []) =>
    workers.exchange({ worker: "w", queues, room: 10, lease: 30_000, moves, idleFor: 60_000 });

  test("settles what has ended, and is handed what comes", async () => {
    expect(await exchange([settle(await settleOne())])).toMatchObject({ replies: ["ok"], claims: [] });
    const waiting = wait("w");
    await producer.submit([lone("next")]);
    expect(runsOf(await waiting)).toEqual(["next"]);
  });

  test("may bring work at once: the wait stands until it is wanted", async () => {
    const first = await settleOne();
    await producer.submit([lone("second")]);
    const { claims } = await exchange([settle(first)]);
    expect(runsOf(claims)).toEqual(["second"]);
    expect(await exchange(claims.map((claim) => settle(claim)))).toMatchObject({ replies: ["ok"], claims: [] });
    const waiting = wait("w");
    await producer.submit([lone("third")]);
    expect(runsOf(await waiting)).toEqual(["third"]);
  });

  test("is made where the server has forgotten its scripts", async () => {
    const first = await settleOne();
    const client = openClient(redis.url);
    await client.script("FLUSH");
    client.disconnect();
    expect(await exchange([settle(first)])).toMatchObject({ replies: ["ok"], claims: [] });
    const waiting = wait("w");
    await producer.submit([lone("next")]);
    expect(runsOf(await waiting)).toEqual(["next"]);
  });

  test("rejects where the server stands still for longer than the timeout", async () => {
    await workers.close();
    workers = connectRedisBroker(redis.url, { prefix: `test${run}`, connectTimeout: 500 });
    const first = await settleOne();
    redis.process.kill("SIGSTOP");
    try {
      await expect(exchange([settle(first)])).rejects.toThrow(BrokerUnavailableError);
    } finally {
      redis.process.kill("SIGCONT");
    }
    expect((await exchange([settle(first)])).claims).toEqual([]);
    expect((await producer.read("first", [0]))[0]).toMatch(/^SUCCESS /);
  });
});

test("what comes behind others is not handed over before them", async () => {
  await announce("w");
  await producer.pause("default", true);
  await producer.submit([lone("r1")]);
  await producer.submit([lone("r2")]);
  await producer.pause("default", false);
  expect(runsOf(await claim(workers, "w"))).toEqual(["r1", "r2"]);
  await offer("w");
  await producer.submit([lone("low", { priority: 1 }), lone("high", { priority: 9 })]);
  expect(runsOf(await wait("w"))).toEqual(["high"]);
});
