/** A client's one subscription: the outcomes of the runs it has submitted, handed to whoever waits for them here. */
import type { Broker, BrokerEvent } from "../broker.js";
import type { Clock } from "../clock.js";
import { Notices } from "./notices.js";

/** Hears an event; called for as long as it is registered. */
export type Listener = (event: BrokerEvent) => void;

/** A run whose end is listened for. */
export interface Expected {
  readonly run: string;
  /** When it was submitted, in milliseconds since the epoch. */
  readonly submitted: number;
}

/** Someone who listens. */
export interface Listening {
  stop(): void;
  /** An end may have gone unheard before: it is worth a look. */
  readonly late: boolean;
}

export class Inbox {
  /** The client's id: submissions carry it as `reply`. */
  readonly client: string;
  readonly #broker: () => Promise<Broker>;
  readonly #clock: Pick<Clock, "now">;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #notices = new Notices();
  #subscription: Promise<() => Promise<void>> | undefined;

  constructor(client: string, broker: () => Promise<Broker>, clock: Pick<Clock, "now">) {
    this.client = client;
    this.#broker = broker;
    this.#clock = clock;
  }

  /**
   * Hears of a run's end, at once where it has been heard of lately. Resolves once the subscription stands. Where that
   * stood when the run was submitted, nothing can have been missed: one that is awaited costs no reading.
   */
  async listen({ run, submitted }: Expected, listener: Listener): Promise<Listening> {
    const stop = this.#register(run, listener);
    try {
      this.#subscription ??= this.#subscribe();
      await this.#subscription;
    } catch (error) {
      stop();
      this.#subscription = undefined;
      throw error;
    }
    const end = this.#notices.endOf(run);
    if (end) listener(end);
    return { stop, late: !end && !this.#notices.covers(submitted) };
  }

  /** Remembers nothing of a run that is to be forgotten. */
  forget(run: string): void {
    this.#notices.forget(run);
  }

  /** Ends the subscription, if there was one. */
  async close(): Promise<void> {
    const subscription = this.#subscription;
    this.#subscription = undefined;
    this.#listeners.clear();
    this.#notices.clear();
    const end = await subscription?.catch(() => undefined);
    await end?.();
  }

  async #subscribe(): Promise<() => Promise<void>> {
    const broker = await this.#broker();
    const end = await broker.follow({ client: this.client }, (event) => this.#hear(event));
    this.#notices.begin(this.#clock.now());
    return end;
  }

  #hear(event: BrokerEvent): void {
    if (event.kind === "gap") this.#notices.begin(this.#clock.now());
    if (event.kind === "outcome") this.#notices.note(event, this.#clock.now());
    const meant = event.kind === "gap" ? [...this.#listeners.values()] : [this.#listeners.get(event.run) ?? []];
    for (const listeners of meant) for (const listener of listeners) listener(event);
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
