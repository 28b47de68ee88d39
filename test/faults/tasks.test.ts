import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { call, chain, chord } from "../reference/trees.js";
import { wanted } from "./canvases.js";
import { outcomeOf, World } from "./world.js";

let world: World;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tqc-faults-"));
});
afterEach(async () => {
  await world.stop();
  rmSync(folder, { recursive: true });
});

/** The names of an error and of all that caused it. */
function causes(error: unknown): string[] {
  return error instanceof Error ? [error.name, ...causes(error.cause)] : [];
}

describe("a task", () => {
  test.each([
    ["ends its process", "exit", {}],
    ["takes all its memory", "exhaust", { NODE_OPTIONS: "--max-old-space-size=128" }],
  ])(
    "that %s fails after three workers, and harms no other",
    async (_, task, env) => {
      world = await World.start({ workers: 2, flags: ["--lease", "2s", "-c", "2"], env });
      const before = await world.canvases(5);
      const poison = await world.app.submit(
        chain(chord([call("square", [3]), call(task)], call("sum")), call("mark")),
        [],
      );
      const after = await world.canvases(5);
      const error: unknown = await poison.get({ timeout: "90s" }).catch((reason: unknown) => reason);
      expect(causes(error)).toContain("WorkerLostError");
      const values = await Promise.all([...before, ...after].map((handle) => outcomeOf(handle)));
      expect(values).toEqual([...before.map((_, n) => wanted(n)), ...after.map((_, n) => wanted(n))]);
      await world.fleet.died(3);
      expect(world.fleet.deaths).toBe(3);
      const { aside } = await (await world.app.broker()).overview();
      expect(aside.map(({ task, reason, deliveries }) => [task, reason, deliveries])).toEqual([[task, "poison", 3]]);
    },
    120_000,
  );

  test("that blocks its worker for three leases keeps it; one that hangs is given to another", async () => {
    world = await World.start({ workers: 2, flags: ["--lease", "1500ms", "-c", "1"] });
    const [blocked, hung] = [join(folder, "blocked"), join(folder, "hung")];
    const [block, hang] = await Promise.all([
      world.app.submit(call("block", [4500, blocked]), []),
      world.app.submit(call("hang", [hung]), []),
    ]);
    expect(await block.get({ timeout: "60s" })).toBe("moved on");
    expect(readFileSync(blocked, "utf8")).toBe("ran\n");
    expect(await hang.get({ timeout: "90s" })).toBe("ran elsewhere");
  }, 120_000);
});
