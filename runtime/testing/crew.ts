/** The worker of a test, and whoever takes over when it dies. */
import type { Broker } from "../broker.js";
import type { App } from "../client/client.js";
import type { Clock } from "../clock.js";
import { createWorker, type Worker, type WorkerSettings } from "../worker/worker.js";
import type { Cast } from "./cast.js";
import { Fates } from "./fates.js";
import { mortal } from "./mortal.js";

export interface CrewParts {
  readonly app: App;
  readonly broker: Broker;
  readonly clock: Clock;
  readonly cast: Cast;
  readonly settings: WorkerSettings;
}

export class Crew {
  readonly fates = new Fates();
  readonly #parts: CrewParts;
  #worker: Worker;
  #starting: Promise<void> = Promise.resolve();
  #taking = false;
  #deaths = 0;

  constructor(parts: CrewParts) {
    this.#parts = parts;
    this.#worker = this.#hire();
  }

  /** The worker that lives. */
  get worker(): Worker {
    return this.#worker;
  }

  /** How many have died. */
  get deaths(): number {
    return this.#deaths;
  }

  /** Whether somebody is about to begin. */
  get isTakingOver(): boolean {
    return this.#taking;
  }

  /** Whether the worker could run one more task. */
  get hasRoom(): boolean {
    const { running, concurrency } = this.#worker.stats();
    return running < concurrency;
  }

  async start(): Promise<void> {
    this.#taking = true;
    this.#starting = this.#worker.start();
    await this.#starting;
    this.#taking = false;
  }

  /** Waits for nothing: what still runs goes on unheard. */
  async stop(): Promise<void> {
    await this.#starting;
    await this.#worker.stop({ timeout: 0 });
  }

  #hire(): Worker {
    const { app, broker, clock, cast, settings } = this.#parts;
    const nameOf = (task: string) => app.contract(task)?.name ?? task;
    const view = mortal({ broker, fates: this.fates, nameOf, onDeath: (worker) => this.#replace(worker) });
    const { contracts } = app;
    return createWorker({ ...settings, broker: view, registry: cast.registry, contracts, clock, embedded: true });
  }

  /** Others get what the dead one held at once: a test need not wait for the lease to end. */
  async #replace(dead: string): Promise<void> {
    const { broker, settings } = this.#parts;
    this.#deaths += 1;
    this.#taking = true;
    await broker.leave(dead);
    await broker.reap(settings.maxDeliveries ?? 3, Number.MAX_SAFE_INTEGER);
    this.#worker = this.#hire();
    await this.start();
  }
}
