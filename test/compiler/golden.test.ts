import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { compile } from "../../compiler/build.js";
import { colorsFor } from "../../compiler/colors.js";
import { prettyReport } from "../../compiler/report.js";

// A build loads the libraries of TypeScript; with other work beside it that takes a while.
vi.setConfig({ testTimeout: 120_000 });

/** No colours, whatever the terminal and the environment of the run are. */
const plain = colorsFor({}, {});

const golden = join(import.meta.dirname, "../golden");

/** The folders of a folder. */
function folders(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/** What a case's sources come to; nothing is written. */
function built(path: string) {
  const settings = {
    cwd: join(golden, path),
    include: ["in/**", "beside/**"],
    rootDir: "in",
    outDir: "out",
    cache: false,
  };
  return compile({ ...settings, project: join(golden, "tsconfig.json") });
}

const cases = folders(golden).filter((name) => name !== "refused");

describe("what is generated", () => {
  test.each(cases)("%s", async (name) => {
    const { diagnostics, files } = await built(name);
    expect(diagnostics).toEqual([]);
    for (const { path, text } of files) await expect(text).toMatchFileSnapshot(path);
  });
});

describe("what is refused", () => {
  test.each(folders(join(golden, "refused")))("%s", async (name) => {
    const { diagnostics, files } = await built(join("refused", name));
    expect(files).toEqual([]);
    const report = prettyReport(diagnostics, join(golden, "refused", name), plain);
    await expect(report).toMatchFileSnapshot(join(golden, "refused", name, "diagnostics.txt"));
  });
});

describe("what is generated compiles", () => {
  test.each(["typescript", "typescript-5.6"])("under %s", { timeout: 120_000 }, (compiler) => {
    const tsc = join(import.meta.dirname, "../../node_modules", compiler, "bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", golden, "--pretty", "false"], { encoding: "utf8" });
    const lines = stdout.split("\n").filter((line) => line.startsWith("test/golden/"));
    // What only a tag uses is unused in the eyes of TypeScript; that is the cases' own affair.
    expect(lines.filter((line) => !/\/in\/.*TS6133/.test(line))).toEqual([]);
  });
});
