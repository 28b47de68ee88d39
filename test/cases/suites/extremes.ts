/** Canvases that are wide, long, deep, or read as they come. */
import type { Signature } from "tqc";
import { describe, expect, test } from "vitest";
import { noted } from "../project/src/journal.js";
import type { Value } from "../project/src/tasks/values.js";
import {
  add,
  chain,
  chord,
  count,
  fail,
  group,
  heard,
  id,
  log,
  mul,
  replaceAdd,
  sum,
} from "../project/src/tasks.gen.js";
import { fresh, type World } from "../world.js";

const MANY = 3_000;
const broken = fail.si("broken");
const range = Array.from({ length: MANY }, (_, i) => i);
const total = (MANY * (MANY - 1)) / 2;

async function* each<T>(items: readonly T[]) {
  for (const item of items) yield item;
}

export function extremes(world: World): void {
  describe("a wide canvas", () => {
    test("gives its members' values in order", async () => {
      expect(await world.value(group(range.map((i) => add.s(i, 1))))).toEqual(range.map((i) => i + 1));
    });

    test("joins once, whatever stands before and after it", async () => {
      const wide = group(range.map((i) => add.s(i)));
      expect(await world.value(chain(add.s(1, 1), wide, sum.s(), add.s(1)))).toBe(total + 2 * MANY + 1);
    });

    test("fails as a whole when what precedes it fails, and tells each member's error callback", async () => {
      const [each, all] = [fresh(), fresh()];
      const wide = group(range.map((i) => add.s(i).linkError(count.si(each))));
      await world.error(chain(broken, wide, sum.s()).linkError(heard.s(all)));
      expect([noted(each).length, noted(all).length]).toEqual([MANY, 1]);
    });

    test("fails when one of its members does, and the others run", async () => {
      const [ran, all] = [fresh(), fresh()];
      const wide = range.map((i) => (i === MANY - 2 ? broken : count.s(ran)));
      const error = await world.error(chord(wide, id.si("never")).linkError(heard.s(all)));
      expect(error).toMatchObject({ cause: { path: `chord/header[${MANY - 2}]` } });
      expect([noted(ran).length, noted(all).length]).toEqual([MANY - 1, 1]);
    });

    test("of chains that are replaced keeps its order", async () => {
      const wide = group(range.slice(0, 300).map((i) => chain(add.s(i, 0), replaceAdd.s(1), mul.s(2))));
      expect(await world.value(chain(wide, id.s()))).toEqual(range.slice(0, 300).map((i) => (i + 1) * 2));
    });
  });

  describe("a long canvas", () => {
    test("arrives at its end", async () => {
      expect(await world.value(chain(...Array.from({ length: 1_000 }, () => add.s(1))), 0)).toBe(1_000);
    });

    test("ends at once behind a failure", async () => {
      const key = fresh();
      const steps = Array.from({ length: MANY }, () => add.s(1));
      const error = await world.error(chain(broken, ...steps).linkError(heard.s(key)));
      expect(error).toMatchObject({ path: "chain[0]" });
      expect(noted(key)).toHaveLength(1);
    });
  });

  describe("a deep canvas", () => {
    const wrap = (depth: number) =>
      Array.from({ length: depth }).reduce<Signature<[], Value>>((inner) => chain(group(inner), id.s()), id.s("core"));

    test("nests its value as deep", async () => {
      let value = await world.value(wrap(50));
      for (let depth = 0; depth < 50; depth += 1) [value] = value as readonly [Value];
      expect(value).toBe("core");
    });
  });

  describe("a group that is read as it comes", () => {
    test("is as good as a list", async () => {
      expect(await world.value(chain(group(each(range.map((i) => add.s(i, 0)))), sum.s()))).toBe(total);
    });

    test("of none gives none", async () => {
      expect(await world.value(group(each<Signature<[], number>>([])))).toEqual([]);
      expect(await world.value(chord(each<Signature<[], number>>([]), sum.s()))).toBe(0);
    });

    test("may stand anywhere", async () => {
      const inner = () => group(each([add.s(1), mul.s(5)]));
      expect(await world.value(chain(add.s(1, 1), inner(), sum.s()))).toBe(13);
      expect(await world.value(group(chain(add.s(1, 1), inner()), add.s(1, 1)))).toEqual([[3, 10], 2]);
    });

    test("carries callbacks and stamps of its members", async () => {
      const [link, errback] = [fresh(), fresh()];
      const members = each([add.s(1, 1).link(log.s(link)), fail.s("broken").linkError(heard.s(errback))]);
      await world.error(group(members));
      expect(noted(link)).toEqual([2]);
      expect(noted(errback)).toHaveLength(1);
    });

    test("whose source fails is given up, with the source's error", async () => {
      async function* source() {
        yield add.s(1, 1);
        throw new RangeError("the source ran dry");
      }
      expect(await world.error(group(source()))).toMatchObject({ name: "RangeError", message: "the source ran dry" });
    });
  });
}
