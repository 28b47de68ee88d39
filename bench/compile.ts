/**
 * `tsx bench/compile.ts`: what `tqc build` costs beside `tsc --noEmit` on the same generated projects, in processor time,
 * so that a busy machine does not decide; medians over the runs, and the ratios that count. Needs `npm run build` first.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { generateProject, type Size } from "./compile-project.js";

const { values } = parseArgs({ options: { runs: { type: "string", default: "3" } } });
const RUNS = Number(values.runs);

const root = join(import.meta.dirname, "..");
const cli = join(root, "dist/compiler/cli.js");
const compilers = { "tsc 6": "typescript-6", "tsc 7": "typescript" } as const;

interface Cost {
  /** Processor time in milliseconds, all threads together. */
  readonly cpu: number;
  /** The largest resident set in MB. */
  readonly memory: number;
}

const PROBE = `data:text/javascript,${encodeURIComponent(
  'process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("\\ncost "+(u.userCPUTime+u.systemCPUTime)/1000+" "+u.maxRSS/1024+"\\n")})',
)}`;

/** Runs Node with these arguments, and asks it at its end what it has cost. */
function costOf(args: readonly string[], cwd: string): Cost {
  const { stderr } = spawnSync(process.execPath, ["--import", PROBE, ...args], { cwd, encoding: "utf8" });
  const [, cpu, memory] = /\ncost (\S+) (\S+)\n/.exec(stderr) ?? [];
  if (cpu === undefined) throw new Error(`node ${args.join(" ")} did not tell its cost:\n${stderr}`);
  return { cpu: Number(cpu), memory: Number(memory) };
}

/** The same for a compiler that is a process of its own below Node. */
function timeOf(compiler: string, cwd: string): number {
  const tsc = join(root, "node_modules", compiler, "bin/tsc");
  const shell = `"${process.execPath}" "${tsc}" -p . >/dev/null; times`;
  const { stdout } = spawnSync("bash", ["-c", shell], { cwd, encoding: "utf8" });
  const children = stdout.trim().split("\n").at(-1) ?? "";
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
  return seconds.reduce((sum, one) => sum + one, 0) * 1000;
}

function median<T>(run: () => T, by: (one: T) => number): T {
  const all = Array.from({ length: RUNS }, run).sort((a, b) => by(a) - by(b));
  return all[Math.floor(all.length / 2)]!;
}

const cpuOf = ({ cpu }: Cost): number => cpu;
const itself = (time: number): number => time;

const sizes: Readonly<Record<string, Size>> = {
  "1,000 functions in 100 files, all tasks": { files: 100, perFile: 10, oneIn: 1 },
  "5,000 functions in 500 files, one file in ten holds tasks": { files: 500, perFile: 10, oneIn: 10 },
  "5,000 functions in 500 files, all tasks": { files: 500, perFile: 10, oneIn: 1 },
};

function measure(title: string, folder: string, size: Size): void {
  generateProject(folder, size, root);
  const bare = Object.values(compilers).map((compiler) => median(() => timeOf(compiler, folder), itself));
  const cold = median(() => {
    rmSync(join(folder, "node_modules/.cache"), { recursive: true, force: true });
    return costOf([cli, "build", "-q"], folder);
  }, cpuOf);
  const warm = median(() => costOf([cli, "build", "-q"], folder), cpuOf);
  const nothing = median(() => costOf(["-e", "0"], folder), cpuOf);
  const whole = Object.values(compilers).map((compiler) => median(() => timeOf(compiler, folder), itself));
  const lines = [
    `\n${title}`,
    `  tqc build, cold     ${ms(cold.cpu)}, ${Math.round(cold.memory)} MB at its peak`,
    ...Object.keys(compilers).flatMap((name, i) => [
      `  ${name}, sources      ${ms(bare[i]!)}   tqc is ${ratio(cold.cpu, bare[i]!)}`,
      `  ${name}, with builders${ms(whole[i]!)}   tqc is ${ratio(cold.cpu, whole[i]!)}`,
    ]),
    `  nothing changed     ${ms(warm.cpu)}   ${ratio(warm.cpu, nothing.cpu)} of node -e 0 (${ms(nothing.cpu).trim()})`,
    `  one file edited     ${watched(folder)}`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
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
console.log(middle(cpu) + " ms of processor, " + middle(clock) + " ms on the clock");
`;

function ms(time: number): string {
  return `${Math.round(time).toLocaleString("en-US").padStart(7)} ms`;
}

function ratio(one: number, other: number): string {
  return `${(one / other).toFixed(2)}x`;
}

for (const [title, size] of Object.entries(sizes)) {
  const folder = mkdtempSync(join(tmpdir(), "tqc-bench-"));
  try {
    measure(title, folder, size);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
