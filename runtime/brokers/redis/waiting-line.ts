/** A connection on which one waits for what comes into a list. What is said before leaves in the same write. */
import { type Address, type Client, Connection, runKnown } from "./connection.js";
import type { ConnectionOptions } from "./options.js";
import type { Invocation } from "./scripts.gen.js";

/** A list, and how long to wait for it, ms. */
export interface ListWait {
  readonly list: string;
  readonly ms: number;
}

/** Where one waits. What it is asked for while it is not ready throws. */
export interface WaitingLine {
  readonly isReady: boolean;
  /** Resolves when it is ready. Throws BrokerUnavailableError where that takes too long. */
  ready(): Promise<void>;
  /** The first of a list; empty where nothing came in time. */
  wait(wait: ListWait): Promise<string>;
  /** The reply of a script, then the first of a list. A script that the server does not know rejects. */
  runAndWait<Reply>(
    invocation: Invocation,
    wait: ListWait,
  ): { readonly reply: Promise<Reply>; readonly word: Promise<string> };
  close(): void;
}

export class WaitingConnection implements WaitingLine {
  readonly #connection: Connection;
  /** Milliseconds. */
  readonly #timeout: number;

  constructor(address: Address, options: ConnectionOptions) {
    this.#connection = new Connection(address, options, "blocking");
    this.#timeout = options.connectTimeout ?? 10_000;
  }

  get isReady(): boolean {
    return this.#connection.isReady;
  }

  ready(): Promise<void> {
    return this.#connection.ready();
  }

  wait(wait: ListWait): Promise<string> {
    return this.#connection.now((client) => firstOf(client, wait));
  }

  runAndWait<Reply>(
    invocation: Invocation,
    wait: ListWait,
  ): { readonly reply: Promise<Reply>; readonly word: Promise<string> } {
    return this.#connection.now((client) => ({
      reply: this.#inTime(runKnown<Reply>(client, invocation)),
      word: firstOf(client, wait),
    }));
  }

  close(): void {
    this.#connection.close();
  }

  /** Commands have no timeout here, since some are to wait. */
  async #inTime<Reply>(reply: Promise<Reply>): Promise<Reply> {
    const timer = setTimeout(() => this.#connection.client.disconnect(true), this.#timeout);
    try {
      return await reply;
    } catch (error) {
      throw this.#connection.failure(error);
    } finally {
      clearTimeout(timer);
    }
  }
}

async function firstOf(client: Client, { list, ms }: ListWait): Promise<string> {
  // For the server, 0 is for ever.
  const told = await client.blpop(list, Math.max(1, ms) / 1000);
  return told?.[1] ?? "";
}
