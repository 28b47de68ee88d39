/**
 * `npm run bench`: every work by every contender, in turn, on one Redis of its own; medians with minimum and maximum, and
 * the ratios that count. `npm run bench -- --runs 3 --only drain --write` limits or records it.
 */
import { writeFile } from "node:fs/promises";
import os from "node:os";
import { parseArgs } from "node:util";
import { startRedis } from "../test/setup/redis.js";
import type { ContenderModule } from "./contender.js";
import { Measuring, type Series } from "./measuring.js";
import { type Row, works } from "./works.js";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    only: { type: "string", default: "" },
    contenders: { type: "string", default: "tqc,bullmq,celery,floor" },
    write: { type: "boolean", default: false },
  },
});

const modules = await presentOf(values.contenders.split(","));

/** The contenders that can be measured here; of the others, why not. */
async function presentOf(names: readonly string[]): Promise<readonly string[]> {
  const present: string[] = [];
  for (const name of names) {
    const { missing } = (await import(`./${name}.ts`)) as ContenderModule;
    if (missing === undefined) present.push(name);
    else console.error(`${name} is left out: ${missing}`);
  }
  return present;
}

const median = (figures: readonly number[]) => [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)];

const round = (figure: number) => (figure >= 100 ? Math.round(figure).toLocaleString("en-US") : figure.toFixed(2));

function cellOf({ figures, variant }: Series): string {
  const middle = median(figures);
  if (middle === undefined) return "";
  const spread = `${round(Math.min(...figures))}–${round(Math.max(...figures))}`;
  return `${round(middle)} (${spread})${variant === undefined ? "" : `, ${variant}`}`;
}

function lineOf(row: Row, series: ReadonlyMap<string, Series>): string {
  const middle = (module: string) => median(series.get(module)?.figures ?? []);
  const own = middle("tqc");
  const cells = [...series.values()].map(cellOf);
  const ratios = [...series.keys()].flatMap((module) => {
    if (module === "tqc") return [];
    const other = middle(module);
    if (own === undefined || other === undefined) return [""];
    return [`${(row.unit === "tasks/s" ? own / other : other / own).toFixed(2)}x`];
  });
  return `| ${row.name} | ${row.unit} | ${[...cells, ...ratios].join(" | ")} |`;
}

const redis = await startRedis();
try {
  const others = modules.filter((module) => module !== "tqc").map((module) => `tqc is better than ${module} by`);
  const head = ["work", "unit", ...modules, ...others];
  const lines = [`| ${head.join(" | ")} |`, `|${head.map(() => "---").join("|")}|`];
  console.log(lines.join("\n"));
  const measuring = new Measuring({ modules, url: redis.url, runs: Number(values.runs) });
  for (const work of works.filter(({ rows }) => rows.some(({ name }) => name.includes(values.only)))) {
    const measured = await measuring.measure(work);
    const added = work.rows.map((row, i) => lineOf(row, measured[i] ?? new Map()));
    lines.push(...added);
    console.log(added.join("\n"));
    if (values.write) await writeFile(new URL("results.md", import.meta.url), `${heading()}\n${lines.join("\n")}\n`);
  }
} finally {
  await redis.stop();
}

function heading(): string {
  const [cpu] = os.cpus();
  const scale = process.env.BENCH_SCALE;
  const scaled = scale === undefined ? "" : `, each with ${scale} of the usual number of tasks`;
  return [
    "# Results",
    "",
    `Medians of ${values.runs} runs (minimum–maximum)${scaled}, all contenders in turn in one run, on ${os.cpus().length} cores of ${cpu?.model ?? "an unknown processor"},`,
    `${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.version}, Redis on loopback without persistence. Producer, worker and Redis share the cores.`,
    ...(modules.includes("celery")
      ? ["Celery is given a twentieth of the tasks, and the best of its pools for each work."]
      : []),
    `Load average when this ended: ${os
      .loadavg()
      .map((load) => load.toFixed(1))
      .join(", ")}; above the number of cores, others were at work and only the ratios count.`,
    "Made by `npm run bench -- --write`.",
    "",
  ].join("\n");
}
