/** A worker keeps its lease. */
import { describe, expect, test } from "vitest";
import type { WorkerCard } from "../../../runtime/broker.js";
import { headOf } from "../../../runtime/brokers/routing.js";
import { lone, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function extendContract(bench: Bench): void {
  const { make, claimAll, submit } = bench;

  describe("extend", () => {
    const card = (id: string): WorkerCard => ({
      id,
      host: "h",
      pid: 1,
      queues: ["default"],
      concurrency: 1,
      started: 1,
      tasks: ["t"],
    });

    test("a worker that keeps its lease keeps its work", async () => {
      expect(await bench.broker.extend(card("w"), 2000)).toBe("ok");
      await submit(lone("r"));
      await claimAll({ lease: 2000 });
      await bench.pass(1200);
      expect(await bench.broker.extend(card("w"), 2000)).toBe("ok");
      await bench.pass(1200);
      expect(await bench.broker.reap(3, 100)).toBe(0);
      await bench.pass(1200);
      expect(await bench.broker.reap(3, 100)).toBe(1);
      expect(await bench.broker.extend(card("w"), 2000)).toBe("lost");
      expect(await bench.broker.extend(card("w"), 2000)).toBe("ok");
    });

    test("a worker is seen with its card until it leaves", async () => {
      await bench.broker.extend(card("w"), 30_000);
      await submit(lone("r"));
      const [claim] = await claimAll();
      expect((await bench.broker.overview()).workers).toMatchObject([
        { id: "w", tasks: ["t"], holds: [headOf(claim!.text)] },
      ]);
      await make([settle(claim!)]);
      await bench.broker.leave("w");
      expect((await bench.broker.overview()).workers).toEqual([]);
    });
  });
}
