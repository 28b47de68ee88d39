/** The threads of a worker. None is started, and no pool is loaded, before the first task needs one. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Tinypool } from "tinypool";
import type { Answer, Job } from "./job.js";

/** How long an idle thread is kept, ms. */
const IDLE = 60_000;
const entry = new URL(import.meta.url.endsWith(".ts") ? "./thread.ts" : "./thread.js", import.meta.url);

/** Whether there can be threads here: a program bundled into one file holds no entry for them. */
export function hasThreads(): boolean {
  return entry.protocol === "file:" && existsSync(fileURLToPath(entry));
}

export class Threads {
  /** How many more jobs may run. The pool's own queue would forget those who wait for a thread that was cut. */
  #free: number;
  #waiting: (() => void)[] = [];
  readonly #size: number;
  #pool: Promise<Tinypool> | undefined;

  /** At most `size` threads; default: as many as there are processors. */
  constructor(size: number = availableParallelism()) {
    this.#size = size;
    this.#free = size;
  }

  /**
   * Runs a job in a thread; `cut` ends the thread, whatever it is doing. The job is asked for once a thread is free. Rejects where
   * the thread died, or there is no job any more.
   */
  async run(jobOf: () => Job, cut: AbortSignal): Promise<Answer> {
    await this.#turn();
    try {
      const job = jobOf();
      this.#pool ??= this.#open();
      const pool = await this.#pool;
      return (await pool.run(job, { filename: entry.href, transferList: [job.port], signal: cut })) as Answer;
    } finally {
      this.#free += 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    while (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#free -= 1;
  }

  /** Ends all threads, and what runs in them. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await (await pool)?.destroy();
  }

  async #open(): Promise<Tinypool> {
    const { Tinypool } = await import("tinypool");
    const pool = new Tinypool({
      minThreads: 0,
      maxThreads: this.#size,
      idleTimeout: IDLE,
      // An idle thread's event loop turns on: the tasks' modules may hold connections open.
      useAtomics: false,
      execArgv: [...process.execArgv, ...readingSources()],
    });
    pool.on("error", () => {
      // A thread that dies between two tasks is replaced when the next one comes; one that cannot start helps nobody.
      if (pool.queueSize === 0) return;
      this.#pool = undefined;
      void pool.destroy();
    });
    return pool;
  }
}

/** Run from its sources, as in this project's own tests, a thread has to learn TypeScript first. */
function readingSources(): string[] {
  if (!entry.pathname.endsWith(".ts")) return [];
  const learn = `import { register } from ${JSON.stringify(import.meta.resolve("tsx/esm/api"))}; register();`;
  return ["--import", `data:text/javascript,${encodeURIComponent(learn)}`];
}
