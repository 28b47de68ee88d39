/** Random plans, settled by random workers in random order, with messages delivered twice and workers that die. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Broker, Claim, Move } from "../../runtime/broker.js";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import type { Tree } from "../../runtime/canvas/tree.js";
import { lower } from "../../runtime/plan/plan.js";
import { toSubmission } from "../../runtime/plan/submission.js";
import { readOutcome } from "../../runtime/wire.js";
import { openClient } from "../setup/client.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { settle } from "./texts.js";

const base = { options: {}, links: [], errbacks: [], stampers: [] } as const;
const leaf: Tree = { ...base, kind: "call", task: "t", mode: "call", args: [], immutable: true };

/** A canvas of calls, chains, groups and chords, here and there with callbacks. */
const { tree: trees } = fc.letrec<{ tree: Tree }>((tie) => {
  const several = fc.array(tie("tree"), { maxLength: 3 });
  const callbacks = fc.record({
    links: fc.array(fc.constant(leaf), { maxLength: 1 }),
    errbacks: fc.array(fc.constant(leaf), { maxLength: 1 }),
  });
  const hung = (tree: fc.Arbitrary<Tree>) =>
    fc.tuple(tree, callbacks).map(([each, extra]): Tree => ({ ...each, ...extra }));
  const group = several.map((members) => ({ ...base, kind: "group" as const, members }));
  return {
    tree: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      hung(fc.constant(leaf)),
      hung(
        fc
          .array(tie("tree"), { minLength: 1, maxLength: 4 })
          .map((steps) => ({ ...base, kind: "chain" as const, steps })),
      ),
      hung(group),
      hung(
        fc
          .tuple(group, tie("tree"), fc.constantFrom("fail" as const, "cancel" as const, "settle" as const))
          .map(([header, body, policy]) => ({ ...base, kind: "chord" as const, header, body, policy })),
      ),
    ),
  };
});

/** What a schedule does next; it is read as long as the run goes on. */
const schedules = fc.infiniteStream(fc.nat({ max: 999 }));

const context = { contract: () => undefined, encode: JSON.stringify, now: 0 };
let count = 0;

/** Plays one run to its end; the nodes that were started, as often as they were settled. */
async function play(broker: Broker, tree: Tree, schedule: fc.Stream<number>) {
  count += 1;
  const run = `run${count}`;
  const plan = lower(tree, [], context);
  const submission = toSubmission(plan, { run, reply: "c", submitted: 1, chosen: true });
  await broker.submit([submission]);
  const held: { readonly worker: string; readonly claim: Claim }[] = [];
  const settled: Move[] = [];
  const ended = new Map<number, string>();
  const draw = () => schedule.next().value as number;
  for (let idle = 0; idle < 3; ) {
    const worker = `${run}-${draw() % 3}`;
    const mine = held.filter((each) => each.worker === worker);
    const moves: Move[] = [];
    for (const each of mine) {
      const dice = draw() % 10;
      if (dice < 6) moves.push(settle(each.claim, dice < 2 ? { state: "FAILURE" } : {}));
      else if (dice === 6) moves.push({ kind: "release", ...each.claim, delay: 0 });
      else if (dice === 7) moves.push({ kind: "retry", ...each.claim, delay: 0 });
      else continue;
      held.splice(held.indexOf(each), 1);
    }
    const late = settled[draw() % (settled.length + 1)];
    const reply = await broker.exchange({
      worker,
      queues: ["default"],
      room: draw() % 4,
      lease: 60_000,
      moves: late ? [...moves, late] : moves,
    });
    expect(reply.replies).toEqual([...moves.map(() => "ok"), ...(late ? ["lost"] : [])]);
    for (const move of moves) {
      if (move.kind === "settle") {
        expect(ended.has(move.index)).toBe(false);
        ended.set(move.index, move.outcome);
      }
      settled.push(move);
    }
    held.push(...reply.claims.map((claim) => ({ worker, claim })));
    if (draw() % 40 === 0) await lose(broker, worker, held);
    const open = (await broker.inspect(run))?.open ?? 0;
    idle = open === 0 && held.length === 0 ? idle + 1 : 0;
  }
  return { record: await broker.inspect(run), submission, plan, ended };
}

/** A worker dies: what it held is others' to claim. */
async function lose(broker: Broker, worker: string, held: { worker: string }[]): Promise<void> {
  await broker.leave(worker);
  await broker.reap(1_000_000, 1000);
  for (let i = held.length - 1; i >= 0; i--) if (held[i]?.worker === worker) held.splice(i, 1);
}

async function holds(broker: Broker, tree: Tree, schedule: fc.Stream<number>): Promise<void> {
  const { record, plan, ended } = await play(broker, tree, schedule);
  const outcomes = record?.outcomes ?? new Map();
  const succeeded = (index: number) => readOutcome(outcomes.get(index) ?? "").state === "SUCCESS";
  const skipped = new Set<number>();
  for (const { index, edges } of plan.nodes) {
    for (const edge of edges) {
      if (edge.kind !== "success" && edge.kind !== "failure") continue;
      const taken = outcomes.has(index) && (edge.kind === "success") === succeeded(index);
      if (!taken) for (let i = edge.from; i < edge.until; i++) skipped.add(i);
    }
  }
  for (const node of plan.nodes) {
    // Every node ends, unless it belongs to a callback that was not called; then it never starts.
    expect([node.index, outcomes.has(node.index)]).toEqual([node.index, !skipped.has(node.index)]);
    if (ended.has(node.index)) expect(outcomes.get(node.index)).toBe(ended.get(node.index));
    if (node.kind === "join" && outcomes.has(node.index) && succeeded(node.index) && node.policy !== "settle") {
      for (const [first, last] of node.members) for (let i = first; i <= last; i++) expect(succeeded(i)).toBe(true);
    }
  }
}

describe("whatever the order", () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  test("every node ends once, in memory", async () => {
    await fc.assert(
      fc.asyncProperty(trees, schedules, async (tree, schedule) => {
        const broker = createMemoryBroker();
        await holds(broker, tree, schedule).finally(() => broker.close());
      }),
      { numRuns: 300 },
    );
  });

  test("every node ends once, in Redis", async () => {
    const broker = connectRedisBroker(redis.url);
    const admin = openClient(redis.url);
    await fc
      .assert(
        fc.asyncProperty(trees, schedules, async (tree, schedule) => {
          await admin.flushall();
          await holds(broker, tree, schedule);
        }),
        { numRuns: 60 },
      )
      .finally(() => Promise.all([broker.close(), admin.disconnect()]));
  });
});
