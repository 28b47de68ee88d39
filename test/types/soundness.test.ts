import type { AsyncResult } from "tqc";
import { chain, chord, chunks, group, xmap, xstarmap } from "tqc";
import { afterAll, describe, expect, test } from "vitest";
import { check } from "./program.js";
import { randomProgram, wrongProgram } from "./soundness/canvases.js";
import { poolApp, poolModule } from "./soundness/pool.js";
import { dice } from "./soundness/pool-types.js";

const MANY = 1_000;
const SEED = Number(process.env.TQC_SEED ?? 7);

const random = dice(SEED);
const canvases = Array.from({ length: MANY }, () => randomProgram(random));
const mutants = Array.from({ length: MANY }, () => wrongProgram(random));

/** One program of all of them, a line each -> which of them the type checker accepts. */
function accepted(): { canvases: string[]; mutants: string[] } {
  const before = poolModule();
  const first = before.split("\n").length;
  const { lines } = check(
    before + [...canvases, ...mutants].map((text, i) => `export const c${i} = () => ${text};\n`).join(""),
  );
  const isAccepted = (from: number) => (_: string, i: number) => !lines.has(from + i);
  return { canvases: canvases.filter(isAccepted(first)), mutants: mutants.filter(isAccepted(first + MANY)) };
}

const { app, builders, violations } = poolApp(dice(SEED));
afterAll(() => app.close());

/** Runs a program's text, and resolves once the canvas has ended and its callbacks have too. */
async function run(text: string): Promise<unknown> {
  const names = { chain, chord, chunks, group, xmap, xstarmap, ...builders };
  const start = new Function(...Object.keys(names), `return ${text}`) as (
    ...given: unknown[]
  ) => Promise<AsyncResult<unknown>>;
  const sent = await start(...Object.values(names));
  return sent.get({ timeout: "5s" });
}

describe("random canvases, most of them right and some wrong by chance", { timeout: 120_000 }, () => {
  const sound = accepted();

  test("enough of them are accepted, and some refused, to say something", () => {
    expect(sound.canvases.length).toBeGreaterThan(MANY / 4);
    expect(sound.canvases.length).toBeLessThan(MANY * 0.95);
  });

  test("what the type checker accepts runs, and no task is ever given what it does not take", async () => {
    const failed: string[] = [];
    for (const text of sound.canvases) {
      const before = violations.length;
      await run(text).catch((error: unknown) => failed.push(`${text}: ${String(error)}`));
      if (violations.length > before) failed.push(`${text}: ${violations.slice(before).join(", ")}`);
    }
    expect({ failed, violations }).toEqual({ failed: [], violations: [] });
  });

  test("of those that were made wrong, at least 99 in 100 are refused", () => {
    const escaped = sound.mutants.length > MANY / 100 ? sound.mutants : [];
    expect(escaped).toEqual([]);
  });
});
