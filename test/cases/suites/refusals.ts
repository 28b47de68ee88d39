/** Mistakes that the types refuse are refused at run time too, in words. */
import { InvalidArgumentsError, type Signature, UnknownTaskError } from "tqc";
import { describe, expect, test } from "vitest";
import { add, chain, chord, chunks, group, log, signature, sum, upper } from "../project/src/tasks.gen.js";
import type { World } from "../world.js";

/** A call that the types refuse, as a program without types would make it. */
const untyped = (call: unknown) => call as (...args: unknown[]) => Signature<[]>;

export function refusals(world: World): void {
  describe("refused with a TypeError", () => {
    test.each<readonly [string, () => unknown, RegExp]>([
      ["a chain of nothing", () => untyped(chain)(), /chain/],
      ["a link on a group", () => untyped(group(add.s(1, 1)).link.bind(group(add.s(1, 1))))(log.s("k")), /chord/],
      [
        "a link on chunks",
        () => {
          const tens = chunks([1], 1, sum.s());
          return untyped(tens.link.bind(tens))(log.s("k"));
        },
        /chord/,
      ],
      ["a builder in a chain", () => untyped(chain)(add.s(1, 1), upper), /upper/],
      ["a builder in a group", () => untyped(group)(upper, add.s(1, 1)), /upper/],
      ["no signature as a body", () => untyped(chord)([add.s(1, 1)], 7), /signature/],
      ["chunks of no size", () => untyped(chunks)([1], 0, sum.s()), /chunks|size/],
    ])("%s", (_given, make, message) => {
      expect(make).toThrow(TypeError);
      expect(make).toThrow(message);
    });
  });

  describe("refused before anything is sent", () => {
    test("arguments of a wrong type, with the task and the parameter named", async () => {
      const error = await world.error(untyped(add.s.bind(add))("two", 3));
      expect(error).toBeInstanceOf(InvalidArgumentsError);
      expect(error.message).toMatch(/add/);
      expect(error.message).toMatch(/\bx\b/);
    });

    test("too few arguments, and too many", async () => {
      expect(await world.error(untyped(add.s.bind(add))(3))).toBeInstanceOf(InvalidArgumentsError);
      expect(await world.error(untyped(add.s.bind(add))(1, 2, 3))).toBeInstanceOf(InvalidArgumentsError);
    });

    test("wrong arguments deep inside", async () => {
      const canvas = untyped(chord)([untyped(chain)(add.s(1, 1), untyped(add.s.bind(add))("x"))], sum.s());
      expect(await world.error(canvas)).toBeInstanceOf(InvalidArgumentsError);
    });

    test("a task that nobody knows, with the nearest name", async () => {
      const error = await world.error(signature("tasks.math.ad" as string, [1, 2]));
      expect(error).toBeInstanceOf(UnknownTaskError);
      expect(error.message).toMatch(/tasks\.math\.add\b/);
    });
  });
}
