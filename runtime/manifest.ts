/**
 * The contract between the compiler and the run time: plain, serialisable values. The compiler writes them to
 * `tasks.manifest.json` and into `tasks.gen.ts`; the run time validates and routes by them.
 */

/** A JSON Schema (draft 2020-12). Types that JSON lacks are told by the extension keyword `x-tqc`, see docs/manifest.md. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** A length of time: milliseconds, or text such as "250ms", "30s", "5m", "2h", "1d". */
export type Duration = number | `${number}${"ms" | "s" | "m" | "h" | "d"}`;

/** What a task may be told when it is declared. Every option has a default; durations are {@link Duration}s. */
export interface TaskOptions {
  /** The task's name on the wire. Default: its module's path from the source root, dots for slashes, then the export. */
  readonly name?: string;
  /** The name its builder is exported under in the generated module. Default: the function's. */
  readonly as?: string;
  /** Older names under which messages in flight are still accepted. They lead to no builder. */
  readonly aliases?: readonly string[];
  /** The queue it is sent to. Default "default". */
  readonly queue?: string;
  /** 0 to 9, 9 is served first. Default 0. */
  readonly priority?: number;
  /** How often a failed attempt is tried again. Default 0. */
  readonly maxRetries?: number;
  /** The delay before the first retry, doubled for each further one. Default "1s". */
  readonly retryBackoff?: Duration;
  /** The longest delay between retries. Default "10m". */
  readonly retryBackoffMax?: Duration;
  /** Whether each delay is drawn at random between half of it and all of it. Default true. */
  readonly retryJitter?: boolean;
  /** Names of the errors worth a retry; any other fails at once. Default: every error. */
  readonly retryOn?: readonly string[];
  /** After this, the attempt's `signal` fires; the task may still succeed. Default: none. */
  readonly softTimeLimit?: Duration;
  /** After this, the attempt ends with TimeLimitExceededError. Default: none. */
  readonly timeLimit?: Duration;
  /** Counted from submission; work that has not started by then is revoked. Default: never. */
  readonly expires?: Duration;
  /** "N/s", "N/m" or "N/h", for all workers together: a token bucket with a burst of one second's worth. Default: none. */
  readonly rateLimit?: string;
  /** Whether the stored copy of the result is dropped; it still flows to the next step. Default false. */
  readonly ignoreResult?: boolean;
  /**
   * Whether the task is a pure function: its value depends on its arguments alone, and it does nothing else. Then a worker may run
   * it ahead, before the end of the step before it is recorded, and more than once. Default false.
   */
  readonly pure?: boolean;
  /** How long the result is kept once the run has ended. Default "1d". */
  readonly resultExpires?: Duration;
  /** Whether the task runs in a worker thread, where a `timeLimit` can end even a busy loop. Default false. */
  readonly thread?: boolean;
  /** A cron expression: the task is started whenever it is due. */
  readonly schedule?: string;
  /** An interval: the task is started once per interval. */
  readonly every?: Duration;
  /** The IANA time zone of `schedule`. Default "UTC". */
  readonly timezone?: string;
}

/** One parameter of a task, in the order of the call. */
export interface Parameter {
  readonly name: string;
  /** May be left out of the call: `x?: T` or `x = value`. */
  readonly optional?: true;
  /** Takes all further arguments; `schema` is that of one of them. */
  readonly rest?: true;
  readonly schema: JsonSchema;
  /** The parameter as its author wrote it, for messages: "x: number". */
  readonly text: string;
}

/** All that producer and worker agree on about one task. */
export interface TaskContract {
  /** The name on the wire. */
  readonly name: string;
  /** The source file, relative to the source root, with forward slashes and its extension. */
  readonly module: string;
  /** The path of the export inside the module: "add", "Reports.render", "default". */
  readonly export: string;
  /** The path of the builder in the generated module: "add", "Reports.render". */
  readonly builder: string;
  readonly parameters: readonly Parameter[];
  readonly result: JsonSchema;
  /** The result type as text, for messages: "number". */
  readonly returns: string;
  /** Schemas that `parameters` and `result` refer to as `#/$defs/Name`. */
  readonly definitions?: { readonly [name: string]: JsonSchema };
  /** The declared options, without `name`, `as` and those that were left out. */
  readonly options: Omit<TaskOptions, "name" | "as">;
  /** The text of the doc comment, without its tags. */
  readonly documentation?: string;
  /** A hash over the name, the parameters and the result: what a message made with it relies on. */
  readonly fingerprint: string;
  /** "json" where the types alone say that plain JSON is exact; "superjson" otherwise. */
  readonly codec: "json" | "superjson";
}

/** `tasks.manifest.json`: every task by name, sorted by code unit. */
export interface Manifest {
  readonly version: 1;
  readonly tasks: { readonly [name: string]: TaskContract };
}
