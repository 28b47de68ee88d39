/**
 * `tsx bench/compile.ts`: what `tqc build` costs beside `tsc --noEmit` on the same generated projects, in processor time,
 * so that a busy machine does not decide, and on the clock; medians over the runs, and the ratios that count. Needs
 * `npm run build` first. With `--write` the figures go to bench/compile.md.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os, { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { generateProject, type Size } from "./compile-project.js";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "3" }, write: { type: "boolean", default: false } },
});
const RUNS = Number(values.runs);

const root = join(import.meta.dirname, "..");
const cli = join(root, "dist/compiler/cli.js");
const compilers = { "tsc 6": "typescript-6", "tsc 7": "typescript" } as const;

interface Cost {
  /** Processor time in milliseconds, all threads together. */
  readonly cpu: number;
  /** Milliseconds on the clock. */
  readonly clock: number;
  /** The largest resident set in MB; 0 where it is not known. */
  readonly memory: number;
}

const PROBE = `data:text/javascript,${encodeURIComponent(
  'process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("\\ncost "+(u.userCPUTime+u.systemCPUTime)/1000+" "+u.maxRSS/1024+"\\n")})',
)}`;

/** Runs Node with these arguments, and asks it at its end what it has cost. */
function costOf(args: readonly string[], cwd: string): Cost {
  const started = performance.now();
  const { stderr } = spawnSync(process.execPath, ["--import", PROBE, ...args], { cwd, encoding: "utf8" });
  const clock = performance.now() - started;
  const [, cpu, memory] = /\ncost (\S+) (\S+)\n/.exec(stderr) ?? [];
  if (cpu === undefined) throw new Error(`node ${args.join(" ")} did not tell its cost:\n${stderr}`);
  return { cpu: Number(cpu), clock, memory: Number(memory) };
}

/** The same for a compiler that is a process of its own below Node. */
function timeOf(compiler: string, cwd: string): Cost {
  const tsc = join(root, "node_modules", compiler, "bin/tsc");
  const shell = `"${process.execPath}" "${tsc}" -p . >/dev/null; times`;
  const started = performance.now();
  const { stdout } = spawnSync("bash", ["-c", shell], { cwd, encoding: "utf8" });
  const clock = performance.now() - started;
  const children = stdout.trim().split("\n").at(-1) ?? "";
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
  return { cpu: seconds.reduce((sum, one) => sum + one, 0) * 1000, clock, memory: 0 };
}

/** The median of what several turns have cost. */
function median(all: readonly Cost[]): Cost {
  const middle = (key: keyof Cost) => all.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(all.length / 2)]!;
  return { cpu: middle("cpu"), clock: middle("clock"), memory: middle("memory") };
}

/** Runs each of these in turn, as often as asked, so that a busy moment meets all alike. */
function inTurn<Name extends string>(works: Readonly<Record<Name, () => Cost>>, runs = RUNS): Record<Name, Cost> {
  const names = Object.keys(works) as Name[];
  const costs = Array.from({ length: runs }, () => names.map((name) => works[name]()));
  return Object.fromEntries(names.map((name, i) => [name, median(costs.map((row) => row[i]!))])) as Record<Name, Cost>;
}

const sizes: Readonly<Record<string, Size>> = {
  "1,000 functions in 100 files, all tasks": { files: 100, perFile: 10, oneIn: 1 },
  "5,000 functions in 500 files, one file in ten holds tasks": { files: 500, perFile: 10, oneIn: 10 },
  "5,000 functions in 500 files, all tasks": { files: 500, perFile: 10, oneIn: 1 },
};

/** The lines of one project's figures. */
function measure(title: string, folder: string, size: Size): string[] {
  generateProject(folder, size, root);
  const sources = inTurn({
    tqc: () => {
      for (const path of ["node_modules/.cache", ...OUTPUTS])
        rmSync(join(folder, path), { recursive: true, force: true });
      return costOf([cli, "build", "-q"], folder);
    },
    ...withoutOutputs("tsc 6", folder),
    ...withoutOutputs("tsc 7", folder),
  });
  costOf([cli, "build", "-q"], folder);
  const again = inTurn({
    tqc: () => costOf([cli, "build", "-q"], folder),
    nothing: () => costOf(["-e", "0"], folder),
  });
  const whole = inTurn(
    { "tsc 6": () => timeOf(compilers["tsc 6"], folder), "tsc 7": () => timeOf(compilers["tsc 7"], folder) },
    1,
  );
  const row = (what: string, cost: Cost, base?: Cost) =>
    `| ${what} | ${ms(cost.cpu)} | ${ms(cost.clock)} | ${base ? `${ratio(base.cpu, cost.cpu)}, ${ratio(base.clock, cost.clock)}` : ""} |`;
  return [
    `\n## ${title}\n`,
    "| what | processor | clock | tqc beside it: processor, clock |",
    "|---|---|---|---|",
    row(`\`tqc build\`, cold; ${Math.round(sources.tqc.memory)} MB at its peak`, sources.tqc),
    row("TypeScript 6 over the same sources", sources["tsc 6"], sources.tqc),
    row("TypeScript 7 over the same sources", sources["tsc 7"], sources.tqc),
    row("TypeScript 6, generated files included", whole["tsc 6"], sources.tqc),
    row("TypeScript 7, generated files included", whole["tsc 7"], sources.tqc),
    row("`tqc build`, nothing changed", again.tqc),
    row("`node -e 0`", again.nothing, again.tqc),
    `| watching: one file edited, to files written | ${watched(folder)} | |`,
  ];
}

const OUTPUTS = ["src/tasks.gen.ts", "src/tasks.registry.gen.ts", "src/tasks.manifest.json"];

/** A compiler over the sources alone: the generated files stand aside. */
function withoutOutputs(name: keyof typeof compilers, folder: string): Record<typeof name, () => Cost> {
  const run = (): Cost => {
    for (const path of OUTPUTS) rmSync(join(folder, path), { force: true });
    return timeOf(compilers[name], folder);
  };
  return { [name]: run } as Record<typeof name, () => Cost>;
}

/** What a watching build takes from an edit that it has seen to the files on disk. */
function watched(folder: string): string {
  const file = join(folder, "src/tasks/f0.ts");
  const text = readFileSync(file, "utf8");
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", WATCHED], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, TQC_DIST: join(root, "dist/compiler"), TQC_FILE: file },
  });
  writeFileSync(file, text);
  return stdout.trim();
}

const WATCHED = `
const { readFileSync, writeFileSync } = await import("node:fs");
const { compile } = await import(process.env.TQC_DIST + "/build.js");
const { write } = await import(process.env.TQC_DIST + "/write.js");
const text = readFileSync(process.env.TQC_FILE, "utf8");
const memory = {}, cpu = [], clock = [];
for (let i = 0; i < 12; i++) {
  writeFileSync(process.env.TQC_FILE, text.replace("x: number, y", "x: number, z" + i + ": string, y"));
  const [time, used] = [performance.now(), process.cpuUsage()];
  write((await compile({}, memory)).files);
  const { user, system } = process.cpuUsage(used);
  if (i > 1) { cpu.push((user + system) / 1000); clock.push(performance.now() - time); }
}
const middle = (all) => all.sort((a, b) => a - b)[all.length >> 1].toFixed(0);
console.log(middle(cpu) + " ms | " + middle(clock) + " ms");
`;

function ms(time: number): string {
  return `${Math.round(time).toLocaleString("en-US")} ms`;
}

function ratio(one: number, other: number): string {
  return `${(one / other).toFixed(2)}x`;
}

const lines = [
  "# What a build costs",
  "",
  `Medians of ${RUNS} runs, all contenders in turn, on ${os.availableParallelism()} cores of ${os.cpus()[0]?.model.trim()}, Node ${process.version}. Made by`,
  "`npm run bench:compile -- --write`. Processor time is that of all threads together; where others are at work, it and the ratios count.",
];
for (const [title, size] of Object.entries(sizes)) {
  const folder = mkdtempSync(join(tmpdir(), "tqc-bench-"));
  try {
    const found = measure(title, folder, size);
    process.stdout.write(`${found.join("\n")}\n`);
    lines.push(...found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
if (values.write) writeFileSync(new URL("compile.md", import.meta.url), `${lines.join("\n")}\n`);
