/** Everything that can happen to small canvases, in every order: no deadlock, no body twice, no node that stays pending. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { type Canvas, canvases, widened } from "./model/canvases.js";
import { type Explored, explore } from "./model/explore.js";
import { replay } from "./model/replay.js";
import { written } from "./model/steps.js";
import { type ClearTable, memoryTable, redisTable } from "./model/tables.js";

/** With TQC_MODEL=wide everything may happen once more, and Redis replays more of it: for some minutes. */
const wide = process.env.TQC_MODEL === "wide";
/** How many traces of each canvas Redis replays. */
const TRACES = wide ? 200 : 60;
const LANES = 4;

const figures = { states: 0, transitions: 0, ends: 0, replayed: 0 };
const explored = new Map<Canvas, Explored>();
const named = canvases.map((canvas) => [canvas.name, wide ? widened(canvas) : canvas] as const);

let redis: RedisServer;
let tables: ClearTable[];
beforeAll(async () => {
  redis = await startRedis();
  tables = Array.from({ length: LANES }, (_, database) => redisTable(redis.url, database));
});
afterAll(async () => {
  await Promise.all(tables.map((table) => table.close()));
  await redis.stop();
  const { states, transitions, ends, replayed } = figures;
  console.log(`${states} states, ${transitions} transitions, ${ends} ends; ${replayed} traces replayed on Redis`);
});

describe("in every order", () => {
  test.each(named)(
    "%s comes to an end, from wherever it is",
    async (_, canvas) => {
      const start = performance.now();
      const found = await explore(canvas);
      explored.set(canvas, found);
      figures.states += found.states;
      figures.transitions += found.transitions;
      figures.ends += found.ends.length;
      const { states, transitions, standsFor } = found;
      if (wide)
        console.log(
          `${canvas.name}: ${states} states, ${transitions} steps, ${Math.round(performance.now() - start)} ms`,
        );
      expect(states * standsFor).toBeGreaterThan(300);
      expect(found.ends.length * standsFor).toBeGreaterThan(20);
    },
    wide ? 3_600_000 : 300_000,
  );

  test.each(named)(
    "%s is the same on Redis",
    async (_, canvas) => {
      const { leaves, trace } = explored.get(canvas) ?? (await explore(canvas));
      const chosen = some(leaves, TRACES).map(trace);
      const lane = async (table: ClearTable) => {
        for (let steps = chosen.pop(); steps; steps = chosen.pop()) {
          await table.clear();
          const memory = memoryTable();
          const wanted = await replay(memory, canvas, steps).finally(memory.close);
          expect(await replay(table, canvas, steps), steps.map(written).join(", ")).toEqual(wanted);
          figures.replayed += 1;
        }
      };
      // Each ends before the next test takes its table.
      const lanes = await Promise.allSettled(tables.map(lane));
      for (const ended of lanes) if (ended.status === "rejected") throw ended.reason;
    },
    wide ? 3_600_000 : 300_000,
  );

  test("is found only where there is much to find", () => {
    expect(figures.states).toBeGreaterThan(40_000);
    expect(figures.transitions).toBeGreaterThan(250_000);
    expect(figures.replayed).toBeGreaterThan(1_000);
  });
});

/** So many of them at most, evenly over all. */
function some<Item>(items: readonly Item[], most: number): Item[] {
  const every = Math.max(1, Math.ceil(items.length / most));
  return items.filter((_, i) => i % every === 0);
}
