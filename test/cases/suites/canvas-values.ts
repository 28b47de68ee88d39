/** Canvases are values: methods give new ones, and plain data comes back as what it was. */
import type { Signature } from "tqc";
import { describe, expect, test } from "vitest";
import { noted } from "../project/src/journal.js";
import {
  add,
  chain,
  chord,
  chunks,
  fail,
  fmt,
  group,
  heard,
  id,
  ids,
  log,
  maybeSignature,
  mul,
  outcomes,
  pow,
  sum,
  upper,
  xmap,
} from "../project/src/tasks.gen.js";
import { fresh, type World } from "../world.js";

const text = (canvas: Signature<never>) => JSON.stringify(canvas);
/** There and back. */
const trip = <S extends Signature<never>>(canvas: S): S => maybeSignature(JSON.parse(text(canvas))) as S;

const shapes: readonly (readonly [name: string, canvas: Signature<[]>, want: unknown])[] = [
  ["a task", add.s(2, 3), 5],
  ["an immutable step", chain(add.s(1, 1), add.si(4, 4)), 8],
  ["arguments bound by name", chain(add.s(1, 1), pow.partial({ base: 2 })), 4],
  ["a hole among what is bound", chain(add.s(1, 1), fmt.partial({ locale: "de" })), "2 de"],
  ["a chain in a group in a chord", chord([group(chain(add.s(1, 1), mul.s(2))), add.s(1, 1)], id.s()), [[4], 2]],
  [
    "a chord that settles",
    chord([fail.s("a"), add.s(1, 1)], outcomes.s(), { onError: "settle" }),
    ["chord/header[0]: a", 2],
  ],
  ["a map", upper.map(["a"]), ["A"]],
  ["chunks", chunks([1, 2, 3], 2, sum.s()), [3, 3]],
  ["xmap", xmap(add.s(1), [1, 2]), [2, 3]],
  [
    "options",
    chain(ids.s().set({ queue: "other", priority: 2, expires: "1h", headers: { a: "b" } }), id.s()),
    expect.objectContaining({ queue: "other", priority: 2, headers: { a: "b" } }),
  ],
  ["stamps", ids.s().stamp({ a: [1, "b", true] }), expect.objectContaining({ stamps: { a: [1, "b", true] } })],
];

export function canvasValues(world: World): void {
  describe("a canvas written as JSON", () => {
    test.each(shapes)("%s is the same canvas", async (_name, canvas, want) => {
      expect(await world.value(trip(canvas))).toEqual(want);
    });

    test.each(shapes)("%s is the same text on a second trip", (_name, canvas) => {
      expect(text(trip(canvas))).toBe(text(canvas));
    });

    test("keeps its callbacks", async () => {
      const [link, errback] = [fresh(), fresh()];
      await world.value(trip(add.s(1, 1).link(mul.s(5).link(log.s(link)))));
      await world.error(trip(chain(add.s(1, 1), fail.si("broken")).linkError(heard.s(errback))));
      expect(noted(link)).toEqual([10]);
      expect(noted(errback)).toMatchObject([{ error: { message: "broken" } }]);
    });

    test("keeps what plain JSON would lose", () => {
      const canvas = id.s({ none: undefined, nan: Number.NaN, zero: -0 }).set({ eta: new Date(5) });
      expect(text(trip(canvas))).toBe(text(canvas));
    });

    test("is recognised; anything else is left as it is", () => {
      expect(maybeSignature(7)).toBe(7);
      expect(maybeSignature(null)).toBe(null);
      const plain = { kind: "call" };
      expect(maybeSignature(plain)).toBe(plain);
      const canvas = add.s(1, 1);
      expect(maybeSignature(canvas)).toBe(canvas);
    });
  });

  describe("a method of a canvas", () => {
    const canvas = chain(add.s(1, 1), mul.s(2));
    test.each<readonly [string, (from: typeof canvas) => unknown]>([
      ["set", (from) => from.set({ queue: "other" })],
      ["link", (from) => from.link(log.s("never"))],
      ["linkError", (from) => from.linkError(heard.s("never"))],
      ["stamp", (from) => from.stamp({ a: 1 })],
      ["freeze", (from) => from.freeze("an-id")],
      ["pipe", (from) => from.pipe(add.s(1))],
      ["clone", (from) => from.clone()],
    ])("%s gives a new one, and leaves this as it was", (_name, method) => {
      const before = text(canvas);
      expect(method(canvas)).not.toBe(canvas);
      expect(text(canvas)).toBe(before);
      expect(canvas.id).toBeUndefined();
    });

    test("does not share the arguments it was given", async () => {
      const list = [1, 2];
      const canvas = sum.s(list).clone();
      list.push(100);
      expect(await world.value(canvas)).toBe(3);
    });
  });
}
