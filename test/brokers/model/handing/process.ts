/** A worker's process: the real loop over the real broker's side of a worker. Only its connections, its time and its tasks are ours. */
import { KnownTasks } from "../../../../runtime/attempt/known.js";
import type { Broker, Claim } from "../../../../runtime/broker.js";
import { createMemoryBroker } from "../../../../runtime/brokers/memory/index.js";
import { exchangeAll } from "../../../../runtime/brokers/redis/exchange.js";
import { type Holding, Holdings } from "../../../../runtime/brokers/redis/holdings.js";
import { Idling } from "../../../../runtime/brokers/redis/idling.js";
import { leave } from "../../../../runtime/brokers/redis/scripts.gen.js";
import type { Ground } from "../../../../runtime/brokers/redis/server.js";
import type { Clock } from "../../../../runtime/clock.js";
import { Threads } from "../../../../runtime/threads/pool.js";
import { Chores } from "../../../../runtime/worker/chores.js";
import { Holdings as Attempts } from "../../../../runtime/worker/holdings.js";
import { Loop } from "../../../../runtime/worker/loop.js";
import { Shadow } from "./shadow.js";
import { Wire } from "./wire.js";

export const BASE = "{tqc:0}:";
export const LEASE = 1e9;
const NEVER = 1e12;
/** From when on it makes no difference how long ago the server was told, ms. */
const LONG_AGO = 5_000;
/** Between two looks at what is due, ms. */
const PAUSE = 1_000;

const threads = new Threads();
/** What no loop asks for here. */
const rest = createMemoryBroker();

interface Timer {
  readonly whose: "loop" | "wait";
  readonly due: number;
  readonly run: () => void;
}

/** A wait of the loop's that has not ended. */
interface Wait {
  readonly signal: AbortSignal;
  readonly ms: number;
}

export class Process {
  readonly name: string;
  readonly concurrency: number;
  readonly commands = new Wire();
  waiting: Wire | undefined;
  readonly attempts: Attempts;
  readonly loop: Loop;
  readonly timers = new Set<Timer>();
  /** How its tasks are ended, by call. */
  readonly tasks = new Map<string, (() => void)[]>();
  /** Calls that have ended here. */
  readonly ended: string[] = [];
  readonly waits = new Set<Wait>();
  /** What its loop knows, worked out from what it is told: the same as what the loop itself counts. */
  readonly shadow = new Shadow();
  state: "works" | "drains" | "leaves" | "left" | "dead" = "works";
  /** Others may have been given what it held. */
  lapsed = false;
  readonly #holdings: Holdings;
  readonly #chores: Chores;
  readonly #idling: Idling;
  readonly #clock: Clock;

  constructor(parts: { readonly name: string; readonly concurrency: number; readonly clock: Pick<Clock, "now"> }) {
    const { name, concurrency } = parts;
    this.name = name;
    this.concurrency = concurrency;
    this.#clock = { now: () => parts.clock.now(), after: (ms, run) => this.#after("wait", ms, run) };
    const loopClock: Clock = {
      now: this.#clock.now,
      after: (ms, run) => this.#after("loop", ms, () => this.#ring(run)),
    };
    this.#holdings = new Holdings(this.#clock);
    let turns = 0;
    this.#holdings.turn = () => `${name}turn${turns++}x`;
    const ground = this.#ground();
    this.#idling = new Idling(ground, this.#holdings);
    const broker = this.#brokerOver(ground);
    const tasks = new KnownTasks({
      registry: new Map([["t", (run: string) => this.#start(run)]]),
      contracts: new Map(),
    });
    const pauses = { promote: PAUSE, reap: NEVER, recall: NEVER };
    const options = { tasks, worker: name, pauses, maxDeliveries: 1000, lease: LEASE };
    this.#chores = new Chores({ broker: rest, clock: this.#clock, ...options });
    const host = {
      worker: name,
      broker,
      clock: loopClock,
      logger: undefined,
      validateResults: false,
      contracts: new Map(),
      ring: undefined,
      tracer: undefined,
      threads,
    };
    this.attempts = new Attempts({ host, tasks }, () => this.loop.look());
    this.loop = new Loop({
      host,
      tasks,
      holdings: this.attempts,
      chores: this.#chores,
      queues: ["default"],
      concurrency,
      lease: LEASE,
      limits: { maxTasks: Number.POSITIVE_INFINITY, maxMemory: Number.POSITIVE_INFINITY },
      onSpent: () => {},
    });
    void this.loop.run().then(() => this.#leave());
  }

  get alive(): boolean {
    return this.state !== "dead" && this.state !== "left";
  }

  /** What it knows of its tickets. */
  get holding(): Holding {
    return this.#holdings.of(BASE, this.name);
  }

  get tickets(): ReadonlySet<string> {
    return new Set(this.holding.books.tickets);
  }

  /** The server may think that it holds more than it knows of, and it is aware of that. */
  get doubts(): boolean {
    return this.holding.books.told === Number.NEGATIVE_INFINITY;
  }

  get wires(): Wire[] {
    return this.waiting && !this.waiting.closed ? [this.commands, this.waiting] : [this.commands];
  }

  drain(): void {
    this.state = "drains";
    this.loop.drain();
  }

  /** It is gone from one moment to the next; what it has sent and nobody has read is gone as well. */
  die(): void {
    this.state = "dead";
    this.commands.sent.length = 0;
    this.waiting = undefined;
    this.timers.clear();
    this.tasks.clear();
  }

  /** A task gives its value. */
  finish(run: string): void {
    const [first, ...others] = this.tasks.get(run) ?? [];
    if (others.length > 0) this.tasks.set(run, others);
    else this.tasks.delete(run);
    this.ended.push(run);
    first?.();
  }

  /** All that decides what it does next. */
  view(isOver: (run: string) => boolean): unknown {
    const { name, state, lapsed } = this;
    const untold = this.ended.filter((run) => !isOver(run));
    if (!this.alive) return [name, state];
    const now = this.#clock.now();
    const { tickets, turns, offers, notedUntil, told } = this.holding.books;
    return [
      [name, state, lapsed, [...this.tasks.keys()], untold, this.attempts.hasMoves],
      this.shadow.view(),
      [Math.max(0, notedUntil - now), told === Number.NEGATIVE_INFINITY ? "never" : Math.min(now - told, LONG_AGO)],
      [tickets, turns, offers.map(([turn, until]) => [turn, until - now])],
      [this.#chores.pause, [...this.timers].map(({ due, whose }) => `${whose} ${due - now}`).sort()],
      [...this.waits].map(({ signal, ms }) => [signal.aborted, ms]),
      this.wires.map((wire) => wire.sent.map((sent) => [...wire.tell(sent), sent.until && sent.until - now])),
      this.waiting?.closed === false && this.waiting.unheard,
    ];
  }

  #after(whose: Timer["whose"], ms: number, run: () => void): () => void {
    const timer = { whose, due: this.#clock.now() + Math.max(0, ms), run };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** The loop's alarm. */
  #ring(run: () => void): void {
    if (this.#chores.pause === 0) this.shadow.news += 1;
    run();
  }

  #start(run: string): Promise<string> {
    return new Promise((resolve) => this.tasks.set(run, [...(this.tasks.get(run) ?? []), () => resolve(run)]));
  }

  #ground(): Ground {
    const commands = this.commands;
    return {
      bases: [BASE],
      commands,
      partitionOf: () => 0,
      everywhere: (ask) => Promise.all([ask(BASE, 0)]),
      goOnBehind: () => {},
      waitingLine: async () => {
        this.waiting = new Wire();
        return this.waiting;
      },
    };
  }

  #brokerOver(ground: Ground): Broker {
    const { shadow } = this;
    return {
      ...rest,
      exchange: (request) => {
        const settled = shadow.send(request.room);
        const reply = exchangeAll({ server: ground, holdings: this.#holdings, idling: this.#idling }, request);
        reply.then(
          ({ claims }) => settled(claims.length),
          () => settled(),
        );
        return reply;
      },
      idle: (request) => {
        const wait = { signal: request.signal, ms: request.ms };
        this.waits.add(wait);
        let news = 1;
        const handed = (claims: readonly Claim[]) => {
          shadow.news += news;
          news = 0;
          request.handed?.(claims);
        };
        return this.#idling.idle({ ...request, handed }).finally(() => {
          this.waits.delete(wait);
          if (this.waiting) this.waiting.unheard.length = 0;
          shadow.news += news;
        });
      },
    };
  }

  async #leave(): Promise<void> {
    this.state = "leaves";
    await this.commands.run(leave({ base: BASE, worker: this.name, take: [0, 0] })).catch(() => {});
    if (!this.alive) return;
    this.state = "left";
    this.#idling.close();
    this.timers.clear();
  }
}
