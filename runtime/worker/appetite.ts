/** How much work a worker asks for, and whether it is worth asking. */
import type { Holdings } from "./holdings.js";

/** Exchanges in flight. More would only make the batches smaller. */
export const LANES = 2;

export interface AppetiteParts {
  readonly holdings: Holdings;
  readonly concurrency: number;
  /** How many tasks it may start in all. */
  readonly maxTasks: number;
}

/** What one exchange asks for. */
export interface Order {
  readonly room: number;
  /** The news that were known when it was made. */
  readonly news: number;
}

export class Appetite {
  readonly #parts: AppetiteParts;
  #over = false;
  /** How often there may have been work, and how much of that has been looked into: work may wait where they differ. */
  #news = 1;
  #heard = 0;
  /** What the exchanges in flight may claim. */
  #asked = 0;
  /** Whether the last exchange was given all it had asked for. */
  #plenty = false;
  #started = 0;

  constructor(parts: AppetiteParts) {
    this.#parts = parts;
  }

  /** It asks for nothing any more, and takes nothing. */
  lose(): void {
    this.#over = true;
  }

  get isOver(): boolean {
    return this.#over;
  }

  /** There may be work. */
  hear(): void {
    this.#news += 1;
  }

  /** How many more calls it has room for, beside those that it has asked for. */
  get room(): number {
    if (this.#over) return 0;
    const { concurrency, holdings, maxTasks } = this.#parts;
    return Math.min(concurrency - holdings.running, maxTasks - this.#begun) - this.#asked;
  }

  /** Whether an exchange in flight will tell if there is work. */
  get isAsking(): boolean {
    return this.#asked > 0;
  }

  /** Whether it has started all it may. */
  get isSpent(): boolean {
    return this.#begun >= this.#parts.maxTasks;
  }

  get #begun(): number {
    return this.#started + this.#parts.holdings.ranAhead;
  }

  /** Whether to ask for work. Two exchanges need not ask for the same news, unless there was more than one could take. */
  get isHungry(): boolean {
    return this.#news > this.#heard && (this.#plenty || this.#asked === 0) && this.room > 0;
  }

  /** Asks, for no more than a share, so that the other exchange has something to ask for too. */
  order(): Order {
    const room = Math.max(0, Math.min(this.room, Math.ceil(this.#parts.concurrency / LANES)));
    this.#asked += room;
    return { room, news: this.#news };
  }

  /** Its exchange has ended, whatever came of it. */
  answered({ room }: Order): void {
    this.#asked -= room;
  }

  /** It has brought so many calls. If they are fewer than asked for, there is no more for now, but for what was heard since. */
  served({ room, news }: Order, calls: number): void {
    if (room > 0) this.#plenty = calls === room;
    if (calls < room) this.#heard = Math.max(this.#heard, news);
  }

  /** One more has been started. */
  start(): void {
    this.#started += 1;
  }
}
