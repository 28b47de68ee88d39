/** One run, as it stands. */
import { describe, expect, test } from "vitest";
import { group, lone, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function inspectContract(bench: Bench): void {
  const { make, claimAll, submit, listen } = bench;

  describe("inspect", () => {
    test("a run shows what it is made of and who runs it", async () => {
      await submit(group("r", 2));
      await claimAll({ room: 1 });
      const record = await bench.broker.inspect("r");
      expect(record).toMatchObject({ run: "r", result: 2, open: 3, shape: "shape" });
      expect([...(record?.leased ?? [])]).toMatchObject([[0, { worker: "w", attempt: 0 }]]);
    });

    test("a lone call shows once it is claimed, and when it has ended", async () => {
      await submit(lone("r"));
      const [claim] = await claimAll();
      expect((await bench.broker.inspect("r"))?.leased.get(0)?.since).toBeGreaterThan(0);
      await make([settle(claim!)]);
      expect(await bench.broker.inspect("r")).toMatchObject({ result: 0, open: 0 });
    });

    test("an unknown run is nothing", async () => {
      expect(await bench.broker.inspect("nobody")).toBeUndefined();
      expect(await bench.broker.read("nobody", [0, 1])).toEqual([undefined, undefined]);
      expect(await bench.broker.read("nobody", [])).toEqual([]);
    });

    test("progress is shown and told", async () => {
      await submit(group("r", 1));
      const { until } = await listen({ run: "r" });
      await claimAll();
      await bench.broker.report("r", 0, `{"done":1}`);
      expect((await bench.broker.inspect("r"))?.progress.get(0)).toBe(`{"done":1}`);
      expect(await until(1)).toEqual([{ kind: "progress", run: "r", index: 0, text: `{"done":1}` }]);
    });
  });
}
