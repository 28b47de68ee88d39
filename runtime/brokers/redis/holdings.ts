import { type Clock, steadyClock } from "../../clock.js";

/** What each worker knows that it holds. A reply that is lost on the way leaves it with work it does not know of. */
export class Holdings {
  /** By which offers end. */
  readonly clock: Clock;
  readonly #holdings = new Map<string, Holding>();
  /** Lone runs whose progress was reported from here: it has to go with them. */
  readonly reported = new Set<string>();
  #turn = 0;

  constructor(clock: Clock = steadyClock) {
    this.clock = clock;
  }

  /** A word that no other exchange of this process has had. */
  turn(): string {
    this.#turn += 1;
    return this.#turn.toString(36);
  }

  of(base: string, worker: string): Holding {
    const key = `${base}${worker}`;
    const found = this.#holdings.get(key) ?? new Holding(this.clock);
    this.#holdings.set(key, found);
    return found;
  }
}

/** Between two comparisons with the server's books, ms: one that failed over may have lost what it had said. */
const RECKONING = 5_000;

/** How far a worker and the server may be apart in when a wait ends, ms: an end is taken for so much earlier, or later. */
const GRACE = 200;

/** The turn in which a ticket was given: a ticket is time-turn-number. */
export function turnOf(ticket: string): string {
  return ticket.split("-")[1] ?? "";
}

/** What a worker knows of what it holds, and of what it may be handed. */
export interface Books {
  readonly tickets: readonly string[];
  /** Whose replies are still to come. */
  readonly turns: readonly string[];
  /** Turns in which it may be handed a call, and until when. */
  readonly offers: readonly (readonly [turn: string, until: number])[];
  /** Until when the server surely has it down as waiting. */
  readonly notedUntil: number;
  /** When the server was last told. */
  readonly told: number;
}

/** One worker's tickets. */
export class Holding {
  readonly #clock: Clock;
  readonly #tickets = new Set<string>();
  /** Turns whose replies are still to come: their tickets are not known yet, and yet not lost. */
  readonly #turns = new Set<string>();
  /** Turns in which it may be handed a call, and until when. */
  readonly #offers = new Map<string, number>();
  /** Until when the last of them surely stands on the server; long past where it does not. */
  #notedUntil = Number.NEGATIVE_INFINITY;
  /** When the server was last told what is known here. Never, at the start and after a lost reply. */
  #told = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock = steadyClock) {
    this.#clock = clock;
  }

  /** The tickets it knows and the turns it waits for, where the server may think that it holds more; else "*". */
  get known(): string {
    if (this.#clock.now() - this.#told < RECKONING) return "*";
    this.#renounce();
    return [...this.#tickets, ...this.#turns, ...this.#offers.keys()].join(" ");
  }

  /** All of that, for those who look in from outside: nothing they do with it changes anything here. */
  get books(): Books {
    return {
      tickets: [...this.#tickets],
      turns: [...this.#turns],
      offers: [...this.#offers],
      notedUntil: this.#notedUntil,
      told: this.#told,
    };
  }

  /** For how long it may still be handed a call, ms; 0 if it may not. */
  get offered(): number {
    return Math.max(0, ...[...this.#offers.values()].map((until) => until - this.#clock.now()));
  }

  /**
   * From now on it may be handed a call under a ticket of this turn, for so many ms. It is said before the server hears of
   * it: what it is handed comes another way than the reply, and may be here first.
   */
  offer(turn: string, ms: number): void {
    this.#offers.set(turn, this.#clock.now() + ms + GRACE);
    this.#notedUntil = this.#clock.now() + ms - GRACE;
  }

  /** The server has heard of the offer by now, and may have done so just now. One that was taken up already is over. */
  confirm(turn: string, ms: number): void {
    if (this.#offers.has(turn)) this.#offers.set(turn, this.#clock.now() + ms + GRACE);
  }

  /** Turns in which it may be handed a call, or has been: but for those of which the server may not have heard yet. */
  get standing(): string[] {
    return [...this.#offers.keys()].filter((turn) => !this.#turns.has(turn));
  }

  /** The server offers it nothing in this turn, any more or because it had work. */
  withdraw(turn: string): void {
    if (this.#offers.delete(turn)) this.strike();
  }

  /** For how long the server surely knows that it waits, ms; 0 where it has to be told. */
  get noted(): number {
    return Math.max(0, this.#notedUntil - this.#clock.now());
  }

  /** A wait has ended: whatever ended it, the server no longer has this worker down as waiting. */
  strike(): void {
    this.#notedUntil = Number.NEGATIVE_INFINITY;
  }

  /** Whether a ticket that it was handed is of a turn in which that was to be expected; then it is added. */
  accept(ticket: string): boolean {
    const expected = this.#offers.delete(turnOf(ticket));
    if (expected) this.add(ticket);
    return expected;
  }

  /** The server may think that it holds more than it knows of. */
  doubt(): void {
    this.#told = Number.NEGATIVE_INFINITY;
    this.#offers.clear();
    this.strike();
  }

  /**
   * What it was handed in time may be heard of late, by a process that stood still: until the server is told otherwise, it
   * is this worker's. So an offer is forgotten only when that is said, and long after it has ended.
   */
  #renounce(): void {
    for (const [turn, until] of this.#offers) {
      if (until + RECKONING <= this.#clock.now()) this.#offers.delete(turn);
    }
  }

  /** The server knows what is known here. */
  trust(): void {
    this.#told = this.#clock.now();
  }

  /** Asks for tickets, and adds them: until it has, the server is told that this turn's are on their way. */
  async take<Reply>(turn: string, ask: () => Promise<Reply>): Promise<Reply> {
    this.#turns.add(turn);
    try {
      return await ask();
    } catch (error) {
      this.doubt();
      throw error;
    } finally {
      this.#turns.delete(turn);
    }
  }

  add(ticket: string): void {
    this.#tickets.add(ticket);
  }

  delete(ticket: string): void {
    this.#tickets.delete(ticket);
  }
}
