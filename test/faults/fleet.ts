/** Real worker processes that can be killed and replaced. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Hearsay } from "./hearsay.js";

const CLI = fileURLToPath(new URL("../../dist/compiler/cli.js", import.meta.url));
const REGISTRY = fileURLToPath(new URL("project/registry.ts", import.meta.url));

export interface FleetOptions {
  readonly url: string;
  readonly size: number;
  /** Further flags of `tqc worker`. */
  readonly flags?: readonly string[];
  /** Further variables of their environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** So many workers. Whoever is killed, or ends by itself, is replaced, as a supervisor would. */
export class Fleet {
  /** What they said, and who was killed. */
  readonly hearsay = new Hearsay();
  readonly #options: FleetOptions;
  readonly #workers: ChildProcess[] = [];
  #launching: Promise<unknown> = Promise.resolve();
  #deaths = 0;
  readonly #mourners: (() => unknown)[] = [];
  #stopping = false;

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /** How many have ended by themselves. */
  get deaths(): number {
    return this.#deaths;
  }

  /** Resolves when so many have: the work of one may be known as lost before its process is quite gone. */
  died(count: number): Promise<void> {
    return new Promise((resolve) => {
      const look = () => (this.#deaths < count ? this.#mourners.push(look) : resolve());
      look();
    });
  }

  /** Starts them all; resolves when each is serving. */
  async start(): Promise<void> {
    await Promise.all(Array.from({ length: this.#options.size }, (_, position) => this.#launch(position)));
  }

  /** Ends one with a signal and starts another. Resolves to the first one's exit code when the other is serving. */
  async replace(which: number, signal: NodeJS.Signals = "SIGKILL"): Promise<number | null> {
    const position = which % this.#options.size;
    const worker = this.#workers[position] as ChildProcess;
    delete this.#workers[position];
    if (signal === "SIGKILL") this.hearsay.lose(worker.pid);
    const code = await end(worker, signal);
    await this.#launch(position);
    return code;
  }

  /** Ends them all, and gives their exit codes. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<(number | null)[]> {
    this.#stopping = true;
    await this.#launching;
    return Promise.all(this.#workers.splice(0).map((worker) => end(worker, signal)));
  }

  async #launch(position: number): Promise<void> {
    const { url, flags = [], env } = this.#options;
    const args = [CLI, "worker", "--registry", REGISTRY, "--broker", url, ...flags];
    // It ends with the channel, and so with this process, however that ends.
    const worker = spawn(process.execPath, args, {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: { ...process.env, ...env, TQC_FLEET: "1" },
    });
    this.#workers[position] = worker;
    await serving(worker, (line) => this.hearsay.hear(worker.pid ?? 0, line));
    worker.once("exit", () => this.#survive(worker, position));
  }

  #survive(worker: ChildProcess, position: number): void {
    if (this.#stopping || this.#workers[position] !== worker) return;
    this.#deaths += 1;
    this.hearsay.lose(worker.pid);
    for (const look of this.#mourners.splice(0)) look();
    const launched = this.#launch(position).catch(() => {});
    this.#launching = Promise.all([this.#launching, launched]);
  }
}

/** Resolves when a worker says that it serves; rejects with all it said where it ends instead. Every line is passed on. */
function serving(worker: ChildProcess, hear: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    createInterface(worker.stderr as Readable).on("line", (line) => {
      if (process.env.TQC_FAULTS_LOG) process.stderr.write(`${line}\n`);
      hear(line);
      if (said.length < 100) said.push(line);
      if (/serving \d+ tasks/.test(line)) resolve();
    });
    worker.once("exit", (code) => {
      reject(new Error(`the worker ended with ${code} before it served:\n${said.join("\n")}`));
    });
  });
}

async function end(worker: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (worker.exitCode !== null || worker.signalCode !== null) return worker.exitCode;
  const gone = once(worker, "exit") as Promise<[number | null]>;
  worker.kill(signal);
  const [code] = await gone;
  return code;
}
