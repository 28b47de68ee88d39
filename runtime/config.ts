/** `tqc.config.ts`: what a project tells the tools about itself. Every entry has a default; paths are relative to the file. */
import type { Duration } from "./manifest.js";

/** The settings of a project. A flag or an environment variable wins over them. */
export interface Config {
  /** Glob patterns of the files that may declare tasks. Default: what the tsconfig includes. */
  readonly include?: readonly string[];
  /** Where the generated files go. Default: the source root. */
  readonly outDir?: string;
  /** The source root: task names start there. Default: the tsconfig's `rootDir`, else `src`, else the tsconfig's folder. */
  readonly rootDir?: string;
  /** The tsconfig to read. Default: `tsconfig.json`. */
  readonly tsconfig?: string;
  /** The broker's URL, for the worker and the tools. */
  readonly broker?: string;
  /** How workers run. */
  readonly worker?: WorkerConfig;
}

/** The settings of `tqc worker`. */
export interface WorkerConfig {
  /** How many tasks run at once. */
  readonly concurrency?: number;
  /** The queues it serves, best first. Default: those of its tasks, and "default". */
  readonly queues?: readonly string[];
  /** The registry to load. Default: `tasks.registry.gen.ts` in the output folder. */
  readonly registry?: string;
  /** How long a worker may be silent before others take its work. Default "30s". */
  readonly lease?: Duration;
  /** How often a task is handed out again after its worker died. Default 3. */
  readonly maxDeliveries?: number;
  /** What it is called in logs and `tqc inspect`. Default "hostname:pid". */
  readonly name?: string;
  /** After this many tasks it drains and ends, for a supervisor to start it anew. Default: never. */
  readonly maxTasks?: number;
  /** Above this resident memory, in bytes or as text such as "512mb", it drains and ends. Default: never. */
  readonly maxMemory?: number | string;
  /** How many threads run the tasks with `thread: true`; 0: they run on the event loop. Default: one per processor. */
  readonly threads?: number;
  /** How long running tasks get once the worker is told to stop. Default "25s". */
  readonly shutdownTimeout?: Duration;
  /** Where `/livez`, `/readyz` and `/metrics` are served. Default: nowhere. */
  readonly healthPort?: number;
  /** The least that is logged. Default "info". */
  readonly logLevel?: "debug" | "info" | "warn" | "error";
}

/** Gives back its argument, checked and completed by the editor: `export default defineConfig({ … })`. */
export function defineConfig(config: Config): Config {
  return config;
}
