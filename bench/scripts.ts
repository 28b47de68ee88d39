/**
 * `npx tsx bench/scripts.ts`: what one script costs Redis, by what it is asked, in us as Redis tells it. The least of many
 * rounds, since others at work on the machine only add to it.
 */
import { Redis } from "ioredis";
import type { Claim, Move, Submission } from "../runtime/broker.js";
import { connectRedisBroker } from "../runtime/brokers/redis/index.js";
import { call, group, lone, plan, settle } from "../test/brokers/texts.js";
import { startRedis } from "../test/setup/redis.js";

const ROUNDS = 20;
const TIMES = 100;

const server = await startRedis();
const redis = new Redis(server.url);
const broker = connectRedisBroker(server.url);

const args = JSON.stringify([2, 3, "x".repeat(110)]);
let runs = 0;
const name = () => `bench${(runs++ + 46_656).toString(36)}`;
const aLone = () => lone(name(), { args });
const many = (count: number): Submission[] => Array.from({ length: count }, aLone);

/** A chain, each step the next's only predecessor. */
function chain(steps: number): Submission {
  const run = name();
  const text = (index: number) => call(run, index, { args, edges: index + 1 < steps ? `n${index + 1}` : "" });
  const waiting = Array.from({ length: steps - 1 }, (_, i) => [i + 1, text(i + 1)] as const);
  const first = { text: text(0), queue: "default", priority: 0, delay: 0 };
  return plan(run, { ready: [first], waiting, result: steps - 1 });
}

async function exchange(room: number, moves: readonly Move[] = []): Promise<readonly Claim[]> {
  return (await broker.exchange({ worker: "w", queues: ["default"], room, lease: 30_000, moves })).claims;
}

/** Settles what it is given and claims as much again, until there is no more. */
async function drain(size: number, end: { readonly value?: string } = {}): Promise<void> {
  for (let held = await exchange(size); held.length > 0; )
    held = await exchange(
      size,
      held.map((claim) => settle(claim, end)),
    );
}

/** Microseconds in scripts per piece of work. */
async function measure(pieces: number, prepare: () => Promise<unknown>, act: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    await prepare();
    await redis.config("RESETSTAT");
    await act();
    const spent = /cmdstat_evalsha:calls=\d+,usec=(\d+)/.exec(await redis.info("commandstats"))?.[1];
    least = Math.min(least, Number(spent) / pieces);
  }
  return least;
}

async function times(act: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < TIMES; i++) await act();
}

const rows: readonly (readonly [string, () => Promise<number>])[] = [
  [
    "a look in vain",
    () =>
      measure(
        TIMES,
        async () => {},
        () => times(() => exchange(10)),
      ),
  ],
  [
    "a call submitted, nobody idle",
    () =>
      measure(
        TIMES,
        () => redis.flushall(),
        () => times(() => broker.submit([aLone()])),
      ),
  ],
  [
    "a call claimed alone",
    () =>
      measure(
        TIMES,
        () => broker.submit(many(TIMES)),
        () => times(() => exchange(1)),
      ),
  ],
  [
    "a call settled alone, the next claimed",
    () =>
      measure(
        TIMES,
        () => broker.submit(many(TIMES)),
        () => drain(1),
      ),
  ],
  [
    "calls settled and claimed by 100, each",
    () =>
      measure(
        2_000,
        () => broker.submit(many(2_000)),
        () => drain(100),
      ),
  ],
  [
    "the same, results ignored",
    () =>
      measure(
        2_000,
        () => broker.submit(many(2_000)),
        () => drain(100, { value: "!" }),
      ),
  ],
  [
    "a step of a chain",
    () =>
      measure(
        TIMES,
        () => broker.submit([chain(TIMES)]),
        () => drain(1),
      ),
  ],
  [
    "members of a join stored by 1,000, each",
    () =>
      measure(
        10_000,
        () => redis.flushall(),
        () => broker.submit([group(name(), 10_000)]),
      ),
  ],
  [
    "members of a join by 100, each",
    () =>
      measure(
        2_000,
        () => broker.submit([group(name(), 2_000)]),
        () => drain(100),
      ),
  ],
];

await redis.flushall();
console.log("| what | us |\n|---|---|");
for (const [what, cost] of rows) {
  await redis.flushall();
  console.log(`| ${what} | ${(await cost()).toFixed(1)} |`);
}
await broker.close();
redis.disconnect();
await server.stop();
