/** The application: where tasks are declared and registered, and through which work is sent, read and run. */

import { inspect } from "node:util";
import type { Implementation } from "../attempt/known.js";
import type { Broker } from "../broker.js";
import type { RedisBrokerOptions } from "../brokers/redis/options.js";
import { type Origin, setDefaultOrigin } from "../canvas/origin.js";
import type { ListSignature, Signature } from "../canvas/signature.js";
import type { Tree } from "../canvas/tree.js";
import { needTree } from "../canvas/value.js";
import { type Clock, systemClock } from "../clock.js";
import { ConfigurationError } from "../errors.js";
import { newId } from "../ids.js";
import { namesOf, refuseUnknown } from "../known-options.js";
import type { Logger } from "../logger.js";
import type { TaskContract } from "../manifest.js";
import type { Stamps } from "../messages.js";
import { Inbox } from "../result/inbox.js";
import type { AsyncResult, GroupResult } from "../result/result.js";
import type { Desk } from "../result/run-view.js";
import { Search } from "../result/search.js";
import type { SigningKeys } from "../signing.js";
import type { Answer, Job } from "../threads/job.js";
import type { Tracer } from "../tracer.js";
import { LazyWorker } from "../worker/lazy-worker.js";
import { createWorker, type Worker, type WorkerSettings } from "../worker/worker.js";
import { BrokerLink } from "./broker-link.js";
import { Catalog } from "./catalog.js";
import { applyHere } from "./eager.js";
import { reopen } from "./handles.js";
import { Outbox } from "./outbox.js";
import { revokeStamped } from "./revoking.js";
import { Sender } from "./sender.js";

/** What an application may be told. */
export interface AppOptions {
  /** The broker's URL, or a broker. Default: `TQC_BROKER_URL`, else `memory://` where the registry is imported. */
  readonly broker?: string | Broker;
  /** How a Redis broker is reached, and where in it the work is kept. */
  readonly redis?: RedisBrokerOptions;
  /** Keys that sign messages, "id:secret": the first signs, all verify. Default: `TQC_SIGNING_KEYS`, else nothing is signed. */
  readonly signingKeys?: SigningKeys;
  /** Where the application's workers and tasks log: pino, or anything of its shape. Default: nowhere. */
  readonly logger?: Logger;
  /** Makes spans of sends and attempts: `trace.getTracer("tqc")` of `@opentelemetry/api`. Default: nobody traces. */
  readonly tracer?: Tracer;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** How many bytes a message may have; a larger one is refused where it is sent. Default 8 MiB. */
  readonly maxMessageBytes?: number;
  /** How the worker runs that the application starts by itself on `memory://`. */
  readonly worker?: WorkerSettings;
}

const APP_OPTIONS = {
  kind: "option of an application",
  names: namesOf<AppOptions>({
    ...{ broker: true, redis: true, signingKeys: true, logger: true, tracer: true, clock: true },
    ...{ maxMessageBytes: true, worker: true },
  }),
};

const WORKER_SETTINGS = {
  kind: "worker setting",
  names: namesOf<WorkerSettings & { readonly embedded?: boolean }>({
    ...{ concurrency: true, queues: true, name: true, lease: true, maxDeliveries: true, logger: true },
    ...{ shutdownTimeout: true, maxTasks: true, maxMemory: true, threads: true, validateResults: true, embedded: true },
  }),
};

function checkOptions(options: AppOptions, where: string): void {
  refuseUnknown(options, APP_OPTIONS, where);
  refuseUnknown(options.worker ?? {}, WORKER_SETTINGS, `${where}: worker`);
}

/** Functions by the names of their tasks. */
export type Implementations = Readonly<Record<string, Implementation>>;

/** What else may be told of functions that are registered. */
export interface RegisterOptions {
  /** The URL of the module that registers them and exports the application, `import.meta.url`: tasks with `thread: true` need it. */
  readonly module?: string | undefined;
}

// Signature -> its handle
type HandleOf<S> =
  S extends ListSignature<never, infer Out, unknown>
    ? GroupResult<Out>
    : S extends Signature<never, infer Out, unknown>
      ? AsyncResult<Out>
      : never;

/** A handle that was opened by its id: of a list, also that of a group. */
export type Reopened<T> = T extends readonly unknown[] ? GroupResult<T> : AsyncResult<T>;

/** An application that knows no task yet: the generated modules declare them. Untyped signatures use the latest one. */
export function createApp(options: AppOptions = {}): App {
  checkOptions(options, "createApp");
  const app = new App(options);
  setDefaultOrigin(app);
  return app;
}

/** What the generated module exports as `app`: it knows the tasks, and through it all work is sent, read and run. */
export class App implements Origin {
  readonly #catalog = new Catalog();
  readonly #link: BrokerLink;
  readonly #desk: Desk;
  readonly #sender: Sender;

  /** Use {@link createApp}. */
  constructor(options: AppOptions) {
    const link = new BrokerLink(this.#catalog, { clock: systemClock, ...options });
    const broker = () => link.broker();
    this.#link = link;
    const clock = laterClock(link);
    this.#desk = { broker, inbox: new Inbox(newId(), broker, clock), search: new Search(broker), clock };
    const outbox = new Outbox(
      () => link.brokerForWork(),
      () => link.maxMessageBytes,
    );
    this.#sender = new Sender({
      catalog: this.#catalog,
      desk: this.#desk,
      outbox,
      ring: () => link.ring,
      tracer: () => link.tracer,
    });
  }

  /** Names the broker, and whatever else the application may be told. */
  configure(options: AppOptions): void {
    checkOptions(options, "app.configure");
    this.#link.configure(options);
  }

  /** Makes a task's contract known. The generated module does so for each of its tasks. */
  declare(contract: TaskContract): void {
    this.#catalog.declare(contract);
  }

  /** Makes the functions of tasks known, by the tasks' names, so that they can run in this process. */
  register(implementations: Implementations, { module }: RegisterOptions = {}): void {
    this.#catalog.register(implementations, module);
  }

  /** Makes known what source files export: the functions of the tasks declared in them. The generated registry does so. */
  registerModules(exports: Readonly<Record<string, object>>, { module }: RegisterOptions = {}): void {
    this.#catalog.registerModules(exports, module);
  }

  /** The functions that can run in this process, by the names of their tasks. */
  get implementations(): ReadonlyMap<string, Implementation> {
    return this.#catalog.registry;
  }

  /** The contracts of all tasks, by their names. */
  get contracts(): ReadonlyMap<string, TaskContract> {
    return this.#catalog.contracts;
  }

  /** The contract of a task, by its name or one of its aliases. */
  contract(name: string): TaskContract | undefined {
    return this.#catalog.contract(name);
  }

  /** Sends many signatures at once; their handles come in the same order. */
  submit<const Signatures extends readonly Signature<[]>[]>(
    signatures: Signatures,
  ): Promise<{ -readonly [K in keyof Signatures]: HandleOf<Signatures[K]> }>;
  /** Sends a canvas with the arguments it is still open for. Signatures do so. */
  submit(tree: Tree, given: readonly unknown[]): Promise<AsyncResult<unknown>>;
  submit(work: Tree | readonly Signature<[]>[], given: readonly unknown[] = []): Promise<unknown> {
    if (Array.isArray(work)) return this.#submitAll(work);
    if (isTree(work)) return this.#sender.submit(work, given);
    return Promise.reject(
      new TypeError("submit takes a list of signatures, such as submit([add.s(2, 3), mul.s(4, 5)])"),
    );
  }

  async #submitAll(signatures: readonly unknown[]): Promise<unknown> {
    return this.#sender.submitAll(signatures.map((signature) => needTree(signature, "submit")));
  }

  /** Runs a canvas in this process, through the codec, and resolves to its value once its callbacks have run too. */
  apply(tree: Tree, given: readonly unknown[]): Promise<unknown> {
    return applyHere(tree, given, this.#catalog);
  }

  /** Opens a handle by its id: that of a run, of one of its tasks, or one that was chosen. */
  result<T = unknown>(id: string): Reopened<T> {
    if (typeof id !== "string") throw new TypeError(`result: an id is a text; found ${inspect(id)}`);
    return reopen(this.#desk, id) as unknown as Reopened<T>;
  }

  /** Revokes every task that carries all of these stamps, and tells how many there were. */
  async revokeByStamps(stamps: Stamps, { terminate = false }: { readonly terminate?: boolean } = {}): Promise<number> {
    return revokeStamped(await this.#link.broker(), stamps, terminate);
  }

  /** A worker for the registered tasks. It does nothing until it is started. */
  worker(settings: WorkerSettings & { readonly embedded?: boolean } = {}): Worker {
    refuseUnknown(settings, WORKER_SETTINGS, "app.worker");
    const { registry, contracts, modules } = this.#catalog;
    return new LazyWorker(settings, async () => {
      if (registry.size === 0) {
        throw new ConfigurationError(
          'a worker needs the functions of its tasks: import "./tasks.registry.gen.js" before it is started',
        );
      }
      await this.#link.yieldWork();
      const broker = await this.#link.broker();
      return createWorker({ ...this.#link.common, ...settings, broker, registry, contracts, modules });
    });
  }

  /**
   * Runs a call that the worker of another thread has claimed.
   * @internal
   */
  async performJob(job: Job): Promise<Answer> {
    const { performJob } = await import("../threads/perform.js");
    this.#link.lead(job.connection);
    return performJob(job, this.#catalog.registry);
  }

  /** Where it was told to log; undefined for nowhere. */
  get logger(): Logger | undefined {
    return this.#link.logger;
  }

  /** The broker in use; opened if it was not yet. For tools that look at queues and workers. */
  broker(): Promise<Broker> {
    return this.#link.broker();
  }

  /** Stops what the application has started and closes its connections. What was sent stays with the broker. */
  async close(): Promise<void> {
    await this.#desk.inbox.close();
    await this.#link.close();
  }
}

/** Plain data, as signatures send it, and no signature. */
function isTree(work: unknown): work is Tree {
  return typeof work === "object" && work !== null && "stampers" in work;
}

/** The clock of the moment: `configure` may set another one. */
function laterClock(link: BrokerLink): Clock {
  return { now: () => link.clock.now(), after: (ms, run) => link.clock.after(ms, run) };
}
