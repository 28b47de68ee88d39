/** Threads as they are used: by the built worker, which reads TypeScript, and by a program bundled into one file. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { call } from "../reference/trees.js";
import { World } from "./world.js";

describe("a built worker that reads its registry as TypeScript", () => {
  let world: World;
  afterEach(() => world.stop());

  test("runs tasks in threads, and ends one that takes too long; the worker lives on", async () => {
    world = await World.start({ workers: 1, flags: ["--lease", "1500ms", "-c", "2", "--threads", "1"] });
    const value = async (task: string, ...args: unknown[]) =>
      (await world.app.submit(call(task, args), [])).get({ timeout: "60s" });
    expect(await value("compute", 10)).toBeGreaterThan(0);
    const busy = world.app.submit(call("compute", [3000]), []);
    // The event loop of its worker is free meanwhile.
    expect(await value("square", 7)).toBe(49);
    expect(await (await busy).ready()).toBe(false);
    await expect(value("overrun")).rejects.toMatchObject({ code: "TIME_LIMIT_EXCEEDED" });
    expect(await value("compute", 10)).toBeGreaterThan(0);
    expect(await (await busy).get()).toBeGreaterThan(0);
    expect(world.fleet.deaths).toBe(0);
  }, 120_000);
});

describe("a program in one file", () => {
  test("runs such tasks on its event loop, and warns of it once", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tqc-bundled-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const outfile = join(folder, "program.mjs");
    await build({
      entryPoints: [join(import.meta.dirname, "project/bundled.ts")],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      // ioredis is CommonJS and asks for node's own modules.
      banner: { js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);` },
      logLevel: "error",
    });
    const { stdout, stderr, status } = spawnSync(process.execPath, [outfile], { encoding: "utf8", timeout: 180_000 });
    expect({ stdout, status }).toEqual({ stdout: "[0,0]\n", status: 0 });
    expect(stderr.match(/TQC_NO_THREAD/g)).toHaveLength(1);
  }, 90_000);
});
