/** Runs and nodes that are revoked. */
import { describe, expect, test } from "vitest";
import { brief, call, group, lone, plan, ready, settle } from "../texts.js";
import type { Bench } from "./bench.js";

export function cancelContract(bench: Bench): void {
  const { ask, make, claimAll, submit, states, listen } = bench;

  describe("cancel", () => {
    test("a run that waits is revoked, and nothing of it is claimed", async () => {
      await submit(group("r", 2), lone("other"));
      expect(await bench.broker.cancel({ run: "r", terminate: false })).toBe("ok");
      expect(await states("r")).toEqual({ 0: "REVOKED %revoked", 1: "REVOKED %revoked", 2: "REVOKED %revoked" });
      expect((await ask()).claims).toHaveLength(1);
      expect(await bench.broker.cancel({ run: "r", terminate: false })).toBe("finished");
    });

    test("without terminate, what runs ends as it will, and nothing follows it", async () => {
      await submit(plan("r", { ready: [ready("r", 0, { edges: "n1" })], waiting: [[1, call("r", 1)]], result: 1 }));
      const [claim] = await claimAll();
      expect(await bench.broker.cancel({ run: "r", terminate: false })).toBe("ok");
      const reply = await ask({ moves: [settle(claim!)] });
      expect(reply).toMatchObject({ replies: ["ok"], claims: [] });
      expect(await states("r")).toEqual({ 0: `SUCCESS "0"`, 1: "REVOKED %revoked" });
    });

    test("without terminate, what runs is not tried again", async () => {
      await submit(plan("r", { ready: [ready("r", 0)] }), lone("l"));
      const claims = await claimAll();
      await bench.broker.cancel({ run: "r", terminate: false });
      await bench.broker.cancel({ run: "l", terminate: false });
      await make(claims.map(({ ticket, text }) => ({ kind: "retry", ticket, text, delay: 0 })));
      expect((await ask()).claims).toEqual([]);
      expect(await states("r")).toEqual({ 0: "REVOKED %revoked" });
      expect(await states("l")).toEqual({ 0: "REVOKED %revoked" });
    });

    test("with terminate, what runs is revoked and its worker told", async () => {
      const { until } = await listen({ worker: "w" });
      await submit(group("r", 2), lone("l"));
      const claims = await claimAll();
      await bench.broker.cancel({ run: "r", terminate: true });
      await bench.broker.cancel({ run: "l", terminate: true });
      const told = await until(3);
      expect(told.map(({ kind, run, index }) => `${kind} ${run} ${index}`).sort()).toEqual([
        "cancel l 0",
        "cancel r 0",
        "cancel r 1",
      ]);
      expect((await make(claims.map((claim) => settle(claim)))).replies).toEqual(["ok", "ok", "ok"]);
      expect(await states("l")).toEqual({ 0: "REVOKED %revoked" });
      expect((await states("r"))[0]).toBe("REVOKED %revoked");
    });

    test("a lone call that waits is revoked, in its queue or for its time", async () => {
      const { until } = await listen({ client: "client" });
      await submit(lone("a"), lone("b", { delay: 1000 }));
      expect(await bench.broker.cancel({ run: "a", terminate: false })).toBe("ok");
      expect(await bench.broker.cancel({ run: "b", terminate: false })).toBe("ok");
      expect(await states("a")).toEqual({ 0: "REVOKED %revoked" });
      await bench.pass(1001);
      expect((await ask()).claims).toEqual([]);
      expect((await until(2)).map(({ run }) => run).sort()).toEqual(["a", "b"]);
      expect(await bench.broker.cancel({ run: "a", terminate: false })).toBe("finished");
    });

    test("one node of a run is revoked with what hangs on it, and the rest goes on", async () => {
      await submit(group("r", 3, { policy: "settle" }));
      expect(await bench.broker.cancel({ run: "r", index: 1, terminate: false })).toBe("ok");
      const claims = await claimAll();
      expect(claims).toHaveLength(2);
      await make(claims.map((claim) => settle(claim)));
      expect(await states("r")).toMatchObject({ 1: "REVOKED %revoked", 3: "SUCCESS @settle 0-2" });
      expect(await bench.broker.cancel({ run: "r", index: 1, terminate: false })).toBe("finished");
    });

    test("a finished run is finished", async () => {
      await submit(lone("r"));
      await make([settle((await claimAll())[0]!)]);
      expect(await bench.broker.cancel({ run: "r", terminate: true })).toBe("finished");
      expect(await states("r")).toEqual({ 0: `SUCCESS "0"` });
    });

    test("a wide run is revoked whole", async () => {
      const size = 3500;
      await submit(group("r", size));
      expect(await bench.broker.cancel({ run: "r", terminate: false })).toBe("ok");
      for (let i = 0; i < 20 && (await bench.broker.inspect("r"))?.open; i++) await bench.broker.promote(1000);
      expect((await bench.broker.inspect("r"))?.open).toBe(0);
      expect((await ask({ room: size })).claims).toEqual([]);
      expect(brief((await bench.broker.read("r", [size]))[0])).toBe("REVOKED %revoked");
    });
  });
}
