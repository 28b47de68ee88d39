/** Ends of single calls whose results nobody wants: a broker may keep them in another way, and nobody can tell. */
import { describe, expect, test } from "vitest";
import { brief, group, lone, plan, ready, settle } from "../texts.js";
import type { Bench } from "./bench.js";

/** As a task ends whose result is ignored. */
const IGNORED = { value: "!" };
const ENDED = "SUCCESS !";
/** Ids as clients make them, one after another; those of the last two have other beginnings. */
const SIBLINGS = ["producer1zy", "producer1zz", "producer200"];

export function ignoredContract(bench: Bench): void {
  const { make, claimAll, submit, listen } = bench;

  async function endAll(runs: readonly string[] = SIBLINGS, keep = 60_000) {
    await submit(...runs.map((run) => lone(run, { keep })));
    const claims = await claimAll();
    const { replies } = await make(claims.map((claim) => settle(claim, IGNORED)));
    return { claims, replies };
  }
  const readAll = (runs: readonly string[]) =>
    Promise.all(runs.map(async (run) => brief((await bench.broker.read(run, [0]))[0])));

  describe("an ignored end", () => {
    test("is read as any other, by whoever asks", async () => {
      expect((await endAll()).replies).toEqual(["ok", "ok", "ok"]);
      const told = SIBLINGS.map(() => ENDED);
      expect(await readAll(SIBLINGS)).toEqual(told);
      expect(await Promise.all(SIBLINGS.map((run) => bench.broker.resolve(run)))).toEqual(
        SIBLINGS.map((run) => [run, 0]),
      );
      const records = await Promise.all(SIBLINGS.map((run) => bench.broker.inspect(run)));
      expect(records.map((record) => [record?.open, record?.outcomes.size])).toEqual([
        [0, 1],
        [0, 1],
        [0, 1],
      ]);
      expect(await readAll(["producer1z0"])).toEqual([undefined]);
    });

    test("is told to its client, whole", async () => {
      const { until } = await listen({ client: "client" });
      await endAll();
      const heard = await until(3);
      expect(heard.map(({ run }) => run).sort()).toEqual(SIBLINGS);
      for (const event of heard) expect(event).toMatchObject({ index: 0, outcome: expect.stringMatching(/\n!$/) });
    });

    test("counts as a success, and is nowhere missing", async () => {
      await endAll();
      expect((await bench.broker.census(100)).states.SUCCESS).toBe(3);
      expect(await bench.broker.missing([...SIBLINGS, "producer1z0"])).toEqual(["producer1z0"]);
    });

    test("is an end: the call is finished for who cancels it, and its id is taken", async () => {
      await endAll();
      expect(await bench.broker.cancel({ run: "producer1zy", terminate: true })).toBe("finished");
      const again = plan("producer1zz", { ready: [ready("producer1zz", 0)], chosen: true });
      expect(await submit(again)).toEqual(["duplicate"]);
      expect(await claimAll()).toEqual([]);
    });

    test("is not replaced afterwards", async () => {
      await submit(lone("producer1zy"), lone("producer1zz"), lone("producer1zy"), lone("producer1zz"));
      const [first, second, ...again] = await claimAll();
      await make([settle(first!, IGNORED), settle(second!, IGNORED)]);
      const submission = plan("producer1zy", { ready: [ready("producer1zy", 1)], base: 1 });
      const { run, index, edges, lone: fate } = settle(again[0]!);
      await make([
        { kind: "replace", ticket: again[0]!.ticket, run, index, edges, submission, ...(fate && { lone: fate }) },
      ]);
      expect(await claimAll()).toEqual([]);
      expect((await readAll(["producer1zy"]))[0]).toBe(ENDED);
    });

    test("of a call that was revoked while it ran is void", async () => {
      await submit(...SIBLINGS.map((run) => lone(run)));
      const claims = await claimAll();
      await bench.broker.cancel({ run: "producer1zz", terminate: true });
      await make(claims.map((claim) => settle(claim, IGNORED)));
      expect((await readAll(SIBLINGS)).map((end) => end?.split(" ")[0])).toEqual(["SUCCESS", "REVOKED", "SUCCESS"]);
    });

    test("that comes too late changes nothing", async () => {
      const { claims } = await endAll();
      expect((await make(claims.map((claim) => settle(claim, IGNORED)))).replies).toEqual(["lost", "lost", "lost"]);
    });

    test("stands beside ends that are wanted, and ends with stamps", async () => {
      await submit(...SIBLINGS.map((run) => lone(run)));
      const [a, b, c] = await claimAll();
      const stamped = settle(b!, IGNORED);
      await make([settle(a!, IGNORED), { ...stamped, outcome: `${stamped.outcome}\n{"by":"me"}` }, settle(c!)]);
      expect(await readAll(SIBLINGS)).toEqual([ENDED, `${ENDED}\n{"by":"me"}`, 'SUCCESS "0"']);
    });

    test("is forgotten alone", async () => {
      await endAll();
      expect(await bench.broker.forget("producer1zy")).toBe(1);
      expect(await bench.broker.forget("producer1zy")).toBe(0);
      expect(await readAll(SIBLINGS.slice(0, 2))).toEqual([undefined, ENDED]);
    });

    test("is kept for as long as it says, at least", async () => {
      await endAll(["producer1z1", "producer1z2"]);
      await endAll(["producer1z3", "producer1z4"], 100);
      await bench.pass(300);
      expect(await readAll(["producer1z1", "producer1z2"])).toEqual([ENDED, ENDED]);
    });

    test("is not kept for ever", async () => {
      await endAll(SIBLINGS, 100);
      await bench.pass(300);
      expect(await readAll(SIBLINGS)).toEqual(SIBLINGS.map(() => undefined));
      expect((await bench.stored()).filter((what) => what.includes("producer"))).toEqual([]);
    });

    test("of a member is the group's to keep", async () => {
      await submit(group("r", 2));
      await make((await claimAll()).map((claim) => settle(claim, IGNORED)));
      expect((await bench.broker.inspect("r"))?.open).toBe(0);
    });

    test("is found under whatever id it came with", async () => {
      const odd = ["é", "日本", "a", "xé", "producer-1", "producer-2"];
      await endAll(odd);
      expect(await readAll(odd)).toEqual(odd.map(() => ENDED));
    });
  });
}
