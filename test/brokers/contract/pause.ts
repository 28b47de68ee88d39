/** Queues that give nothing for a while. */
import { describe, expect, test } from "vitest";
import { call, lone, plan, ready, settle } from "../texts.js";
import type { Bench } from "./bench.js";

const BOTH = ["default", "io"];

export function pauseContract(bench: Bench): void {
  const { claimAll, make, submit } = bench;
  const namesOf = async () => (await claimAll({ queues: BOTH })).map(({ text }) => text.split(" ")[0]);

  describe("pause", () => {
    test("a paused queue gives nothing and keeps what comes; the others go on", async () => {
      await submit(lone("before", { queue: "io" }));
      expect(await bench.broker.pause("io", true)).toBe("ok");
      await submit(lone("after", { queue: "io" }), lone("beside"));
      expect(await namesOf()).toEqual(["beside"]);
      const [io] = (await bench.broker.overview()).queues;
      expect(io).toMatchObject({ name: "io", ready: 2, paused: true });
      expect(await bench.broker.pause("io", false)).toBe("ok");
      expect(await namesOf()).toEqual(["before", "after"]);
      expect((await bench.broker.overview()).queues).toEqual([]);
    });

    test("the next step of a chain waits where its queue is paused", async () => {
      await submit(plan("r", { ready: [ready("r", 0, { edges: "n1" })], waiting: [[1, call("r", 1)]], result: 1 }));
      const [first] = await claimAll();
      await bench.broker.pause("default", true);
      expect((await make([settle(first!)], { room: 10 })).claims).toEqual([]);
      await bench.broker.pause("default", false);
      expect(await namesOf()).toEqual(["r"]);
    });

    test("to pause what is paused changes nothing, and is told; so it is with what is not", async () => {
      expect(await bench.broker.pause("io", false)).toBe("same");
      await bench.broker.pause("io", true);
      expect(await bench.broker.pause("io", true)).toBe("same");
      expect((await bench.broker.overview()).queues).toEqual([{ name: "io", ready: 0, delayed: 0, paused: true }]);
    });

    test("who has nothing but a paused queue to wait for does not hear of its work at once", async () => {
      await submit(lone("r", { queue: "io" }));
      await bench.broker.pause("io", true);
      const calling = new AbortController();
      let heard = false;
      const request = { worker: "w", queues: ["io"], ms: 60_000, signal: calling.signal };
      const idle = bench.broker.idle(request).then(() => {
        heard = true;
      });
      // A whole round trip later.
      await bench.broker.overview();
      expect(heard).toBe(false);
      calling.abort();
      await idle;
    });
  });
}
