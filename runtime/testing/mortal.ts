/** The broker as a worker sees it that may die: from then on, nothing it says arrives and no answer comes. */
import type { Broker, Claim, ExchangeReply, ExchangeRequest, Move } from "../broker.js";
import { readMessage } from "../wire.js";
import type { Fates } from "./fates.js";

/** What decides over a worker's life. */
export interface MortalParts {
  readonly broker: Broker;
  readonly fates: Fates;
  /** A task's own name, from one it goes by in a message. */
  nameOf(task: string): string;
  /** Called once, with the worker's id, at its death. */
  onDeath(worker: string): Promise<void>;
}

/** A view of a broker for one worker. */
export function mortal(parts: MortalParts): Broker {
  const life = new Life(parts);
  const own: Partial<Broker> = {
    exchange: (request) => life.exchange(request),
    recall: (request) => life.recall(request.worker, parts.broker.recall(request)),
  };
  return new Proxy(parts.broker, {
    get(broker, verb: keyof Broker) {
      const said: unknown = own[verb] ?? broker[verb];
      return typeof said === "function" ? (...args: unknown[]) => life.ask(() => said.apply(broker, args)) : said;
    },
  });
}

const silence = new Promise<never>(() => {});

class Life {
  readonly #parts: MortalParts;
  /** Ticket -> task. */
  readonly #held = new Map<string, string>();
  #over = false;

  constructor(parts: MortalParts) {
    this.#parts = parts;
  }

  async ask(verb: () => unknown): Promise<unknown> {
    const reply = this.#over ? silence : await verb();
    return this.#over ? silence : reply;
  }

  async exchange(request: ExchangeRequest): Promise<ExchangeReply> {
    const { broker, fates } = this.#parts;
    const ended = this.#endedBy(request.moves);
    if (fates.strike("run", ended)) return this.#die(request.worker);
    const reply = await broker.exchange(request);
    const claimed = this.#note(reply.claims);
    if (fates.strike("settle", ended) || fates.strike("claim", claimed)) return this.#die(request.worker);
    return reply;
  }

  async recall(worker: string, reply: Promise<readonly Claim[]>): Promise<readonly Claim[]> {
    const claims = await reply;
    return this.#parts.fates.strike("claim", this.#note(claims)) ? this.#die(worker) : claims;
  }

  /** The tasks whose attempts end with these moves. */
  #endedBy(moves: readonly Move[]): string[] {
    return moves.flatMap(({ kind, ticket }) => {
      const task = this.#held.get(ticket);
      this.#held.delete(ticket);
      return task !== undefined && kind !== "release" && kind !== "setAside" ? [task] : [];
    });
  }

  #note(claims: readonly Claim[]): string[] {
    return claims.map(({ ticket, text }) => {
      const task = this.#parts.nameOf(readMessage(text).header.task);
      this.#held.set(ticket, task);
      return task;
    });
  }

  async #die(worker: string): Promise<never> {
    if (!this.#over) {
      this.#over = true;
      await this.#parts.onDeath(worker);
    }
    return silence;
  }
}
