/** A worker for one errand: tools move messages by the same verbs, under the same leases, as any worker does. */
import { hostname } from "node:os";
import type { Broker, Claim, Move } from "../../runtime/broker.js";

/** Long enough for an errand; were the tool to die, others get back what it held. */
const LEASE = 60_000;
/** How many messages are in hand at once. */
const BATCH = 500;

/** A worker that is announced and has claimed nothing yet. */
export class Errand {
  readonly #broker: Broker;
  readonly #queues: readonly string[];
  readonly id = `tqc:${hostname()}:${process.pid}`;

  constructor(broker: Broker, queues: readonly string[]) {
    this.#broker = broker;
    this.#queues = queues;
  }

  /** Claims up to `most` messages of its queues. */
  async claim(most: number): Promise<readonly Claim[]> {
    const room = Math.min(most, BATCH);
    return room === 0 ? [] : (await this.#exchange([], room)).claims;
  }

  /** Takes back what was set aside of the tasks, whatever refused it. */
  recall(tasks: readonly string[]): Promise<readonly Claim[]> {
    // No contract has this fingerprint, so it differs from that of the worker that refused.
    const fingerprints = new Map(tasks.map((task) => [task, "errand"]));
    return this.#broker.recall({ worker: this.id, fingerprints, room: BATCH, lease: LEASE });
  }

  /** Makes moves; how many of them were still this errand's to make. */
  async move(moves: readonly Move[]): Promise<number> {
    const { replies } = await this.#exchange(moves, 0);
    return replies.filter((reply) => reply === "ok").length;
  }

  #exchange(moves: readonly Move[], room: number) {
    return this.#broker.exchange({ worker: this.id, queues: this.#queues, room, lease: LEASE, moves });
  }

  /** Announces a worker, runs `use` with it, and removes it. */
  static async run<T>(broker: Broker, queues: readonly string[], use: (errand: Errand) => Promise<T>): Promise<T> {
    const errand = new Errand(broker, queues);
    const card = {
      id: errand.id,
      host: hostname(),
      pid: process.pid,
      queues,
      concurrency: BATCH,
      started: Date.now(),
      tasks: [],
    };
    await broker.extend(card, LEASE);
    try {
      return await use(errand);
    } finally {
      await broker.leave(errand.id);
    }
  }
}
