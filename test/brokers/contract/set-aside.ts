/** A leased call that its worker cannot run. */
import { describe, expect, test } from "vitest";
import type { AsidePage } from "../../../runtime/broker.js";
import { headOf } from "../../../runtime/brokers/routing.js";
import { lone, refuse } from "../texts.js";
import type { Bench } from "./bench.js";

export function setAsideContract(bench: Bench): void {
  const { ask, make, claimAll, submit } = bench;

  describe("setAside", () => {
    test("what is set aside is kept with its reason, and nobody claims it", async () => {
      await submit(lone("r"));
      const [claim] = await claimAll();
      await make([refuse(claim!)]);
      expect((await ask()).claims).toEqual([]);
      expect((await bench.broker.overview()).aside).toMatchObject([
        { run: "r", index: 0, task: "t", reason: "unknown-task", deliveries: 0, text: headOf(claim!.text) },
      ]);
      expect((await bench.broker.inspect("r"))?.aside.get(0)).toMatchObject({
        reason: "unknown-task",
        text: claim?.text,
      });
    });
  });

  describe("aside", () => {
    test("what is set aside is told page by page, without what it is called with, and an overview has the first page", async () => {
      const ids = Array.from({ length: 1_200 }, (_, i) => `r${i}`);
      await submit(...ids.map((id) => lone(id, { args: JSON.stringify(["x".repeat(1_000)]) })));
      for (let claims = await claimAll(); claims.length > 0; claims = await claimAll()) {
        await make(claims.map((claim) => refuse(claim)));
      }
      const told = new Set<string>();
      let pages = 0;
      for (let cursor: string | undefined = ""; cursor !== undefined; pages++) {
        const page: AsidePage = await bench.broker.aside({ limit: 100, ...(cursor !== "" && { cursor }) });
        for (const { run, text } of page.records) told.add(run) && expect(text.length).toBeLessThan(500);
        cursor = page.cursor;
      }
      expect([...told].sort()).toEqual(ids.sort());
      expect(pages).toBeGreaterThan(1);
      const { aside, asideCount, asideCursor } = await bench.broker.overview();
      expect(asideCount).toBe(1_200);
      expect(asideCursor).toBeDefined();
      expect(aside.length).toBeLessThan(1_200);
    });

    test("nothing is one page", async () => {
      expect(await bench.broker.aside({ limit: 10 })).toEqual({ records: [] });
      expect(await bench.broker.overview()).toMatchObject({ aside: [], asideCount: 0 });
    });
  });
}
