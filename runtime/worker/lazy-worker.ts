/** A worker whose broker is opened when it starts. */
import { ConfigurationError } from "../errors.js";
import type { Duration } from "../manifest.js";
import type { Worker, WorkerSettings, WorkerStats } from "./worker.js";

export class LazyWorker implements Worker {
  readonly ended: Promise<void>;
  readonly #settings: WorkerSettings;
  readonly #create: () => Promise<Worker>;
  #starting: Promise<void> | undefined;
  #worker: Worker | undefined;
  #end: () => void = () => {};

  constructor(settings: WorkerSettings, create: () => Promise<Worker>) {
    this.#settings = settings;
    this.#create = create;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get id(): string {
    if (this.#worker) return this.#worker.id;
    throw new ConfigurationError("a worker has an id once it is started: await worker.start() first");
  }

  start(): Promise<void> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  async stop(options: { readonly timeout?: Duration } = {}): Promise<void> {
    await this.#starting?.catch(() => {});
    await this.#worker?.stop(options);
    this.#end();
  }

  stats(): WorkerStats {
    const { queues = [], concurrency = 10 } = this.#settings;
    return this.#worker?.stats() ?? { ...NOTHING_DONE, queues, concurrency };
  }

  async #start(): Promise<void> {
    const worker = await this.#create();
    this.#worker = worker;
    void worker.ended.then(this.#end);
    await worker.start();
  }
}

const NOTHING_DONE: WorkerStats = {
  id: "",
  state: "new",
  tasks: [],
  queues: [],
  concurrency: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  revoked: 0,
  retried: 0,
  replaced: 0,
  released: 0,
  setAside: 0,
  lost: 0,
  lastFetch: undefined,
};
