/** The worker of `tqc dev`, as a process of its own, so that each reload starts from nothing. */
import { type ChildProcess, spawn } from "node:child_process";

/** How it is started. */
export interface WorkerProcessOptions {
  /** Flags for `tqc worker`, the registry excepted. */
  readonly flags: readonly string[];
  readonly brokerUrl: string;
  /** Told when a worker ends that nobody told to end. */
  readonly onEnd: (code: number | null) => void;
}

/** At most one worker that serves; those before it may still finish what they run. */
export class WorkerProcess {
  readonly #options: WorkerProcessOptions;
  readonly #running = new Set<ChildProcess>();
  #serving: ChildProcess | undefined;

  constructor(options: WorkerProcessOptions) {
    this.#options = options;
  }

  /** Starts a worker on the registry as it is now; the one before drains. */
  reload(registry: string): void {
    this.#serving?.kill("SIGTERM");
    const child = this.#start(registry);
    this.#serving = child;
    this.#running.add(child);
    child.once("exit", (code) => {
      this.#running.delete(child);
      if (this.#serving !== child) return;
      this.#serving = undefined;
      this.#options.onEnd(code);
    });
  }

  /** Waits until all have ended. `told` says whether they have had the signal already, as Ctrl-C gives it to all. */
  async stop(told: boolean): Promise<void> {
    this.#serving = undefined;
    const ended = [...this.#running].map((child) => {
      const exit = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      if (!told) child.kill("SIGTERM");
      return exit;
    });
    await Promise.all(ended);
  }

  /** This very program, with its own loader: from its sources as well as it was published. */
  #start(registry: string): ChildProcess {
    const { flags, brokerUrl } = this.#options;
    const args = [...process.execArgv, process.argv[1]!, "worker", "--registry", registry, ...flags];
    const env = { ...process.env, TQC_BROKER_URL: brokerUrl };
    return spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"], env });
  }
}
