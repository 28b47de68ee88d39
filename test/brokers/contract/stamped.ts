/** Nodes by their stamps. */
import { describe, expect, test } from "vitest";
import { group, plan } from "../texts.js";
import type { Bench } from "./bench.js";

export function stampedContract(bench: Bench): void {
  const { submit } = bench;

  describe("stamped", () => {
    test("a stamp leads to the nodes that carry it", async () => {
      await submit(plan("a", { ...group("a", 2), stamped: [[`k="v"`, [0, 1]]] }));
      await submit(plan("b", { ...group("b", 2), stamped: [[`k="v"`, [1]]] }));
      expect([...(await bench.broker.stamped(`k="v"`))].sort()).toEqual([
        ["a", 0],
        ["a", 1],
        ["b", 1],
      ]);
      expect(await bench.broker.stamped(`k="w"`)).toEqual([]);
    });
  });
}
