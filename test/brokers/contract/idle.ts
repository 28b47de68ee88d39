/** A worker with nothing to do. */
import { describe, expect, test } from "vitest";
import { lone } from "../texts.js";
import type { Bench } from "./bench.js";

export function idleContract(bench: Bench): void {
  const { ask, submit } = bench;

  describe("idle", () => {
    const idle = (ms: number, signal = new AbortController().signal) =>
      bench.broker.idle({ worker: "w", queues: ["default", "other"], ms, signal });

    test("new work wakes an idle worker", async () => {
      const woken = idle(60_000);
      await submit(lone("r", { queue: "other" }));
      await woken;
      expect((await ask({ queues: ["other"] })).claims).toHaveLength(1);
    });

    test("work that came before wakes at once", async () => {
      await submit(lone("r"));
      await idle(60_000);
    });

    test("what will be due before all else wakes whoever was told to wait longer", async () => {
      const woken = idle(60_000);
      await submit(lone("r", { queue: "other", delay: 50_000 }));
      await woken;
      expect((await ask({ queues: ["other"] })).due).toBeLessThanOrEqual(50_000);
    });

    test("a signal ends the wait", async () => {
      const abort = new AbortController();
      const woken = idle(60_000, abort.signal);
      abort.abort();
      await woken;
    });

    test("who waits for no time at all can wait again", async () => {
      const nothing = idle(0);
      await bench.pass(1);
      await nothing;
      const woken = idle(60_000);
      await submit(lone("r", { queue: "other" }));
      await woken;
    });

    test("what a claim leaves behind wakes another", async () => {
      await submit(lone("a"), lone("b"));
      await idle(60_000);
      await ask({ room: 1 });
      await idle(60_000);
      expect((await ask()).claims).toHaveLength(1);
    });
  });
}
