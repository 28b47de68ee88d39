/**
 * The worker's loop: exchanges tell the broker what has ended and claim what there is room for, two in flight, so that
 * tasks run here while the broker is at work. Whatever happens calls for a look at what is to be done, and one look serves
 * for all that happens within a turn of the event loop: what ends in it travels together, and nothing waits for company.
 */
import { Attempt, type Host } from "../attempt/attempt.js";
import type { KnownTasks } from "../attempt/known.js";
import { released } from "../attempt/moves.js";
import { open } from "../attempt/perform.js";
import type { Claim, ExchangeReply, ExchangeRequest, Move } from "../broker.js";
import type { Chores } from "./chores.js";
import type { Holdings } from "./holdings.js";
import { Outage } from "./outage.js";
import { Watch } from "./watch.js";

/** Exchanges in flight. More would only make the batches smaller. */
const LANES = 2;

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
  readonly #outage: Outage;
  readonly #watch: Watch;
  #accepting = true;
  #abandoned = false;
  /** Whether a look is due at the end of this turn of the event loop. */
  #looking = false;
  /** Exchanges in flight, and those that wait for the end of an outage. */
  #busy = 0;
  /** How often there may have been work, and how much of that has been looked into: work may wait where they differ. */
  #news = 1;
  #heard = 0;
  /** What the exchanges in flight may claim. */
  #asked = 0;
  /** Whether the last exchange was given all it had asked for. */
  #plenty = false;
  #choring = false;
  #started = 0;
  #lost = 0;
  #lastFetch: number | undefined;
  #ended: (() => void) | undefined;

  constructor(parts: LoopParts) {
    this.#parts = parts;
    this.#outage = new Outage(parts.host.logger);
    this.#watch = new Watch({
      host: parts.host,
      queues: parts.queues,
      onNews: () => this.#hear(true),
      onAlarm: () => this.#hear(parts.chores.pause === 0),
      onHanded: (claims) => this.#acceptHanded(claims),
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
    this.#accepting = false;
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
    while (this.#busy < LANES && (this.#parts.holdings.hasMoves || this.#mayHaveMore)) void this.#turn();
    if (this.#busy < LANES) this.#await();
  };

  #end(ended: () => void): void {
    this.#ended = undefined;
    this.#watch.end();
    ended();
  }

  /**
   * Whether to ask for work. Two exchanges need not ask for the same news, unless there was more than one could take; who
   * does the chores asks after them.
   */
  get #mayHaveMore(): boolean {
    return this.#news > this.#heard && this.#room > 0 && !this.#choring && (this.#plenty || this.#asked === 0);
  }

  get #isDone(): boolean {
    const { holdings } = this.#parts;
    if (this.#abandoned) return true;
    // A wait that is ending may still bring a call, which has to be given back.
    return !this.#accepting && !this.#watch.isOn && holdings.running === 0 && !holdings.hasMoves;
  }

  get #room(): number {
    const { concurrency, holdings, limits } = this.#parts;
    if (!this.#accepting) return 0;
    return Math.min(concurrency - holdings.running, limits.maxTasks - this.#started) - this.#asked;
  }

  /** One round trip. During an outage nothing is lost: what could not be told is told later. */
  async #turn(): Promise<void> {
    this.#busy += 1;
    try {
      const { chores } = this.#parts;
      if (this.#accepting && !this.#choring && chores.pause === 0) await this.#doChores();
      await this.#exchange();
      if (this.#accepting && this.#isSpent) this.#parts.onSpent();
      this.#outage.over();
    } catch (error) {
      await this.#outage.pause(error);
    }
    this.#busy -= 1;
    this.look();
  }

  async #doChores(): Promise<void> {
    this.#choring = true;
    try {
      const { work, claims } = await this.#parts.chores.run(this.#room);
      if (work) this.#news += 1;
      this.#accept(claims);
    } finally {
      this.#choring = false;
    }
  }

  get #isSpent(): boolean {
    const { maxTasks, maxMemory } = this.#parts.limits;
    if (this.#started >= maxTasks) return true;
    return maxMemory !== Number.POSITIVE_INFINITY && process.memoryUsage.rss() > maxMemory;
  }

  async #exchange(): Promise<void> {
    const { host, holdings, chores } = this.#parts;
    const [room, news] = [this.#share, this.#news];
    const moves = holdings.take();
    // Nothing runs, and nothing else is asked for: what comes next may be handed to it while it waits.
    const idleFor = room > 0 && holdings.running === 0 && this.#busy === 1 ? chores.pause : 0;
    this.#asked += room;
    const reply = await this.#send({ moves, room, idleFor });
    this.#lastFetch = host.clock.now();
    // There is no more for now; what has been heard of since is still to be looked into.
    if (room > 0) this.#plenty = reply.claims.length === room;
    if (reply.claims.length < room) this.#heard = Math.max(this.#heard, news);
    chores.expect(reply.due);
    this.#accept(reply.claims);
    if (reply.replies.includes("lost")) this.#reportLost(moves, reply);
    // Whatever has happened meanwhile: it may have been handed a call already.
    if (idleFor > 0 && reply.claims.length === 0 && !this.#watch.isWanted) this.#idle(idleFor);
  }

  /** What one exchange asks for, so that the other has something to ask for too. */
  get #share(): number {
    return Math.max(0, Math.min(this.#room, Math.ceil(this.#parts.concurrency / LANES)));
  }

  async #send(asked: Pick<ExchangeRequest, "moves" | "room" | "idleFor">): Promise<ExchangeReply> {
    const { host, holdings, queues, lease } = this.#parts;
    try {
      return await host.broker.exchange({ worker: host.worker, queues, lease, ...asked });
    } catch (error) {
      holdings.putBack(asked.moves);
      throw error;
    } finally {
      this.#asked -= asked.room;
    }
  }

  /** Starts what was claimed; what arrives after the call to drain goes back unspent. */
  #accept(claims: readonly Claim[]): void {
    const { host, tasks, holdings } = this.#parts;
    for (const claim of claims) {
      if (!this.#accepting) {
        holdings.add(released(claim));
        continue;
      }
      const opened = open(claim, host, tasks);
      if (!(opened instanceof Attempt)) {
        holdings.add(opened);
        continue;
      }
      this.#started += 1;
      holdings.start(opened);
    }
  }

  #reportLost(moves: readonly Move[], { replies }: ExchangeReply): void {
    const { host } = this.#parts;
    replies.forEach((reply, i) => {
      const move = moves[i];
      if (reply === "ok" || !move) return;
      this.#lost += 1;
      const node = "run" in move ? { runId: move.run, node: move.index } : { ticket: move.ticket };
      host.logger?.warn(
        { ...node, worker: host.worker },
        `a ${move.kind} came too late: the task was no longer this worker's`,
      );
    });
  }

  /** Waits for news beside the running tasks, as long as there is room for more. */
  #await(): void {
    // An exchange in flight, or the one after the chores, will tell whether there is anything to wait for.
    if (this.#asked > 0 || this.#choring) return;
    if (this.#room === 0) {
      // A worker that waits takes the wake-up that an idle one needs.
      this.#watch.callOff();
      return;
    }
    const { pause } = this.#parts.chores;
    this.#watch.setAlarm(pause);
    if (!this.#watch.isOn) this.#idle(pause);
  }

  #idle(ms: number): void {
    this.#watch.idle(ms);
    if (!this.#accepting) this.#watch.callOff();
  }

  #hear(isNews: boolean): void {
    if (isNews) this.#news += 1;
    this.look();
  }

  /** What was handed to a worker that has got work elsewhere meanwhile goes to another. */
  #acceptHanded(claims: readonly Claim[]): void {
    if (this.#room > 0) this.#accept(claims);
    else for (const claim of claims) this.#parts.holdings.add(released(claim));
  }
}
