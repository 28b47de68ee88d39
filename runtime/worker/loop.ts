/**
 * The worker's loop: one exchange in flight, which tells the broker what has ended and claims what there is room for.
 * What ends within one turn of the event loop travels together; when nothing is to be told and nothing to be had, it waits.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { Attempt, type Host } from "../attempt/attempt.js";
import type { KnownTasks } from "../attempt/known.js";
import { released } from "../attempt/moves.js";
import { open } from "../attempt.js";
import type { Claim, ExchangeReply, Move } from "../broker.js";
import type { Bell } from "./bell.js";
import type { Chores } from "./chores.js";
import type { Holdings } from "./holdings.js";
import { Outage } from "./outage.js";

export interface LoopParts {
  readonly host: Host;
  readonly tasks: KnownTasks;
  readonly holdings: Holdings;
  readonly chores: Chores;
  readonly bell: Bell;
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
  /** The wait for news that is under way. */
  #idling: AbortController | undefined;
  #accepting = true;
  #abandoned = false;
  /** Whether an exchange may find work, for all this worker knows. */
  #hungry = true;
  #started = 0;
  #lost = 0;
  #lastFetch: number | undefined;

  constructor(parts: LoopParts) {
    this.#parts = parts;
    this.#outage = new Outage(parts.host.logger);
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
    this.#idling?.abort();
    this.#parts.bell.ring();
  }

  /** Lets go of everything: `run` resolves soon, whatever is held. */
  abandon(): void {
    this.#abandoned = true;
    this.#outage.end();
    this.drain();
  }

  /** Turns until it has drained. */
  async run(): Promise<void> {
    const { bell, holdings } = this.#parts;
    while (!this.#isDone) {
      if (holdings.hasMoves || (this.#hungry && this.#room > 0)) await this.#turn();
      else {
        this.#watch();
        await bell.wait();
      }
    }
    this.#idling?.abort();
  }

  get #isDone(): boolean {
    const { holdings } = this.#parts;
    return this.#abandoned || (!this.#accepting && holdings.running === 0 && !holdings.hasMoves);
  }

  get #room(): number {
    const { concurrency, holdings, limits } = this.#parts;
    return this.#accepting ? Math.min(concurrency - holdings.running, limits.maxTasks - this.#started) : 0;
  }

  /** One round trip. During an outage nothing is lost: what could not be told is told later. */
  async #turn(): Promise<void> {
    try {
      if (this.#accepting && this.#parts.chores.pause === 0) await this.#doChores();
      await this.#exchange();
      if (this.#accepting && this.#isSpent) this.#parts.onSpent();
      this.#outage.over();
    } catch (error) {
      await this.#outage.pause(error);
    }
    // Tasks get a turn of the event loop between two batches, and what ends in it travels together.
    await nextTurn();
  }

  async #doChores(): Promise<void> {
    const { work, claims } = await this.#parts.chores.run(this.#room);
    if (work) this.#hungry = true;
    this.#accept(claims);
  }

  get #isSpent(): boolean {
    const { maxTasks, maxMemory } = this.#parts.limits;
    if (this.#started >= maxTasks) return true;
    return maxMemory !== Number.POSITIVE_INFINITY && process.memoryUsage.rss() > maxMemory;
  }

  async #exchange(): Promise<void> {
    const { host, holdings, queues, lease, chores } = this.#parts;
    const room = this.#room;
    const moves = holdings.take();
    const reply = await this.#send({ moves, room, queues, lease });
    this.#lastFetch = host.clock.now();
    this.#hungry = reply.claims.length >= room;
    chores.expect(reply.due);
    this.#accept(reply.claims);
    if (reply.replies.includes("lost")) this.#reportLost(moves, reply);
  }

  async #send(request: {
    moves: Move[];
    room: number;
    queues: readonly string[];
    lease: number;
  }): Promise<ExchangeReply> {
    const { host, holdings } = this.#parts;
    try {
      return await host.broker.exchange({ worker: host.worker, ...request });
    } catch (error) {
      holdings.putBack(request.moves);
      throw error;
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
  #watch(): void {
    const { host, queues, chores, bell } = this.#parts;
    if (this.#room === 0) {
      // A waiting worker takes the wake-up that an idle one needs.
      this.#idling?.abort();
      return;
    }
    if (this.#idling) return;
    const idling = new AbortController();
    this.#idling = idling;
    host.broker
      .idle({ worker: host.worker, queues, ms: chores.pause, signal: idling.signal })
      // The exchange that follows meets the same outage, and reports it.
      .catch(() => {})
      .then(() => {
        if (this.#idling === idling) this.#idling = undefined;
        this.#hungry = true;
        bell.ring();
      });
  }
}
