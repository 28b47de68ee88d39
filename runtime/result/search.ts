/** Looking for runs that may be gone: one search at a time, for all that are asked after meanwhile. */
import type { Broker } from "../broker.js";

interface Inquiry {
  readonly runs: Set<string>;
  readonly missing: Promise<ReadonlySet<string>>;
}

export class Search {
  readonly #broker: () => Promise<Broker>;
  /** The search that is under way. */
  #current: Promise<unknown> = Promise.resolve();
  /** The one that follows it, if anybody has asked. */
  #next: Inquiry | undefined;

  constructor(broker: () => Promise<Broker>) {
    this.#broker = broker;
  }

  /** Whether the broker has no trace of a run. */
  async isMissing(run: string): Promise<boolean> {
    this.#next ??= this.#open();
    const { runs, missing } = this.#next;
    runs.add(run);
    return (await missing).has(run);
  }

  #open(): Inquiry {
    const runs = new Set<string>();
    const missing = this.#after(this.#current, runs);
    this.#current = missing.catch(() => {});
    return { runs, missing };
  }

  async #after(current: Promise<unknown>, runs: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    await current;
    this.#next = undefined;
    const broker = await this.#broker();
    return new Set(await broker.missing([...runs]));
  }
}
