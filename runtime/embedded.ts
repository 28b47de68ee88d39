/** The worker that an application runs by itself on memory://, so that a script needs nothing else. It serves all queues. */
import type { Broker } from "./broker.js";
import type { Catalog } from "./catalog.js";
import type { Clock } from "./clock.js";
import { createWorker, type Worker, type WorkerSettings } from "./worker.js";

/** What is run, where, and how. */
export interface EmbeddedParts {
  readonly catalog: Catalog;
  readonly broker: Broker;
  readonly clock: Clock;
  readonly settings?: WorkerSettings;
}

export class EmbeddedWorker {
  readonly #queues: string[];
  readonly #worker: Worker;
  /** The wait for work that is under way: it knows only the queues of its beginning. */
  #idling: AbortController | undefined;

  constructor({ catalog, broker, clock, settings }: EmbeddedParts, queues: Iterable<string>) {
    this.#queues = [...new Set(["default", ...queues])];
    const { registry, contracts } = catalog;
    this.#worker = createWorker({
      ...settings,
      broker: { ...broker, idle: (request) => this.#idle(broker, request) },
      registry,
      contracts,
      clock,
      queues: this.#queues,
    });
  }

  get worker(): Worker {
    return this.#worker;
  }

  /** Serves a queue from now on. */
  serve(queue: string): void {
    if (this.#queues.includes(queue)) return;
    this.#queues.push(queue);
    this.#idling?.abort();
  }

  #idle(broker: Broker, request: Parameters<Broker["idle"]>[0]): Promise<void> {
    this.#idling = new AbortController();
    return broker.idle({ ...request, signal: AbortSignal.any([request.signal, this.#idling.signal]) });
  }
}
