/**
 * The worker's loop: exchanges tell the broker what has ended and claim what there is room for, two in flight, so that
 * tasks run here while the broker is at work. Whatever happens calls for a look at what is to be done, and one look serves
 * for all that happens within a turn of the event loop: what ends in it travels together, and nothing waits for company.
 */
import type { Host } from "../attempt/attempt.js";
import type { KnownTasks } from "../attempt/known.js";
import type { ExchangeReply } from "../broker.js";
import { Appetite, LANES } from "./appetite.js";
import type { Chores } from "./chores.js";
import type { Holdings } from "./holdings.js";
import { Intake } from "./intake.js";
import { reportLate } from "./late.js";
import { Outage } from "./outage.js";
import { Watch } from "./watch.js";

/** Milliseconds. An offer to be handed a call is known for some time less than it stands (see the broker's `Holding`). */
const LEAST_WAIT = 1_000;

export interface LoopParts {
  readonly host: Host;
  readonly tasks: KnownTasks;
  readonly holdings: Holdings;
  readonly chores: Chores;
  readonly queues: readonly string[];
  readonly concurrency: number;
  /** Milliseconds. */
  readonly lease: number;
  /** Past either it claims no more. Memory in bytes. */
  readonly limits: { readonly maxTasks: number; readonly maxMemory: number };
  /** Called when a limit is reached. */
  onSpent(): void;
}

export class Loop {
  readonly #parts: LoopParts;
  readonly #appetite: Appetite;
  readonly #intake: Intake;
  readonly #outage: Outage;
  readonly #watch: Watch;
  #abandoned = false;
  /** Whether a look is due at the end of this turn of the event loop. */
  #looking = false;
  /** Exchanges in flight, and those that wait for the end of an outage. */
  #busy = 0;
  #choring = false;
  #lost = 0;
  #lastFetch: number | undefined;
  #ended: (() => void) | undefined;

  constructor(parts: LoopParts) {
    this.#parts = parts;
    this.#appetite = new Appetite({ ...parts, maxTasks: parts.limits.maxTasks });
    this.#intake = new Intake({ ...parts, appetite: this.#appetite });
    this.#outage = new Outage(parts.host.logger);
    this.#watch = new Watch({
      host: parts.host,
      queues: parts.queues,
      onNews: () => this.#hear(true),
      onAlarm: () => this.#hear(parts.chores.pause === 0),
      onHanded: (claims) => {
        this.#appetite.hear();
        this.#intake.handed(claims);
        this.#goOn();
      },
    });
  }

  /** When the broker last answered. */
  get lastFetch(): number | undefined {
    return this.#lastFetch;
  }

  /** Moves that came too late. */
  get lost(): number {
    return this.#lost;
  }

  /** Claims no more; `run` resolves once nothing is held. */
  drain(): void {
    this.#appetite.lose();
    this.#watch.callOff();
    this.look();
  }

  /** Lets go of everything: `run` resolves soon, whatever is held. */
  abandon(): void {
    this.#abandoned = true;
    this.#outage.end();
    this.drain();
  }

  /** Turns until it has drained. */
  run(): Promise<void> {
    return new Promise((resolve) => {
      this.#ended = resolve;
      this.look();
    });
  }

  /** Something has happened: looks at what is to be done, once what runs now has had its turn. */
  look(): void {
    if (this.#looking) return;
    this.#looking = true;
    setImmediate(this.#act);
  }

  readonly #act = (): void => {
    this.#looking = false;
    if (!this.#ended) return;
    if (this.#isDone) {
      if (this.#busy === 0) this.#end(this.#ended);
      return;
    }
    while (this.#busy < LANES && (this.#parts.holdings.hasMoves || this.#asks)) void this.#turn();
    if (this.#busy < LANES) this.#await();
  };

  #end(ended: () => void): void {
    this.#ended = undefined;
    this.#watch.end();
    ended();
  }

  /** Whether to ask for work. Who does the chores asks after them. */
  get #asks(): boolean {
    return !this.#choring && this.#appetite.isHungry;
  }

  get #isDone(): boolean {
    const { holdings } = this.#parts;
    if (this.#abandoned) return true;
    // A wait that is ending may still bring a call, which has to be given back.
    return this.#appetite.isOver && !this.#watch.isOn && holdings.running === 0 && !holdings.hasMoves;
  }

  /** One round trip. During an outage nothing is lost: what could not be told is told later. */
  async #turn(): Promise<void> {
    this.#busy += 1;
    try {
      const { chores } = this.#parts;
      if (!this.#appetite.isOver && !this.#choring && chores.pause === 0) await this.#doChores();
      await this.#exchange();
      if (!this.#appetite.isOver && this.#isSpent) this.#parts.onSpent();
      this.#outage.over();
    } catch (error) {
      await this.#outage.pause(error);
    }
    this.#busy -= 1;
    this.#goOn();
  }

  /**
   * Where nothing runs, nothing can end within this turn that could travel along: the next step of a chain need not wait for
   * its end. A broker in this process replies at once, and would leave nobody else a turn.
   */
  #goOn(): void {
    const { host, holdings } = this.#parts;
    if (holdings.running > 0 || host.broker.embedded) this.look();
    else this.#act();
  }

  async #doChores(): Promise<void> {
    this.#choring = true;
    try {
      const { work, claims } = await this.#parts.chores.run(this.#appetite.room);
      if (work) this.#appetite.hear();
      this.#intake.claimed(claims);
    } finally {
      this.#choring = false;
    }
  }

  get #isSpent(): boolean {
    const { maxMemory } = this.#parts.limits;
    if (this.#appetite.isSpent) return true;
    return maxMemory !== Number.POSITIVE_INFINITY && process.memoryUsage.rss() > maxMemory;
  }

  async #exchange(): Promise<void> {
    const { host, holdings, chores, queues, lease } = this.#parts;
    const order = this.#appetite.order();
    const { room } = order;
    const [moves, ahead] = [holdings.take(), holdings.wantedAhead];
    // Nothing runs, nothing else is asked for, and no wait is under way: what comes next may be handed to it while it waits.
    const isFree = holdings.running === 0 && this.#busy === 1 && !this.#watch.isWanted;
    const idleFor = room > 0 && isFree ? this.#wait : 0;
    let reply: ExchangeReply;
    try {
      reply = await host.broker.exchange({ worker: host.worker, queues, lease, moves, room, ahead, idleFor });
    } catch (error) {
      holdings.putBack(moves);
      throw error;
    } finally {
      this.#appetite.answered(order);
    }
    this.#lastFetch = host.clock.now();
    this.#appetite.served(order, reply.claims.length);
    chores.expect(reply.due);
    this.#intake.claimed(reply.claims);
    if (reply.replies.includes("lost")) this.#lost += reportLate(host, moves, reply);
    // Whatever has happened meanwhile: it may have been handed a call already.
    if (idleFor > 0 && reply.claims.length === 0 && !this.#watch.isWanted) this.#idle(idleFor);
  }

  /** Waits for news beside the running tasks, as long as there is room for more. */
  #await(): void {
    // An exchange in flight, or the one after the chores, will tell whether there is anything to wait for.
    if (this.#appetite.isAsking || this.#choring) return;
    if (this.#appetite.room === 0) {
      // A worker that waits takes the wake-up that an idle one needs.
      this.#watch.callOff();
      return;
    }
    this.#watch.setAlarm(this.#parts.chores.pause);
    if (!this.#watch.isOn) this.#idle(this.#wait);
  }

  /** For how long to wait, ms: the alarm rings when there is something to do, but a wait that is as good as over saves nothing. */
  get #wait(): number {
    const { pause } = this.#parts.chores;
    return pause > 0 ? Math.max(pause, LEAST_WAIT) : 0;
  }

  #idle(ms: number): void {
    this.#watch.idle(ms);
    if (this.#appetite.isOver) this.#watch.callOff();
  }

  #hear(isNews: boolean): void {
    if (isNews) this.#appetite.hear();
    this.look();
  }
}
