/** Ids of the user's choosing. */
import { describe, expect, test } from "vitest";
import { group, plan } from "../texts.js";
import type { Bench } from "./bench.js";

export function resolveContract(bench: Bench): void {
  const { submit } = bench;

  describe("resolve", () => {
    test("an id of the user's choosing leads to its node", async () => {
      await submit(plan("r", { ...group("r", 2), aliases: [["mine", 1]] }));
      expect(await bench.broker.resolve("mine")).toEqual(["r", 1]);
      expect(await bench.broker.resolve("r")).toEqual(["r", 2]);
      expect(await bench.broker.resolve("nobody")).toBeUndefined();
    });
  });
}
