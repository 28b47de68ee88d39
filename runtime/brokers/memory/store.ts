/** What the embedded broker holds: the keys of docs/architecture.md, as Maps. */
import type { AsideReason, BrokerEvent, WorkerCard } from "../../broker.js";
import type { Clock } from "../../clock.js";
import type { MessageText, NodeIndex, NodeRange, OutcomeText } from "../../messages.js";
import { Chronicle } from "./chronicle.js";
import { Queues } from "./queues.js";
import { Schedule } from "./schedule.js";

/** A run with a plan. */
export interface Run {
  readonly id: string;
  readonly result: NodeIndex;
  readonly reply: string;
  keep: number;
  /** Nodes that have not ended. */
  open: number;
  /** The first index that is free. */
  next: NodeIndex;
  readonly shapes: string[];
  /** Every node's text: what it is made ready with, and the edges that leave it. */
  readonly nodes: Map<NodeIndex, string>;
  readonly outcomes: Map<NodeIndex, OutcomeText>;
  /** How many ends each join still waits for. */
  readonly left: Map<NodeIndex, number>;
  /** Members that came to a join after it was stored, as ranges text. */
  readonly grown: Map<NodeIndex, string>;
  /** Nodes that stand below a replaced one. */
  readonly below: Map<NodeIndex, NodeRange>;
  /** Nodes that belong to callbacks, which no region holds. */
  readonly callbacks: NodeRange[];
  /** Nodes whose retry is not wanted any more; "all" for the whole run. */
  readonly revoked: Set<NodeIndex | "all">;
  /** Nodes that have expired while a worker held them: given back, they do not start again. */
  readonly expired: Set<NodeIndex>;
  readonly aliases: string[];
  readonly stamps: Set<string>;
}

/** A message in a worker's hands. */
export interface Held {
  readonly text: MessageText;
  readonly since: number;
}

/** A message that no worker here could run. */
export interface Aside {
  readonly text: MessageText;
  readonly task: string;
  readonly reason: AsideReason;
  readonly refusedBy: string;
  readonly deliveries: number;
  readonly since: number;
}

/** A node that is revoked unless it has started by then. */
export interface Expiring {
  readonly run: string;
  readonly index: NodeIndex;
}

export type Listener = (event: BrokerEvent) => void;

/** Everything, by the names of the keys in Redis. */
export class Store {
  readonly clock: Clock;
  readonly queues = new Queues();
  readonly delayed = new Schedule<MessageText>();
  readonly held = new Map<string, Map<string, Held>>();
  /** How many were handed out. */
  tickets = 0;
  /** Worker -> the end of its lease. */
  readonly workers = new Map<string, number>();
  readonly cards = new Map<string, WorkerCard>();
  /** Workers whose work was given to others, until they hear of it. */
  readonly reaped = new Set<string>();
  readonly runs = new Map<string, Run>();
  /** Outcomes of lone runs. */
  readonly results = new Map<string, OutcomeText>();
  readonly aliases = new Map<string, readonly [run: string, index: NodeIndex]>();
  readonly stamps = new Map<string, Map<string, readonly [run: string, index: NodeIndex]>>();
  /** Runs some of whose queued messages are to be dropped, until when. */
  readonly cancelled = new Map<string, number>();
  readonly expiring = new Schedule<Expiring>();
  /** Fan-outs whose producer is still at it. */
  readonly opening = new Schedule<string>();
  readonly deliveries = new Map<string, number>();
  readonly aside = new Map<string, Aside>();
  readonly progress = new Map<string, Map<NodeIndex, string>>();
  /** Task -> the moment its token bucket is full again. */
  readonly rates = new Map<string, number>();
  /** What workers told of their work. */
  readonly chronicle: Chronicle;
  readonly listeners = new Map<string, Set<Listener>>();

  constructor(clock: Clock) {
    this.clock = clock;
    this.chronicle = new Chronicle(clock);
  }

  /** Tells whoever listens on a channel, once the move at hand is done. */
  tell(channel: string, event: BrokerEvent): void {
    const listeners = this.listeners.get(channel);
    if (!listeners) return;
    for (const listener of listeners) queueMicrotask(() => listeners.has(listener) && listener(event));
  }

  /** Remembers that a run's queued messages may be dead: for 30 days, and longer where some are delayed longer. */
  bury(run: string): void {
    this.cancelled.set(run, this.clock.now() + 30 * 86_400_000);
  }
}
