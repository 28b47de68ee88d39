/** What each worker knows that it holds. A reply that is lost on the way leaves it with work it does not know of. */
export class Holdings {
  readonly #holdings = new Map<string, Holding>();
  /** Lone runs whose progress was reported from here: it has to go with them. */
  readonly reported = new Set<string>();
  #turn = 0;

  /** A word that no other exchange of this process has had. */
  turn(): string {
    this.#turn += 1;
    return this.#turn.toString(36);
  }

  of(base: string, worker: string): Holding {
    const key = `${base}${worker}`;
    const found = this.#holdings.get(key) ?? new Holding();
    this.#holdings.set(key, found);
    return found;
  }
}

/** One worker's tickets. */
export class Holding {
  readonly #tickets = new Set<string>();
  /** Whether the server may think that it holds more: at the start, and after a lost reply. */
  #doubt = true;

  /** The tickets it knows, if there is doubt; else "*". */
  get known(): string {
    return this.#doubt ? [...this.#tickets].join(" ") : "*";
  }

  doubt(): void {
    this.#doubt = true;
  }

  trust(): void {
    this.#doubt = false;
  }

  add(ticket: string): void {
    this.#tickets.add(ticket);
  }

  delete(ticket: string): void {
    this.#tickets.delete(ticket);
  }
}
