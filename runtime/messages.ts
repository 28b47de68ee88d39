/**
 * What travels: the plan a canvas is lowered to, the message a node becomes, and the outcome it ends in. Values here
 * are plain; `wire.ts` gives each its one text form, which both brokers store and move without looking inside.
 */

/** A node's place in its run's plan. */
export type NodeIndex = number;

/** What is told when a node has ended. Edges belong to the node they leave. */
export type Edge =
  /** Success makes a waiting call ready, with the value in front of its arguments; failure fails it with the same cause. */
  | {
      readonly kind: "next";
      readonly to: NodeIndex;
      /** The last of the pure calls that follow it one by one: whoever runs it may go on to these. Absent where there is none. */
      readonly ahead?: NodeIndex;
    }
  /** The end of a member is counted down by the join above it. */
  | { readonly kind: "slot"; readonly join: NodeIndex }
  /** A join over nothing waits for what precedes it, and takes no value from it. */
  | { readonly kind: "gate"; readonly join: NodeIndex }
  /** The outcome becomes that of another node: the end of a replacement settles the node it replaces. */
  | { readonly kind: "forward"; readonly to: NodeIndex }
  /** A callback: on success its first nodes (`roots`) become ready, else all its nodes (`from` to `until`, exclusive) are skipped. */
  | {
      readonly kind: "success" | "failure";
      readonly roots: readonly NodeIndex[];
      readonly from: NodeIndex;
      readonly until: NodeIndex;
    };

/** How a call uses its input: once; once per item of a list; once per argument tuple of a list. */
export type CallMode = "call" | "map" | "starmap";

/** What a failed member means to its join: see `chord`'s `onError`. */
export type JoinPolicy = "fail" | "cancel" | "settle";

/** Consecutive nodes, both ends included. */
export type NodeRange = readonly [first: NodeIndex, last: NodeIndex];

/** A stamp's value. */
export type StampValue = string | number | boolean | readonly (string | number | boolean)[];
/** Stamps by key. */
export type Stamps = { readonly [key: string]: StampValue };

/** What a sender decides about one call; the rest is the task's own options. */
export interface CallOptions {
  readonly maxRetries?: number;
  /** Milliseconds. */
  readonly timeLimit?: number;
  readonly ignoreResult?: boolean;
  readonly headers?: { readonly [name: string]: string };
}

/** A node that calls a task. */
export interface CallNode {
  readonly kind: "call";
  readonly index: NodeIndex;
  readonly edges: readonly Edge[];
  /** Where it stands in the canvas: "chord/header[3]/chain[1]"; empty for a lone task. */
  readonly path: string;
  readonly task: string;
  /** That of the contract it was made with; absent where the producer has no contract. */
  readonly fingerprint?: string | undefined;
  readonly mode: CallMode;
  /** Takes no input from the node before it. */
  readonly immutable: boolean;
  /** The bound arguments, encoded as one list. A node that is ready at submission has its given ones in place already. */
  readonly args: string;
  /** Where the given ones go when some were bound by name: positions in `args`, in order. Absent: in front. */
  readonly open?: readonly number[] | undefined;
  readonly queue: string;
  readonly priority: number;
  /** Milliseconds to wait once it could start. 0 for none. */
  readonly delay: number;
  /** Milliseconds since the epoch; not started by then, it is revoked. */
  readonly expires?: number | undefined;
  readonly options: CallOptions;
  readonly stamps: Stamps;
  /** The node whose end starts it; absent where it can start at once. */
  readonly parent?: NodeIndex | undefined;
  /** An id of the user's choosing, by which this node is known instead of its own. */
  readonly id?: string | undefined;
}

/** A node that ends when its members have. The only joining construct there is. */
export interface JoinNode {
  readonly kind: "join";
  readonly index: NodeIndex;
  readonly edges: readonly Edge[];
  readonly path: string;
  readonly policy: JoinPolicy;
  /** The nodes whose outcomes are its value, in order. */
  readonly members: readonly NodeRange[];
  /** How many ends it waits for: its members, and one more for a gate or while members are still being submitted. */
  readonly count: number;
  /** Every node below it: `from` to `until`, exclusive. What "cancel" revokes. */
  readonly from: NodeIndex;
  readonly until: NodeIndex;
  readonly id?: string | undefined;
}

export type PlanNode = CallNode | JoinNode;

/** A canvas, lowered: flat, acyclic, every edge pointing to a node of the same plan. */
export interface Plan {
  readonly nodes: readonly PlanNode[];
  /** The nodes that can start at once. */
  readonly roots: readonly NodeIndex[];
  /** The node whose outcome is the canvas's. */
  readonly result: NodeIndex;
}

/** How long a result is kept where nobody says, ms: a day. */
export const DEFAULT_KEEP = 86_400_000;

/** What a message says of itself beyond its routing: the second line of a call's text. Absent fields have their default. */
export interface CallHeader {
  readonly task: string;
  readonly fingerprint?: string;
  readonly mode?: "map" | "starmap";
  readonly immutable?: true;
  readonly open?: readonly number[];
  readonly path?: string;
  /** The node whose end started it. */
  readonly parent?: NodeIndex;
  readonly id?: string;
  /** Failed attempts so far. */
  readonly attempt?: number;
  /** Milliseconds since the epoch. */
  readonly submitted: number;
  readonly expires?: number;
  readonly options?: CallOptions;
  readonly stamps?: Stamps;
  /** The client that waits for the outcome of a run of one node, see `Submission.reply`. */
  readonly reply?: string;
  /** Milliseconds the result is kept. Default: `DEFAULT_KEEP`. */
  readonly keep?: number;
  /** The node is its whole run: no plan is stored for it. */
  readonly lone?: true;
  /** A rate limit has given it its turn already. */
  readonly admitted?: true;
  /** "key:signature" where messages are signed. */
  readonly signature?: string;
}

/** The states of a node, in the words of Celery. Anything before the first start is PENDING. */
export type TaskState = "PENDING" | "STARTED" | "RETRY" | "SUCCESS" | "FAILURE" | "REVOKED";

/** An error as it travels. `fields` are the error's own properties, encoded. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly fields?: string;
  readonly cause?: ErrorRecord;
}

/**
 * Why a node failed. `failed`: its task threw, or gave what does not fit. `timeLimit`: its attempt ran too long.
 * `invalid`: its arguments do not fit. `lost`: workers died under it too often. `revoked`, `expired`, `cancelled`: it was not allowed to run.
 */
export type FailureKind = "failed" | "timeLimit" | "invalid" | "lost" | "revoked" | "expired" | "cancelled";

/** A failure as it is stored. The scripts of a broker write only `kind`; the reader completes it from the run's shape. */
export interface FailureRecord {
  readonly kind: FailureKind;
  readonly taskId?: string;
  readonly task?: string;
  readonly path?: string;
  readonly error?: ErrorRecord;
}

/** How a node ended, as text of the wire: see `wire.ts` for the parts. */
export type OutcomeText = string;
/** A call as text of the wire: routing, edges, header, arguments, and what it was given. */
export type MessageText = string;
