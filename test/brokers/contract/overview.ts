/** Everything at a glance. */
import { describe, expect, test } from "vitest";
import { group, lone, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function overviewContract(bench: Bench): void {
  const { make, claimAll, submit } = bench;

  describe("overview", () => {
    test("a queue is as old as the first of its ready messages", async () => {
      await submit(lone("a", { submitted: 3_000 }), lone("b", { submitted: 2_000, priority: 9 }));
      await submit(lone("later", { delay: 60_000, queue: "io" }));
      expect((await bench.broker.overview()).queues).toEqual([
        { name: "default", ready: 2, delayed: 0, oldest: 2_000 },
        { name: "io", ready: 0, delayed: 1 },
      ]);
    });

    test("an open run has started once one of its nodes is held or has ended", async () => {
      await bench.broker.extend(
        { id: "w", host: "h", pid: 1, queues: [], concurrency: 1, started: 1, tasks: [] },
        30_000,
      );
      await submit(group("waits", 2));
      const stateOf = async () => (await bench.broker.overview()).runs.map(({ id, state }) => [id, state]);
      expect(await stateOf()).toEqual([["waits", "PENDING"]]);
      const [claim] = await claimAll({ room: 1 });
      expect(await stateOf()).toEqual([["waits", "STARTED"]]);
      await make([settle(claim!)]);
      expect(await stateOf()).toEqual([["waits", "STARTED"]]);
    });

    test("what a worker holds is told without its arguments", async () => {
      await submit(lone("r", { args: JSON.stringify(["x".repeat(10_000)]) }));
      await bench.broker.extend(
        { id: "w", host: "h", pid: 1, queues: [], concurrency: 1, started: 1, tasks: [] },
        30_000,
      );
      await claimAll();
      const [worker] = (await bench.broker.overview()).workers;
      expect(worker?.holds[0]).toMatch(/^r 0 default /);
      expect(worker?.holds[0]?.length).toBeLessThan(500);
    });
  });
}
