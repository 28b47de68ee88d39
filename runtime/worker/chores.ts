/** What any worker does now and then for all: promote what is due, reap the dead, take back what was set aside. */
import type { KnownTasks } from "../attempt/known.js";
import type { Claim, Consuming } from "../broker.js";
import type { Clock } from "../clock.js";

/** How much one call moves at most. */
const SLICE = 1_000;
/** How much of one kind a broker makes of that. */
const MANY = 500;
/** Between two looks, ms. A wake-up that was lost costs no more than `promote`. */
export interface Pauses {
  readonly promote: number;
  readonly reap: number;
  readonly recall: number;
}

export interface ChoreOptions {
  readonly broker: Pick<Consuming, "promote" | "reap" | "recall">;
  readonly clock: Clock;
  readonly tasks: KnownTasks;
  readonly worker: string;
  readonly pauses: Pauses;
  readonly maxDeliveries: number;
  /** Milliseconds. */
  readonly lease: number;
}

export class Chores {
  readonly #options: ChoreOptions;
  #promoteAt = 0;
  #reapAt = 0;
  #recallAt = 0;

  constructor(options: ChoreOptions) {
    this.#options = options;
  }

  /** When delayed work is due next, in ms from now; undefined for none. An earlier moment that was told stands. */
  expect(due: number | undefined): void {
    const { clock, pauses } = this.#options;
    const now = clock.now();
    const next = now + Math.min(due ?? pauses.promote, pauses.promote);
    this.#promoteAt = this.#promoteAt > now ? Math.min(this.#promoteAt, next) : next;
  }

  /** Milliseconds until there is something to do. */
  get pause(): number {
    const { clock } = this.#options;
    const next = Math.min(this.#promoteAt, this.#reapAt, this.#recallAt);
    return Math.max(0, next - clock.now());
  }

  /** Does what is due. Says whether there may be new work, and what was taken back right away. */
  async run(room: number): Promise<{ readonly work: boolean; readonly claims: readonly Claim[] }> {
    const promoted = await this.#promote();
    const reaped = await this.#reap();
    const claims = await this.#recall(room);
    return { work: promoted || reaped, claims };
  }

  async #promote(): Promise<boolean> {
    const { broker, clock, pauses } = this.#options;
    if (this.#promoteAt > clock.now()) return false;
    // The exchange that follows tells when something will be due again.
    this.#promoteAt = clock.now() + pauses.promote;
    const moved = await broker.promote(SLICE);
    // Where so much was due at once, there may be more.
    if (moved >= MANY) this.#promoteAt = clock.now();
    return moved > 0;
  }

  async #reap(): Promise<boolean> {
    const { broker, clock, pauses, maxDeliveries } = this.#options;
    if (this.#reapAt > clock.now()) return false;
    this.#reapAt = clock.now() + pauses.reap;
    return (await broker.reap(maxDeliveries, SLICE)) > 0;
  }

  async #recall(room: number): Promise<readonly Claim[]> {
    const { broker, clock, tasks, worker, pauses, lease } = this.#options;
    if (room === 0 || this.#recallAt > clock.now()) return [];
    const claims = await broker.recall({ worker, fingerprints: tasks.fingerprints(), room, lease });
    // Who is given all there is room for asks again once there is more: a worker of one slot is given one at a time.
    if (claims.length < room) this.#recallAt = clock.now() + pauses.recall;
    return claims;
  }
}
