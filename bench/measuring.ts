/** Runs of one work by all contenders, in turn. */
import { Redis } from "ioredis";
import type { ContenderModule } from "./contender.js";
import type { Row, Work } from "./works.js";

/** What became of one row by one contender: a figure per run, and the way its consumer was run where it has several. */
export interface Series {
  readonly figures: readonly number[];
  readonly variant: string | undefined;
}

/** Who is measured, where, and how often. */
export interface MeasuringOptions {
  readonly modules: readonly string[];
  readonly url: string;
  readonly runs: number;
}

/** One run: a figure for each row, and how the consumer was run. */
interface Run {
  readonly figures: readonly number[];
  readonly variant: string | undefined;
}

export class Measuring {
  readonly #options: MeasuringOptions;

  constructor(options: MeasuringOptions) {
    this.#options = options;
  }

  /** For each row of the work, a series by contender. */
  async measure(work: Work): Promise<readonly ReadonlyMap<string, Series>[]> {
    const { modules, runs } = this.#options;
    const made = new Map<string, Run[]>(modules.map((module) => [module, []]));
    const out = new Set<string>();
    for (let i = 0; i < runs; i++) {
      for (const module of modules) {
        const before = made.get(module) ?? [];
        const run = out.has(module) ? undefined : await this.#run(work, module, before[0]);
        if (run) before.push(run);
        else out.add(module);
      }
    }
    return work.rows.map((_, row) => new Map([...made].map(([module, all]) => [module, seriesOf(all, row)])));
  }

  /** One run; the first of a contender that has several ways is made in each of them, and the best is kept. */
  async #run(work: Work, module: string, first: Run | undefined): Promise<Run | undefined> {
    const { variants = [undefined] } = await load(module);
    let best: Run | undefined;
    for (const variant of first ? [first.variant] : work.producerOnly ? [undefined] : variants) {
      const figures = await this.#figures(work, module, variant);
      const [row] = work.rows;
      if (figures && row && (!best || isBetter(row, figures, best.figures))) best = { figures, variant };
    }
    return best;
  }

  /** Others may be unable to do it, and say so; we may not. */
  async #figures(work: Work, module: string, variant: string | undefined): Promise<readonly number[] | undefined> {
    try {
      return await this.#once(work, module, variant);
    } catch (error) {
      if (module === "tqc") throw error;
      console.error(`${work.rows[0]?.name}, ${[module, variant].filter(Boolean).join(" ")}: ${error}`);
      return undefined;
    }
  }

  async #once(work: Work, module: string, variant: string | undefined): Promise<readonly number[] | undefined> {
    const { url } = this.#options;
    const { open, share = 1, largest = Number.POSITIVE_INFINITY } = await load(module);
    const contender = await open(url);
    const redis = new Redis(url);
    try {
      return await work.run({ contender, module, variant, url, redis, share, largest });
    } finally {
      await contender.close();
      redis.disconnect();
    }
  }
}

async function load(module: string): Promise<ContenderModule> {
  return (await import(`./${module}.ts`)) as ContenderModule;
}

function isBetter({ unit }: Row, [one = 0]: readonly number[], [other = 0]: readonly number[]): boolean {
  return unit === "tasks/s" ? one > other : one < other;
}

function seriesOf(runs: readonly Run[], row: number): Series {
  return { figures: runs.map(({ figures }) => figures[row] ?? Number.NaN), variant: runs[0]?.variant };
}
