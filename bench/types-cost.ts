/**
 * `npx tsx bench/types-cost.ts [--runs 5]`: what the generated files add to TypeScript 6: the sources alone, then with the
 * module, then with the registry too, in turns, each in a process of its own; clock, and user processor time with that of
 * the garbage collector's threads, each the least of the runs, so that a busy machine decides little. The figures beside
 * them are counts: the same on every machine. Needs `npm run build` first.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { transformSync } from "esbuild";
import { generateProject } from "./compile-project.js";

const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
const root = join(import.meta.dirname, "..");
const tsc = join(root, "node_modules/typescript-6/bin/tsc");

const COUNTS = ["Instantiations", "Types", "Symbols"] as const;
const PROBE = `data:text/javascript,${encodeURIComponent(
  'process.on("exit",()=>process.stderr.write("\\ncost "+process.resourceUsage().userCPUTime/1000+"\\n"))',
)}`;

/** Milliseconds on the clock and of the processor. */
type Times = Readonly<Record<"clock" | "cpu", number>>;
/** Times, and what the checker made. */
type Cost = Times & Readonly<Record<(typeof COUNTS)[number], number>>;

/** Runs Node with these arguments: the time it took, and what it printed. */
function run(folder: string, args: readonly string[]): Times & { readonly output: string } {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", PROBE, ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  const clock = performance.now() - started;
  const [, cpu] = /\ncost (\S+)\n/.exec(stderr) ?? [];
  if (status !== 0 || cpu === undefined) throw new Error(`node ${args.join(" ")}: ${stdout}${stderr}`);
  return { clock, cpu: Number(cpu), output: stdout };
}

function check(folder: string, config: string): Cost {
  const { clock, cpu, output } = run(folder, [tsc, "-p", config, "--extendedDiagnostics"]);
  const count = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(output)?.[1]);
  return { clock, cpu, Instantiations: count("Instantiations"), Types: count("Types"), Symbols: count("Symbols") };
}

/** The least of each figure, over runs taken in turns. */
function cheapest<Name extends string>(names: readonly Name[], once: (name: Name) => Cost): Record<Name, Cost> {
  const best: Partial<Record<Name, Cost>> = {};
  for (let i = 0; i < Number(values.runs); i++) {
    for (const name of names) best[name] = least(once(name), best[name]);
  }
  return best as Record<Name, Cost>;
}

function least(cost: Cost, best: Cost = cost): Cost {
  return { ...cost, clock: Math.min(cost.clock, best.clock), cpu: Math.min(cost.cpu, best.cpu) };
}

/** A project of so many tasks, ten to a file, built by the command. Node's own types are there, as in any project for Node. */
function project(folder: string, tasks: number): void {
  generateProject(folder, { files: Math.ceil(tasks / 10), perFile: Math.min(tasks, 10), oneIn: 1 }, root);
  symlinkSync(join(root, "node_modules/@types"), join(folder, "node_modules/@types"));
  run(folder, [join(root, "dist/compiler/cli.js"), "build", "-q"]);
  const config = (include: readonly string[]) =>
    JSON.stringify({ extends: "./tsconfig.json", compilerOptions: { types: ["node"] }, include });
  writeFileSync(join(folder, "alone.json"), config(["src/shapes.ts", "src/tasks"]));
  writeFileSync(join(folder, "module.json"), config(["src/shapes.ts", "src/tasks", "src/tasks.gen.ts"]));
  writeFileSync(join(folder, "all.json"), config(["src"]));
}

/** What importing the module costs Node, beyond importing the package. */
function importing(folder: string): number {
  const code = readFileSync(join(folder, "src/tasks.gen.ts"), "utf8");
  writeFileSync(join(folder, "tasks.mjs"), transformSync(code, { loader: "ts", format: "esm" }).code);
  writeFileSync(join(folder, "package.mjs"), 'import "tqc";\n');
  const cheapestOf = (file: string) =>
    Math.min(...Array.from({ length: Number(values.runs) }, () => run(folder, [file]).cpu));
  return cheapestOf("tasks.mjs") - cheapestOf("package.mjs");
}

const whole = (figure: number) => Math.round(figure).toLocaleString("en-US");
const row = (...cells: readonly (string | number)[]) =>
  process.stdout.write(`| ${cells.map((cell) => (typeof cell === "number" ? whole(cell) : cell)).join(" | ")} |\n`);

const TITLES = ["sources alone: clock, cpu, ms", "module adds", "registry adds too"];
row("tasks", ...TITLES, ...COUNTS.map((name) => `${name} added`), "import in Node, ms");
row("---", ...TITLES.map(() => "---"), ...COUNTS.map(() => "---"), "---");
const times = ({ clock, cpu }: Times) => `${whole(clock)}, ${whole(cpu)}`;
const minus = (a: Times, b: Times): Times => ({ clock: a.clock - b.clock, cpu: a.cpu - b.cpu });
for (const tasks of [1, 1_000, 2_000]) {
  const folder = mkdtempSync(join(tmpdir(), "tqc-bench-"));
  try {
    project(folder, tasks);
    const { alone, module, all } = cheapest(["alone", "module", "all"], (name) => check(folder, `${name}.json`));
    const added = COUNTS.map((name) => all[name] - alone[name]);
    row(tasks, times(alone), times(minus(module, alone)), times(minus(all, module)), ...added, importing(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
