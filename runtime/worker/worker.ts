/** A worker: announces itself, runs the loop, keeps its lease, and drains. */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { AsideLog } from "../attempt/aside.js";
import type { Host } from "../attempt/attempt.js";
import { KnownTasks, type TaskSource } from "../attempt/known.js";
import { ALL_QUEUES, type Broker, type BrokerEvent, type WorkerCard } from "../broker.js";
import { systemClock } from "../clock.js";
import { toMilliseconds } from "../duration.js";
import { ConfigurationError } from "../errors.js";
import type { Duration, TaskContract } from "../manifest.js";
import { hasThreads, Threads } from "../threads/pool.js";
import { Chores } from "./chores.js";
import { threadHeartbeat } from "./heartbeat/start.js";
import { type Heartbeat, timerHeartbeat } from "./heartbeat.js";
import { Holdings } from "./holdings.js";
import { Loop } from "./loop.js";
import type { Worker, WorkerOptions, WorkerState, WorkerStats } from "./options.js";
import { schedulesIn, startTimetable } from "./schedule.js";

export type { Worker, WorkerOptions, WorkerSettings, WorkerState, WorkerStats } from "./options.js";

/** Once the deadline of a drain has passed, how long the broker has to take everything back, ms. */
const LAST_WORDS = 2_000;
/** Between two looks at what is due and at what was set aside, ms. */
const PROMOTE_PAUSE = 1_000;
const RECALL_PAUSE = 5_000;
const CENTURY = "36500d";

/** A worker that runs the tasks of a registry. It does nothing until it is started. */
export function createWorker(options: WorkerOptions): Worker {
  return new TaskWorker(options);
}

class TaskWorker implements Worker {
  readonly ended: Promise<void>;
  readonly #options: WorkerOptions;
  readonly #host: Host;
  readonly #card: WorkerCard;
  readonly #holdings: Holdings;
  readonly #loop: Loop;
  #state: WorkerState = "new";
  #starting: Promise<void> | undefined;
  /** What is to be undone when it leaves. */
  readonly #undo: (() => Promise<void>)[] = [];
  #end: () => void = () => {};

  constructor(options: WorkerOptions) {
    this.#options = options;
    const tasks = new KnownTasks(sourceOf(options));
    this.#card = cardOf(options, tasks);
    this.#host = hostOf(options, this.#card.id);
    this.#holdings = new Holdings({ host: this.#host, tasks }, () => this.#loop.look());
    this.#loop = this.#loopOf(tasks);
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get id(): string {
    return this.#card.id;
  }

  start(): Promise<void> {
    this.#starting ??= this.#serve();
    return this.#starting;
  }

  async stop({ timeout }: { readonly timeout?: Duration } = {}): Promise<void> {
    const { clock } = this.#host;
    const patience = toMilliseconds(timeout ?? this.#options.shutdownTimeout ?? "25s");
    await this.#starting?.catch(() => {});
    if (this.#state === "new") await this.#leave();
    if (this.#state === "stopped") return this.ended;
    this.#state = "draining";
    this.#loop.drain();
    const cancels = [
      clock.after(patience, () => this.#holdings.releaseAll(new ShutdownError())),
      clock.after(patience + LAST_WORDS, () => this.#loop.abandon()),
    ];
    await this.ended;
    for (const cancel of cancels) cancel();
  }

  stats(): WorkerStats {
    const [holdings, loop, { id, tasks, queues, concurrency }] = [this.#holdings, this.#loop, this.#card];
    return {
      id,
      state: this.#state,
      tasks,
      queues,
      concurrency,
      running: holdings.running,
      succeeded: holdings.count("success"),
      failed: holdings.count("failure"),
      revoked: holdings.count("revoked"),
      retried: holdings.count("retry"),
      replaced: holdings.count("replaced"),
      released: holdings.count("released"),
      setAside: holdings.count("setAside"),
      lost: loop.lost,
      lastFetch: loop.lastFetch,
    };
  }

  async #serve(): Promise<void> {
    const { broker, clock, worker } = this.#host;
    const lease = leaseOf(this.#options);
    const report = () => this.#holdings.ledger.report();
    await broker.extend(this.#card, lease, report());
    this.#undo.push(
      () => broker.leave(worker, report()),
      () => this.#host.threads.close(),
    );
    this.#undo.push(await broker.follow({ worker }, (event) => this.#notice(event)));
    const { heartbeat = heartbeatFor(broker) } = this.#options;
    const failed = (err: unknown) => this.#host.logger?.debug({ err, worker }, "a sign of life could not be given");
    const lost = () => void this.#lost().catch(failed);
    this.#undo.push(await heartbeat({ broker, card: this.#card, lease, clock, report, lost, failed }));
    const { logger, ring } = this.#host;
    const [contracts, ahead] = [periodicOf(this.#options), !isEmbedded(this.#options)];
    const stopTimetable = startTimetable({ broker, clock, logger, ring, contracts, ahead });
    this.#undo.push(async () => stopTimetable());
    void this.#warn();
    this.#state = "serving";
    void this.#loop.run().then(() => this.#leave());
  }

  /** Says what puts the work at risk; a broker that does not answer is the loop's to report. */
  async #warn(): Promise<void> {
    const { broker, logger } = this.#host;
    const advice = await broker.advise?.().catch(() => []);
    for (const risk of advice ?? []) logger?.warn(risk);
  }

  /** A node was revoked while it ran here. */
  #notice(event: BrokerEvent): void {
    if (event.kind === "cancel") this.#holdings.revoke(event.run, event.index);
  }

  /** The lease ran out: what was held then runs elsewhere by now, or will. What was claimed since is still ours. */
  async #lost(): Promise<void> {
    const { broker, logger, worker } = this.#host;
    const attempts = this.#holdings.attempts();
    const { workers } = await broker.overview();
    const books = new Set(workers.find(({ id }) => id === worker)?.holds);
    const tasks = this.#holdings.dropLost(attempts, books, new LeaseLostError());
    logger?.warn({ worker, tasks }, "the lease was lost; what this worker held has been given to others");
  }

  async #leave(): Promise<void> {
    this.#state = "stopped";
    this.#host.aside?.end();
    for (const undo of this.#undo.reverse()) {
      await undo().catch((err: unknown) => this.#host.logger?.debug({ err }, "the worker left without saying so"));
    }
    this.#end();
  }

  #loopOf(tasks: KnownTasks): Loop {
    const { maxDeliveries = 3, maxTasks = Number.POSITIVE_INFINITY, maxMemory } = this.#options;
    const lease = leaseOf(this.#options);
    const [host, holdings, { queues, concurrency }] = [this.#host, this.#holdings, this.#card];
    const { broker, clock, worker } = host;
    const pauses = isEmbedded(this.#options)
      ? { promote: lease, reap: lease, recall: lease }
      : { promote: PROMOTE_PAUSE, reap: lease / 2, recall: RECALL_PAUSE };
    const chores = new Chores({ broker, clock, tasks, worker, pauses, maxDeliveries, lease });
    const limits = { maxTasks, maxMemory: maxMemory ?? Number.POSITIVE_INFINITY };
    const onSpent = () => void this.stop();
    return new Loop({ host, tasks, holdings, chores, queues, concurrency, lease, limits, onSpent });
  }
}

/** Why a signal fires at the deadline of a drain. */
class ShutdownError extends Error {
  override readonly name = "ShutdownError";
  constructor() {
    super("the worker shuts down; the task goes back to its queue and runs again elsewhere");
  }
}

/** Why a signal fires when the worker was taken for dead. */
class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";
  constructor() {
    super("the worker's lease ran out; the task has been given to another worker");
  }
}

/** The tasks that are due by themselves, and can run here. */
function periodicOf({ registry, contracts }: WorkerOptions): TaskContract[] {
  const periodic = [...contracts.values()].filter(({ options }) => (options.every ?? options.schedule) !== undefined);
  return periodic.filter(({ name }) => registry.has(name));
}

function isEmbedded({ embedded, broker }: WorkerOptions): boolean {
  return embedded ?? broker.embedded ?? false;
}

function heartbeatFor({ connection }: Broker): Heartbeat {
  return connection ? threadHeartbeat(connection) : timerHeartbeat;
}

function leaseOf(options: WorkerOptions): number {
  return toMilliseconds(options.lease ?? (isEmbedded(options) ? CENTURY : "30s"));
}

function cardOf(options: WorkerOptions, tasks: KnownTasks): WorkerCard {
  const { name = `${hostname()}:${process.pid}`, concurrency = 10, registry, clock = systemClock } = options;
  const { queues = isEmbedded(options) ? [ALL_QUEUES] : [...tasks.queues()] } = options;
  const schedules = schedulesIn(periodicOf(options));
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new ConfigurationError(`a worker's concurrency is a whole number from 1, but this is ${concurrency}`);
  }
  return {
    // Unique: a worker that starts anew under an old name must not keep the work of its dead namesake alive.
    id: `${name.replace(/\s+/g, "-")}:${randomUUID().slice(0, 8)}`,
    host: hostname(),
    pid: process.pid,
    queues,
    concurrency,
    started: clock.now(),
    tasks: [...registry.keys()],
    ...(schedules.length > 0 && { schedules }),
  };
}

function hostOf(options: WorkerOptions, worker: string): Host {
  const { broker, clock = systemClock, logger, contracts, validateResults, ring, tracer } = options;
  const checked = validateResults ?? process.env.NODE_ENV !== "production";
  const threads = new Threads(options.threads);
  const aside = logger && new AsideLog({ logger, clock, worker });
  return { worker, broker, clock, logger, aside, contracts, validateResults: checked, threads, ring, tracer };
}

/** What the worker can run; in threads only where there can be any, and some are wanted. */
function sourceOf({ registry, contracts, modules, threads, ring }: WorkerOptions): TaskSource {
  return {
    registry,
    contracts,
    ring,
    ...(modules && threads !== 0 && { modules: hasThreads() ? modules : new Map() }),
  };
}
