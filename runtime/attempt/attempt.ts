/** One delivery of a call that this worker holds: what is known of it, and the ways it can be told to stop. */
import type { Broker, Claim } from "../broker.js";
import type { Clock } from "../clock.js";
import { TaskRevokedError } from "../errors.js";
import type { Logger } from "../logger.js";
import type { TaskContract } from "../manifest.js";
import type { KeyRing } from "../signing.js";
import type { Threads } from "../threads/pool.js";
import type { Tracer } from "../tracer.js";
import type { Message } from "../wire.js";
import type { AsideLog } from "./aside.js";
import type { KnownTask } from "./known.js";

/** What an attempt asks of the worker it runs on. */
export interface Host {
  readonly worker: string;
  readonly broker: Broker;
  readonly clock: Clock;
  /** Where lines go; undefined spares the making of them. */
  readonly logger: Logger | undefined;
  /** Where messages are told of that are set aside; undefined as `logger` is. */
  readonly aside?: AsideLog | undefined;
  /** Whether results are checked against their declared types. */
  readonly validateResults: boolean;
  readonly contracts: ReadonlyMap<string, TaskContract>;
  /** Who signs and verifies messages; undefined where nobody does. */
  readonly ring: KeyRing | undefined;
  /** Who makes spans; undefined where nobody does. */
  readonly tracer: Tracer | undefined;
  /** Where tasks run that are to run in a thread. */
  readonly threads: Threads;
}

/** The id by which a message's handle is opened. */
export function idOf({ run, index, header }: Message): string {
  return header.id ?? (header.lone ? run : `${run}~${index}`);
}

export class Attempt {
  readonly host: Host;
  readonly ticket: string;
  readonly text: string;
  /** What follows it and may be run ahead, see `Claim.ahead`. */
  readonly ahead: readonly string[] | undefined;
  readonly message: Message;
  readonly task: KnownTask;
  /** Milliseconds since the epoch. */
  readonly started: number;
  /** What its task threw, once it has. */
  error: Error | undefined;
  /** The span it runs in, as W3C's `traceparent`; undefined where nobody traces. */
  traceparent: string | undefined;
  /** The spans of the attempts that a join brought its arguments from; undefined where nobody traces. */
  sources: string[] | undefined;
  /** The call behind it that is run ahead just now: what stops this one stops that. */
  follower: Attempt | undefined;
  #controller: AbortController | undefined;
  #reason: Error | undefined;
  #revoked = false;

  constructor(host: Host, claim: Claim, message: Message, task: KnownTask) {
    this.host = host;
    this.ticket = claim.ticket;
    this.text = claim.text;
    this.ahead = claim.ahead;
    this.message = message;
    this.task = task;
    this.started = host.clock.now();
  }

  /** The id by which the node's handle is opened. */
  get id(): string {
    return idOf(this.message);
  }

  /** Failed attempts before this one. */
  get number(): number {
    return this.message.header.attempt ?? 0;
  }

  /** Whether the task was revoked while it ran: whatever it does now is for nothing. */
  get revoked(): boolean {
    return this.#revoked;
  }

  /** Why the signal fired, if it did. */
  get reason(): Error | undefined {
    return this.#reason;
  }

  /** Made when it is first asked for: most tasks never do. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#reason && !this.#controller.signal.aborted) this.#controller.abort(this.#reason);
    return this.#controller.signal;
  }

  /** Fires the signal; the first reason stands. */
  abort(reason: Error): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
    this.follower?.abort(reason);
  }

  /** Fires the signal, and turns whatever the task still does into a revocation. */
  revoke(): void {
    this.#revoked = true;
    this.abort(new TaskRevokedError({ taskId: this.id, reason: "it was revoked while it ran" }));
  }
}
