/** A client's one subscription: the outcomes of the runs it has submitted, handed to whoever waits for them here. */
import type { Broker, BrokerEvent } from "../broker.js";

/** Hears an event; called for as long as it is registered. */
export type Listener = (event: BrokerEvent) => void;

export class Inbox {
  /** The client's id: submissions carry it as `reply`. */
  readonly client: string;
  readonly #broker: () => Promise<Broker>;
  readonly #listeners = new Map<string, Set<Listener>>();
  #subscription: Promise<() => Promise<void>> | undefined;

  constructor(client: string, broker: () => Promise<Broker>) {
    this.client = client;
    this.#broker = broker;
  }

  /** Hears of a run's end. Resolves once the subscription stands, so that what is read afterwards misses nothing. */
  async listen(run: string, listener: Listener): Promise<() => void> {
    const stop = this.#register(run, listener);
    try {
      this.#subscription ??= this.#subscribe();
      await this.#subscription;
      return stop;
    } catch (error) {
      stop();
      this.#subscription = undefined;
      throw error;
    }
  }

  /** Ends the subscription, if there was one. */
  async close(): Promise<void> {
    const subscription = this.#subscription;
    this.#subscription = undefined;
    this.#listeners.clear();
    const end = await subscription?.catch(() => undefined);
    await end?.();
  }

  async #subscribe(): Promise<() => Promise<void>> {
    const broker = await this.#broker();
    return broker.follow({ client: this.client }, (event) => {
      const meant = event.kind === "gap" ? [...this.#listeners.values()] : [this.#listeners.get(event.run) ?? []];
      for (const listeners of meant) for (const listener of listeners) listener(event);
    });
  }

  #register(run: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(run) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(run, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(run);
    };
  }
}
