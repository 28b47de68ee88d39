import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { ADD, project } from "./project.js";

// Each run loads TypeScript anew.
vi.setConfig({ testTimeout: 120_000 });

const root = join(import.meta.dirname, "../..");
const loader = join(root, "node_modules/tsx/dist/esm/index.mjs");

function tqc(cwd: string, ...args: string[]) {
  const run = spawnSync(process.execPath, ["--import", loader, join(root, "compiler/cli.ts"), ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

const good = project();
const bad = project({ "src/math.ts": ADD.replace("x: number", "x: symbol") });
afterAll(() => {
  good.remove();
  bad.remove();
});

describe("tqc", () => {
  test("alone prints help and exits 0", () => {
    expect(tqc(good.folder)).toMatchObject({ status: 0, stdout: expect.stringContaining("build") });
  });

  test("--version prints the version", () => {
    expect(tqc(good.folder, "--version")).toMatchObject({ status: 0, stdout: "0.1.0\n" });
  });

  test.each([
    [["biuld"], /Did you mean build/],
    [["build", "--wach"], /Did you mean --watch/],
    [["build", "--format", "xml"], /pretty, json, github/],
    [["build", "-p", "gone"], /no tsconfig at/],
    [["check", "--against", "gone.json"], /no manifest at/],
    [["check", "--against", "git:nowhere"], /git revision 'nowhere'/],
    [["explain", "TQC2010"], /no code 'TQC2010'/],
  ])("%j is wrong usage", (args, message) => {
    const { status, stderr, stdout } = tqc(good.folder, ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("    at ");
  });

  test("explain prints the page of a code", () => {
    expect(tqc(good.folder, "explain", "2001").stdout).toMatch(/^## TQC2001: The type cannot travel\n/);
  });
});

describe("tqc build", () => {
  test("--check tells what is missing, as a diff, and writes nothing", () => {
    const { status, stderr } = tqc(good.folder, "build", "--check");
    expect(status).toBe(1);
    expect(stderr).toContain("--- /dev/null\n+++ b/src/tasks.gen.ts\n@@ -0,0 +1,");
    expect(existsSync(join(good.folder, "src/tasks.gen.ts"))).toBe(false);
  });

  test("writes, and says so; again it says unchanged; then --check is content", () => {
    expect(tqc(good.folder, "build").stderr).toMatch(/^wrote src\/tasks\.gen\.ts, .* \(\d+ ms\)\n$/);
    expect(tqc(good.folder, "build").stderr).toMatch(/^unchanged \(\d+ ms\)\n$/);
    expect(tqc(good.folder, "build", "--check").status).toBe(0);
    expect(tqc(good.folder, "build", "-q")).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test("-v says which settings were found", () => {
    const { stderr } = tqc(good.folder, "build", "-v");
    expect(stderr).toMatch(/^tsconfig: tsconfig\.json\nconfig: none\nunchanged/);
  });

  test("reports in the shape of tsc, with a frame and help", () => {
    const { status, stderr } = tqc(bad.folder, "build");
    expect(status).toBe(1);
    expect(stderr).toContain(
      [
        "src/math.ts(3,21): error TQC2001: task 'math.add' takes 'x', a symbol; symbols cannot travel",
        "",
        "3 | export function add(x: symbol, y: number): number {",
        "  |                     ^^^^^^^^^",
        "help: use a text",
      ].join("\n"),
    );
  });

  test("--json prints diagnostics to stdout", () => {
    const { status, stdout } = tqc(bad.folder, "build", "--json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      diagnostics: [
        {
          code: "TQC2001",
          severity: "error",
          file: "src/math.ts",
          line: 3,
          column: 21,
          endLine: 3,
          endColumn: 30,
          message: "task 'math.add' takes 'x', a symbol; symbols cannot travel",
          help: "use a text",
        },
      ],
    });
  });

  test("--format github writes annotations", () => {
    expect(tqc(bad.folder, "build", "--format", "github").stderr).toBe(
      "::error file=src/math.ts,line=3,col=21,endLine=3,endColumn=30,title=TQC2001::task 'math.add' takes 'x', a symbol; symbols cannot travel%0Ahelp: use a text\n",
    );
  });
});

describe("stale files", () => {
  const one = project();
  afterAll(() => one.remove());

  test("are annotated for GitHub, by both commands that look for them", () => {
    const stale = (file: string) =>
      `::error file=src/${file},title=stale::src/${file} is stale; run \`tqc build\` and commit what it writes\n`;
    const annotations = ["tasks.gen.ts", "tasks.registry.gen.ts", "tasks.manifest.json"].map(stale).join("");
    const [built, checked] = [["build", "--check"], ["check"]].map((words) =>
      tqc(one.folder, ...words, "--format", "github"),
    );
    expect(built).toMatchObject({ status: 1, stdout: "" });
    expect(built?.stderr.startsWith(annotations)).toBe(true);
    expect(checked).toEqual({ status: 1, stdout: "", stderr: annotations });
  });

  test("are listed as JSON", () => {
    const { status, stdout } = tqc(one.folder, "check", "--format", "json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      diagnostics: [],
      stale: ["src/tasks.gen.ts", "src/tasks.registry.gen.ts", "src/tasks.manifest.json"],
    });
  });
});

describe("tqc check --against", () => {
  const one = project();
  afterAll(() => one.remove());
  const against = (...more: string[]) => tqc(one.folder, "check", "--against", "git:HEAD", ...more);

  test("git:REF compares with what was committed", () => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], { cwd: one.folder, stdio: "pipe" });
    git("init", "-q");
    one.write("src/gone.ts", ADD.replace("add", "gone"));
    tqc(one.folder, "build", "-q");
    git("add", ".");
    git("commit", "-qm", "first");
    expect(against()).toMatchObject({ status: 0, stderr: "nothing changed\n" });
  });

  test("exits 1 on what breaks", () => {
    one.write("src/math.ts", ADD.replace("x: number", "x: number | null").replace("): number", "): number | null"));
    one.remove("src/gone.ts");
    const { status, stdout } = against("-q");
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^breaking: gone\.gone: the task is gone\n[\s\S]*breaking: math\.add: it may return what it did not: result may be null, and was number\n {2}why: /,
    );
  });

  test("--format github annotates the tasks, and the manifest that a task is gone from", () => {
    const { status, stdout } = against("--format", "github");
    expect(status).toBe(1);
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => line.replace(/%0A.*/, "%0A…")),
    ).toEqual([
      "::error file=src/tasks.manifest.json,line=1,col=1,endLine=1,endColumn=1,title=breaking change::gone.gone: the task is gone%0A…",
      "::error file=src/math.ts,line=3,col=17,endLine=3,endColumn=20,title=breaking change::math.add: it may return what it did not: result may be null, and was number%0A…",
      "::notice file=src/math.ts,line=3,col=17,endLine=3,endColumn=20,title=safe change::math.add: 'x' takes more: x may be null too%0A…",
    ]);
    expect(stdout).toContain("%0Awhy: readers that wait for a result");
    expect(stdout).toContain("%0Arollout: new workers first safe, new producers first waits\n");
  });

  test("--format json prints the changes, each with its place", () => {
    const { status, stdout } = against("--format", "json");
    expect(status).toBe(1);
    const place = { file: "src/math.ts", line: 3, column: 17, endLine: 3, endColumn: 20 };
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      diagnostics: [],
      changes: [
        { task: "gone.gone", kind: "task-removed", severity: "breaking", place: { file: "src/tasks.manifest.json" } },
        { task: "math.add", kind: "result-widened", severity: "breaking", place },
        { task: "math.add", kind: "parameter-widened", severity: "safe", place },
      ],
    });
  });

  test("says nothing of changes where the new tasks are refused", () => {
    one.write("src/math.ts", ADD.replace("x: number", "x: symbol"));
    const { status, stdout, stderr } = against();
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/TQC2001[\s\S]*\n1 error\n$/);
  });
});
