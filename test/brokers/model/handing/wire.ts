/** Connections on which nothing happens by itself: a command waits until it is served, its reply until it is answered. */
import type { Line } from "../../../../runtime/brokers/redis/connection.js";
import { type Invocation, idle } from "../../../../runtime/brokers/redis/scripts.gen.js";
import type { ListWait, WaitingLine } from "../../../../runtime/brokers/redis/waiting-line.js";
import { BrokerUnavailableError } from "../../../../runtime/errors.js";

/** A command on its way. */
export interface Sent {
  readonly invocation: Invocation;
  /** For a command that waits at the server: the list it waits for, and for how long, ms. */
  readonly waits?: { readonly list: string; readonly ms: number };
  /** It waits at the server until then. */
  until?: number;
  /** What the server has replied. */
  reply?: { readonly value: unknown };
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const NOTHING = idle({ base: "", worker: "", ms: 0, take: [] });

/** One connection: what was sent is served in order, and answered in order. */
export class Wire implements Line, WaitingLine {
  readonly sent: Sent[] = [];
  /** What came into the list that was waited for, while nobody in the process wanted to know. */
  readonly unheard: string[] = [];
  closed = false;

  run<Reply>(invocation: Invocation): Promise<Reply> {
    return this.#send({ invocation }) as Promise<Reply>;
  }

  use(): Promise<never> {
    throw new Error("nothing but scripts and waits goes over it");
  }

  get isReady(): boolean {
    return !this.closed;
  }

  ready(): Promise<void> {
    return this.closed ? Promise.reject(gone()) : Promise.resolve();
  }

  async wait({ list, ms }: ListWait): Promise<string> {
    const waits = { list, ms: Math.round(Math.max(1, ms)) };
    const told = await this.#send({ invocation: { ...NOTHING, keys: [list] }, waits });
    const word = (told as [list: string, word: string] | null)?.[1] ?? "";
    this.unheard.push(word);
    return word;
  }

  runAndWait<Reply>(invocation: Invocation, wait: ListWait): { reply: Promise<Reply>; word: Promise<string> } {
    return { reply: this.run<Reply>(invocation), word: this.wait(wait) };
  }

  /** What the server is to serve next, where it can: what waits there holds up all behind it. */
  get next(): Sent | undefined {
    const next = this.sent.find(({ reply }) => !reply);
    return next?.until === undefined ? next : undefined;
  }

  /** What waits at the server. */
  get waiting(): Sent | undefined {
    return this.sent.find(({ until, reply }) => until !== undefined && !reply);
  }

  /** Whether a reply is on its way. */
  get hasReply(): boolean {
    return this.sent[0]?.reply !== undefined;
  }

  /** The reply that comes first arrives. */
  answer(): void {
    const first = this.sent.shift();
    first?.resolve(first.reply?.value);
  }

  /** What there is to say of a command: what it is, with what, and what it was replied. */
  tell({ invocation, waits, reply }: Sent): unknown[] {
    // When a task began and ended makes no difference.
    const args = invocation.args.map((arg) => `${arg}`.replace(/^(SUCCESS) [^\n]*/, "$1"));
    return [waits ? "wait" : invocation.script.name, args, waits?.ms, reply && [reply.value]];
  }

  /** It breaks: what was sent may have been served or not, and no reply arrives any more. */
  cut(): void {
    for (const { reject } of this.sent.splice(0)) reject(gone());
  }

  close(): void {
    this.closed = true;
    this.cut();
  }

  #send(parts: Pick<Sent, "invocation" | "waits">): Promise<unknown> {
    return new Promise((resolve, reject) => this.sent.push({ ...parts, resolve, reject }));
  }
}

const gone = () => new BrokerUnavailableError("it was cut");
