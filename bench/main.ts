/**
 * `npm run bench`: every work by every contender, in turn, on one Redis of its own; medians with minimum and maximum, and
 * the ratios that count. `npm run bench -- --runs 3 --only drain --write` limits or records it.
 */
import { writeFile } from "node:fs/promises";
import os from "node:os";
import { parseArgs } from "node:util";
import { Redis } from "ioredis";
import { startRedis } from "../test/setup/redis.js";
import type { ContenderModule } from "./contender.js";
import { type Stage, type Work, works } from "./works.js";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    only: { type: "string", default: "" },
    contenders: { type: "string", default: "tqc,bullmq,floor" },
    write: { type: "boolean", default: false },
  },
});

const MODULES = values.contenders.split(",");

/** The figures of one work: by contender, one per run. */
type Figures = ReadonlyMap<string, number[]>;

async function measure(work: Work, url: string): Promise<Figures> {
  const figures = new Map<string, number[]>(MODULES.map((module) => [module, []]));
  for (let run = 0; run < Number(values.runs); run++) {
    for (const module of MODULES) {
      const figure = await measureOnce(work, module, url);
      if (figure !== undefined) figures.get(module)?.push(figure);
    }
  }
  return figures;
}

async function measureOnce(work: Work, module: string, url: string): Promise<number | undefined> {
  const { open } = (await import(`./${module}.ts`)) as ContenderModule;
  const contender = await open(url);
  const redis = new Redis(url);
  const stage: Stage = { contender, module, url, redis };
  try {
    return await work.run(stage);
  } finally {
    await contender.close();
    redis.disconnect();
  }
}

const median = (figures: readonly number[]) => [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)];

const round = (figure: number) => (figure >= 100 ? Math.round(figure).toLocaleString("en-US") : figure.toFixed(2));

function row(work: Work, figures: Figures): string {
  const cells = MODULES.map((module) => {
    const all = figures.get(module) ?? [];
    const middle = median(all);
    return middle === undefined ? "" : `${round(middle)} (${round(Math.min(...all))}–${round(Math.max(...all))})`;
  });
  const own = median(figures.get("tqc") ?? []);
  const ratios = MODULES.filter((module) => module !== "tqc").map((module) => {
    const other = median(figures.get(module) ?? []);
    if (own === undefined || other === undefined) return "";
    return `${(work.unit === "tasks/s" ? own / other : other / own).toFixed(2)}x`;
  });
  return `| ${work.name} | ${work.unit} | ${[...cells, ...ratios].join(" | ")} |`;
}

const redis = await startRedis();
try {
  const others = MODULES.filter((module) => module !== "tqc").map((module) => `tqc is better than ${module} by`);
  const head = ["work", "unit", ...MODULES, ...others];
  const lines = [`| ${head.join(" | ")} |`, `|${head.map(() => "---").join("|")}|`];
  console.log(lines.join("\n"));
  for (const work of works.filter(({ name }) => name.includes(values.only))) {
    const line = row(work, await measure(work, redis.url));
    lines.push(line);
    console.log(line);
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
    `Load average when this ended: ${os
      .loadavg()
      .map((load) => load.toFixed(1))
      .join(", ")}; above the number of cores, others were at work and only the ratios count.`,
    "Made by `npm run bench -- --write`.",
    "",
  ].join("\n");
}
