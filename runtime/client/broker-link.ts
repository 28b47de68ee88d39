/** An application's connection to its broker: opened when it is first needed, with a worker beside it on memory://. */

import type { Broker, BrokerConnection } from "../broker.js";
import type { RedisBrokerOptions } from "../brokers/redis/options.js";
import type { Clock } from "../clock.js";
import { ConfigurationError } from "../errors.js";
import type { Logger } from "../logger.js";
import { KeyRing, type SigningKeys } from "../signing.js";
import type { Tracer } from "../tracer.js";
import { createWorker, type Worker, type WorkerOptions, type WorkerSettings } from "../worker/worker.js";
import { chooseBroker, isMemory, openBroker } from "./broker-choice.js";
import type { Catalog } from "./catalog.js";

/** What the link is told. */
export interface LinkOptions {
  readonly broker?: string | Broker;
  readonly redis?: RedisBrokerOptions;
  readonly clock: Clock;
  readonly signingKeys?: SigningKeys;
  readonly logger?: Logger;
  readonly tracer?: Tracer;
  readonly worker?: WorkerSettings;
  readonly maxMessageBytes?: number;
}

export class BrokerLink {
  readonly #catalog: Catalog;
  #options: LinkOptions;
  #opening: Promise<Broker> | undefined;
  #embedded: Promise<Worker> | undefined;
  /** Null until it is first asked for. */
  #ring: KeyRing | undefined | null = null;
  #warned = false;
  /** The application's user runs workers himself. */
  #hasOwnWorker = false;

  constructor(catalog: Catalog, options: LinkOptions) {
    this.#catalog = catalog;
    this.#options = options;
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  /** Who signs messages; undefined where nobody does. */
  get ring(): KeyRing | undefined {
    if (this.#ring === null) this.#ring = KeyRing.of(this.#options.signingKeys ?? process.env.TQC_SIGNING_KEYS);
    return this.#ring;
  }

  /** Where workers and tasks log. */
  get logger(): Logger | undefined {
    return this.#options.logger;
  }

  /** Who makes spans. */
  get tracer(): Tracer | undefined {
    return this.#options.tracer;
  }

  /** What every worker of the application is told. */
  get common(): Pick<WorkerOptions, "clock" | "ring" | "logger" | "tracer"> {
    const { clock, ring, logger, tracer } = this;
    return { clock, ring, tracer, ...(logger && { logger }) };
  }

  /** How many bytes a message may have; undefined for the default. */
  get maxMessageBytes(): number | undefined {
    return this.#options.maxMessageBytes;
  }

  /** Changes what was told. Only before the broker is used: nothing may be left behind on another. */
  configure(options: Partial<LinkOptions>): void {
    if (this.#opening && options.broker !== undefined) {
      throw new ConfigurationError(
        "the broker is in use already: call app.configure({ broker }) before the first task is sent, or after app.close()",
      );
    }
    this.#options = { ...this.#options, ...options };
    this.#ring = null;
  }

  /** The broker, for reading. */
  broker(): Promise<Broker> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      // The next call tries again: what was missing may be set by then.
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  /** The broker, for sending work: where nobody else could run it, a worker is started here. */
  async brokerForWork(): Promise<Broker> {
    const broker = await this.broker();
    if (this.#isEmbedded()) this.#employ(broker);
    await this.#embedded;
    return broker;
  }

  /** Leaves the work to a worker that the user runs in this process. */
  async yieldWork(): Promise<void> {
    this.#hasOwnWorker = true;
    await (await this.#embedded)?.stop();
    this.#embedded = undefined;
  }

  /** In a thread, work goes where that of the thread's worker is: nowhere else would anybody look for it. */
  lead(connection: BrokerConnection | undefined): void {
    if (this.#opening) return;
    this.#hasOwnWorker = true;
    if (connection) this.configure({ broker: connection.url, redis: connection.options });
    else this.#open = unreachable;
  }

  /** Stops what was started and closes what was opened here. It may be opened again. */
  async close(): Promise<void> {
    const [opening, embedded] = [this.#opening, this.#embedded];
    this.#opening = undefined;
    this.#embedded = undefined;
    this.#hasOwnWorker = false;
    await (await embedded)?.stop();
    if (typeof this.#options.broker === "object") return;
    const broker = await opening?.catch(() => undefined);
    await broker?.close();
  }

  #open = async (): Promise<Broker> => {
    const { broker, clock, redis } = this.#options;
    return typeof broker === "object" ? broker : openBroker(this.#url(), { clock, ...(redis && { redis }) });
  };

  #url(): string {
    const { broker } = this.#options;
    return chooseBroker({
      configured: typeof broker === "string" ? broker : undefined,
      hasRegistry: this.#catalog.registry.size > 0,
      environment: process.env,
    });
  }

  /** Whether work stays in this process, with nobody to run it but a worker of the application's own. */
  #isEmbedded(): boolean {
    if (typeof this.#options.broker === "object" || this.#hasOwnWorker) return false;
    return this.#embedded !== undefined || isMemory(this.#url());
  }

  #employ(broker: Broker): void {
    if (this.#catalog.registry.size > 0) this.#embedded ??= this.#startEmbedded(broker);
    else this.#warn();
  }

  /** Whoever named memory:// may import the registry yet; else the work waits for ever, and nothing else would say so. */
  #warn(): void {
    if (this.#warned) return;
    this.#warned = true;
    process.emitWarning(
      'work was sent to memory://, in this process alone, but the functions of its tasks are not here, so nothing runs it: import "./tasks.registry.gen.js" first, or name a Redis broker that workers share',
      { code: "TQC_NOBODY_RUNS" },
    );
  }

  async #startEmbedded(broker: Broker): Promise<Worker> {
    const { registry, contracts, modules } = this.#catalog;
    const settings = { ...this.common, ...this.#options.worker };
    const worker = createWorker({ ...settings, broker, registry, contracts, modules, embedded: true });
    await worker.start();
    return worker;
  }
}

/** Memory is not shared between threads: what was sent there would be found by nobody. */
async function unreachable(): Promise<Broker> {
  throw new ConfigurationError(
    "a task with `thread: true` cannot send work to a memory:// broker, which its thread cannot reach; let it return what is to be sent, or name a Redis broker",
  );
}
