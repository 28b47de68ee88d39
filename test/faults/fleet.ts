/** Real worker processes that can be killed and replaced. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../dist/compiler/cli.js", import.meta.url));

export interface FleetOptions {
  readonly url: string;
  readonly registry: string;
  readonly size: number;
  /** Further flags of `tqc worker`. */
  readonly flags?: readonly string[];
}

/** So many workers; whoever is killed is replaced. */
export class Fleet {
  readonly #options: FleetOptions;
  #workers: ChildProcess[] = [];

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /** Starts them all; resolves when each is serving. */
  async start(): Promise<void> {
    this.#workers = await Promise.all(Array.from({ length: this.#options.size }, () => this.#launch()));
  }

  /** Kills one without warning and starts another. Resolves when that one is serving. */
  async replace(which: number, signal: NodeJS.Signals = "SIGKILL"): Promise<number | null> {
    const position = which % this.#workers.length;
    const code = await end(this.#workers[position] as ChildProcess, signal);
    this.#workers[position] = await this.#launch();
    return code;
  }

  /** Ends them all, and gives their exit codes. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<(number | null)[]> {
    const workers = this.#workers;
    this.#workers = [];
    return Promise.all(workers.map((worker) => end(worker, signal)));
  }

  async #launch(): Promise<ChildProcess> {
    const { url, registry, flags = [] } = this.#options;
    const args = [CLI, "worker", "--registry", registry, "--broker", url, ...flags];
    const worker = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
    await serving(worker);
    return worker;
  }
}

/** Resolves when a worker says that it serves; rejects with all it said where it ends instead. */
function serving(worker: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    worker.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (/serving|ready/i.test(said)) resolve();
    });
    worker.once("exit", (code) => reject(new Error(`the worker ended with ${code} before it served:\n${said}`)));
  });
}

async function end(worker: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (worker.exitCode !== null || worker.signalCode !== null) return worker.exitCode;
  const gone = once(worker, "exit") as Promise<[number | null]>;
  worker.kill(signal);
  const [code] = await gone;
  return code;
}
