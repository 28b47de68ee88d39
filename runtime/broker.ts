/**
 * The dozen verbs between the run time and where work is kept. Each verb's name is shared by this interface, the Lua
 * script, the in-memory method and the `describe` block of the contract suite that both brokers pass. A broker moves
 * texts (`wire.ts`); only routing and edges are looked at.
 */
import type { MessageText, NodeIndex, OutcomeText } from "./messages.js";
import type {
  AsidePage,
  AsideReason,
  Census,
  EndedCall,
  History,
  Located,
  Overview,
  RunRecord,
  WorkerCard,
  WorkReport,
} from "./records.js";

export * from "./records.js";

/** A call that can start now, or once `at` has come. */
export interface ReadyNode {
  readonly text: MessageText;
  readonly queue: string;
  readonly priority: number;
  /** Milliseconds to wait first; 0 for none. */
  readonly delay: number;
  /** Its index and its edges, as the text has them, where whoever made it still knows: it need not be taken apart again. */
  readonly index?: NodeIndex;
  readonly edges?: string;
}

/** A run, or a further part of an open one, on its way in. */
export interface Submission {
  readonly run: string;
  /** Calls that can start. */
  readonly ready: readonly ReadyNode[];
  /** Calls and joins that wait, by index. */
  readonly waiting: readonly (readonly [NodeIndex, string])[];
  /** Joins that nothing holds up: groups of none. */
  readonly settled: readonly NodeIndex[];
  /** The first index this adds: 0 but for replacements and further parts. */
  readonly base: NodeIndex;
  /** How many nodes this adds, callbacks included: `base` to `base + size`, exclusive. */
  readonly size: number;
  /**
   * Which of them belong to callbacks, as ranges text. They stand outside every join's region, and `cancel` leaves them
   * alone: a revoked node's error callbacks still fire, and its success callbacks are skipped by its own edge.
   */
  readonly callbacks?: string;
  /** The node whose outcome is the run's. */
  readonly result: NodeIndex;
  /** The client to tell when the run has ended. */
  readonly reply: string;
  /** Milliseconds the results are kept once every node has ended. */
  readonly keep: number;
  /** What the run looks like, for readers (`shape.ts`); absent for a lone call. */
  readonly shape?: string;
  /** The id was chosen by the user: a run of that id may exist already, and then nothing is done. */
  readonly chosen?: true;
  /** Ids of nodes chosen by the user: [id, index]. */
  readonly aliases?: readonly (readonly [string, NodeIndex])[];
  /** "key=value" texts under which `revokeByStamps` finds nodes of this run: [stamp, indices]. */
  readonly stamped?: readonly (readonly [string, readonly NodeIndex[]])[];
  /** Nodes that expire: [index, ms since the epoch]. */
  readonly expiring?: readonly (readonly [NodeIndex, number])[];
  /** A part of a fan-out that is submitted as it comes. "first" opens the run, "more" adds to it, "last" seals it. */
  readonly part?: "first" | "more" | "last";
  /** Members that this part adds to a join: [join, members' indices as ranges text, how many]. */
  readonly grows?: readonly (readonly [NodeIndex, string, number])[];
}

/** A leased call. `ticket` proves the lease when it is given up. */
export interface Claim {
  readonly ticket: string;
  readonly text: MessageText;
  /**
   * Pure calls that follow it one by one, as they stand in the plan: without what they are given. Whoever holds the call may
   * run them too, and settle all of them with it.
   */
  readonly ahead?: readonly MessageText[] | undefined;
}

/** The end of a call that was run ahead of its turn. It is recorded when its turn comes, unless the call is not to start then. */
export interface AheadEnd {
  readonly index: NodeIndex;
  readonly edges: string;
  readonly outcome: OutcomeText;
  readonly given?: string;
}

/** What becomes of a leased call. */
export type Move =
  /** It has ended: record the outcome and release what waited on it. */
  | {
      readonly kind: "settle";
      readonly ticket: string;
      readonly run: string;
      readonly index: NodeIndex;
      readonly edges: string;
      readonly outcome: OutcomeText;
      /** What the next node is given: the value's text when small, else absent, and it gets a reference. */
      readonly given?: string;
      /** How the calls have ended that follow it one by one, and were run ahead: see `Claim.ahead`. */
      readonly ahead?: readonly AheadEnd[];
      /** For a lone call: whom to tell, and how long to keep the outcome (ms). */
      readonly lone?: { readonly reply: string; readonly keep: number };
    }
  /** It is replaced by further nodes (indices from `reserve`), the last of which forwards its outcome to it. */
  | {
      readonly kind: "replace";
      readonly ticket: string;
      readonly run: string;
      readonly index: NodeIndex;
      readonly edges: string;
      /** The replacing nodes. */
      readonly submission: Submission;
      /** For a lone call, which becomes a run with a plan by this. */
      readonly lone?: { readonly reply: string; readonly keep: number };
    }
  /** It failed and is tried again after `delay` ms: `text` is its next message, one attempt on. */
  | { readonly kind: "retry"; readonly ticket: string; readonly text: MessageText; readonly delay: number }
  /** It was not started, or could not finish in time: given back unspent, at the front, or after `delay` ms. */
  | { readonly kind: "release"; readonly ticket: string; readonly text: MessageText; readonly delay: number }
  /** This worker cannot run it: set aside with the reason, until a worker that can takes it back. */
  | {
      readonly kind: "setAside";
      readonly ticket: string;
      readonly text: MessageText;
      readonly task: string;
      readonly reason: AsideReason;
      /** What refused it: the fingerprint of this worker's contract, empty where it has none. */
      readonly refusedBy: string;
    };

/** In place of a queue's name: all there are. Understood by the embedded broker only. */
export const ALL_QUEUES = "*";

export interface ExchangeRequest {
  readonly worker: string;
  /** Queues it serves, best first. */
  readonly queues: readonly string[];
  /** How many calls it has room for once the moves are done. */
  readonly room: number;
  /** How long its lease lasts from now, ms. */
  readonly lease: number;
  readonly moves: readonly Move[];
  /** How many calls it would run ahead, of those that follow one it is given: it is shown them. Default 0. */
  readonly ahead?: number;
  /**
   * Milliseconds that it will wait if it gets nothing, having nothing else to do: meanwhile a broker may hand it a call that
   * comes, which `idle` then gives. Default: it is to be handed nothing.
   */
  readonly idleFor?: number;
}

/** Who takes back what was set aside, and how much of it. */
export interface RecallRequest {
  readonly worker: string;
  /** Those of its tasks, by name. */
  readonly fingerprints: ReadonlyMap<string, string>;
  /** How many calls it has room for. */
  readonly room: number;
  /** How long its lease lasts from now, ms. */
  readonly lease: number;
}

export interface ExchangeReply {
  /** One per move: whether it was still this worker's to make. */
  readonly replies: readonly ("ok" | "lost")[];
  readonly claims: readonly Claim[];
  /** Milliseconds until delayed work is due; absent where none is. */
  readonly due?: number;
}

/** What one can follow. */
export type Source = { readonly run: string } | { readonly client: string } | { readonly worker: string };

/** What a follower hears. An outcome that is large comes without its text and is read. */
export type BrokerEvent =
  | { readonly kind: "outcome"; readonly run: string; readonly index: NodeIndex; readonly outcome?: OutcomeText }
  | { readonly kind: "progress"; readonly run: string; readonly index: NodeIndex; readonly text: string }
  | { readonly kind: "cancel"; readonly run: string; readonly index: NodeIndex }
  /** Whoever listens was cut off for a while, and listens again: what was told meanwhile has to be read. */
  | { readonly kind: "gap" };

/** What a producer asks of a broker. */
export interface Producing {
  /** Store plans and make their first nodes ready. Many travel together. */
  submit(submissions: readonly Submission[]): Promise<readonly ("ok" | "duplicate")[]>;
  /** End a run, or one node of it: what has not started is revoked; what runs is revoked too, and told, if `terminate` is set. */
  cancel(target: {
    readonly run: string;
    readonly index?: NodeIndex;
    readonly terminate: boolean;
  }): Promise<"ok" | "finished">;
  /** Remove a finished run and all its keys. */
  forget(run: string): Promise<number>;
  /**
   * Give nothing of a queue to workers, until it is resumed. What they have they go on with; what comes waits. Other workers
   * hear of it when they next `promote`. "same": it was so already.
   */
  pause(queue: string, paused: boolean): Promise<"ok" | "same">;
}

/** What a worker asks of a broker. */
export interface Consuming {
  /** Make moves and claim up to `room` ready nodes, in one round trip. A continuation of what was settled comes first. */
  exchange(request: ExchangeRequest): Promise<ExchangeReply>;
  /** Announce a worker, or keep its lease alive, and note what it tells of its work. "lost": others have been given what it held. */
  extend(worker: WorkerCard, lease: number, report?: WorkReport): Promise<"ok" | "lost">;
  /** Remove a worker that holds nothing, once it has told what it did last. */
  leave(worker: string, report?: WorkReport): Promise<void>;
  /** Make due delayed nodes ready, end what has expired, and go on with fan-outs that were cut in slices. */
  promote(limit: number): Promise<number>;
  /** Give back what dead workers held; what was delivered `maxDeliveries` times is set aside as poison and fails. */
  reap(maxDeliveries: number, limit: number): Promise<number>;
  /** Take back what was set aside and this worker can run; its lease lasts for so many ms from now, if it is given anything. */
  recall(request: RecallRequest): Promise<readonly Claim[]>;
  /** Indices for `count` further nodes of a run; the first of them. A lone run's own node is 0. */
  reserve(run: string, count: number): Promise<NodeIndex>;
  /** Tell how far a running node has come: JSON of { done, total }. */
  report(run: string, index: NodeIndex, progress: string): Promise<void>;
  /** One turn of a shared token bucket: 0, or the milliseconds until this caller's turn, which is reserved. */
  throttle(
    task: string,
    rate: { readonly tokens: number; readonly perMs: number; readonly burst: number },
  ): Promise<number>;
  /** Resolves when one of the queues may have work, or after `ms`, or when `signal` fires. */
  idle(request: {
    readonly worker: string;
    readonly queues: readonly string[];
    readonly ms: number;
    readonly signal: AbortSignal;
    /** Takes a call that the broker has handed to it: it is held as what was claimed is. See `idleFor`. */
    handed?(claims: readonly Claim[]): void;
  }): Promise<void>;
}

/** A page of what is set aside: where it begins, and about how many messages it tells of. */
export interface AsidePlace {
  /** As the page before it told; absent for the first. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What a reader asks of a broker. */
export interface Reading {
  /** Read a run's nodes and states. */
  inspect(run: string): Promise<RunRecord | undefined>;
  /** Read outcomes only, in the order asked for. A lone run's is that of node 0. */
  read(run: string, nodes: readonly NodeIndex[]): Promise<readonly (OutcomeText | undefined)[]>;
  /** The run and node behind an id of the user's choosing. */
  resolve(id: string): Promise<readonly [run: string, index: NodeIndex] | undefined>;
  /** The nodes that carry a stamp ("key=value"): [run, index]. */
  stamped(stamp: string): Promise<readonly (readonly [string, NodeIndex])[]>;
  /** Find a call that is ready, among the first {@link MOST_LOOKED_AT} of each queue. */
  locate(run: string, index: NodeIndex): Promise<Located | undefined>;
  /** Those of the runs that are nowhere any more: not stored, not waiting, not in hand, and without a result. */
  missing(runs: readonly string[]): Promise<readonly string[]>;
  /** Count the runs that are kept, by state; of each kind, `limit` are looked at. */
  census(limit: number): Promise<Census>;
  /** Hear of a run's outcomes as they come, of a client's own runs as they end, or of notices to a worker. Resolves once listening; the reply ends it. */
  follow(source: Source, listener: (event: BrokerEvent) => void): Promise<() => Promise<void>>;
  /** Everything at a glance; reads only. */
  overview(): Promise<Overview>;
  /** A page of what is set aside, of about `limit` messages. What comes or goes meanwhile may be missed, or told twice. */
  aside(page: AsidePlace): Promise<AsidePage>;
  /** What workers told of their work since a moment (ms), for a day at most. */
  history(since: number): Promise<History>;
  /** Calls that ended last, as workers told: newest first, up to `limit`. */
  recent(limit: number): Promise<readonly EndedCall[]>;
}

/** What a broker was opened with. */
export interface BrokerConnection {
  readonly url: string;
  readonly options: object;
}

/** Where work is kept: `memory://` and Redis, to one contract. */
export interface Broker extends Producing, Consuming, Reading {
  /** It lives in this process: no worker dies without it, and whoever is idle is told of everything. */
  readonly embedded?: true;
  /** How to open it once more, from another thread; absent where that cannot be. */
  readonly connection?: BrokerConnection;
  /** What in its settings puts work at risk, a sentence each: said at a worker's start. */
  advise?(): Promise<readonly string[]>;
  close(): Promise<void>;
}
