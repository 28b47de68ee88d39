/** What any worker does now and then for all: promote what is due, reap the dead, take back what was set aside. */
import type { KnownTasks } from "../attempt/known.js";
import type { Claim, Consuming } from "../broker.js";
import type { Clock } from "../clock.js";

/** How much one call moves at most. */
const SLICE = 1_000;
/** Between two looks at what was set aside, ms. */
const RECALL_PAUSE = 5_000;

export interface ChoreOptions {
  readonly broker: Pick<Consuming, "promote" | "reap" | "recall">;
  readonly clock: Clock;
  readonly tasks: KnownTasks;
  readonly worker: string;
  /** Milliseconds. */
  readonly lease: number;
  readonly maxDeliveries: number;
}

export class Chores {
  readonly #options: ChoreOptions;
  #promoteAt: number | undefined = 0;
  #reapAt = 0;
  #recallAt = 0;

  constructor(options: ChoreOptions) {
    this.#options = options;
  }

  /** When delayed work is due next, in ms from now; undefined for none. */
  expect(due: number | undefined): void {
    this.#promoteAt = due === undefined ? undefined : this.#options.clock.now() + due;
  }

  /** Milliseconds until there is something to do. */
  get pause(): number {
    const { clock } = this.#options;
    const next = Math.min(this.#promoteAt ?? Number.POSITIVE_INFINITY, this.#reapAt, this.#recallAt);
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
    const { broker, clock } = this.#options;
    if (this.#promoteAt === undefined || this.#promoteAt > clock.now()) return false;
    this.#promoteAt = undefined;
    await broker.promote(SLICE);
    // Even where nothing was due: only the next exchange tells when something will be.
    return true;
  }

  async #reap(): Promise<boolean> {
    const { broker, clock, lease, maxDeliveries } = this.#options;
    if (this.#reapAt > clock.now()) return false;
    this.#reapAt = clock.now() + lease / 2;
    return (await broker.reap(maxDeliveries, SLICE)) > 0;
  }

  async #recall(room: number): Promise<readonly Claim[]> {
    const { broker, clock, tasks, worker } = this.#options;
    if (room === 0 || this.#recallAt > clock.now()) return [];
    this.#recallAt = clock.now() + RECALL_PAUSE;
    return broker.recall(worker, tasks.fingerprints(), room);
  }
}
