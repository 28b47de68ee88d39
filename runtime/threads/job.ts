/** What crosses between a worker's event loop and the threads it runs tasks in. Plain data; values are codec text. */
import type { MessagePort } from "node:worker_threads";
import type { BrokerConnection } from "../broker.js";
import type { TreeJson } from "../canvas/json.js";
import type { LogLevel } from "../logger.js";
import type { Duration } from "../manifest.js";
import type { ErrorRecord, Stamps } from "../messages.js";

/** One attempt, as the thread is told of it. */
export interface Job {
  /** The URL of the registry: the thread imports it, and with it the task. */
  readonly module: string;
  readonly task: string;
  readonly view: JobView;
  /** Codec text: the arguments of every single call. */
  readonly calls: string;
  /** Whether the value is the list of what the calls gave. */
  readonly mapped: boolean;
  /** Where the task may send work; absent where the broker cannot be reached from another thread. */
  readonly connection?: BrokerConnection;
  /** News go out and the signal comes in here. */
  readonly port: MessagePort;
}

/** What `currentTask()` says of it. */
export interface JobView {
  readonly id: string;
  readonly name: string;
  readonly runId: string;
  readonly parentId: string | undefined;
  readonly attempt: number;
  readonly queue: string;
  readonly priority: number;
  readonly stamps: Stamps;
  readonly headers: Readonly<Record<string, string>>;
}

/** How it ended in the thread. */
export type Answer =
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "thrown"; readonly error: ErrorRecord }
  /** The task threw the reason of its signal. */
  | { readonly kind: "aborted" }
  | { readonly kind: "retry"; readonly countdown?: Duration; readonly cause?: ErrorRecord }
  | { readonly kind: "replace"; readonly canvas: TreeJson };

/** What the thread says meanwhile. */
export type News =
  /** The registry is loaded and the task begins: its time is counted from here. */
  | { readonly kind: "started" }
  | { readonly kind: "progress"; readonly done: number; readonly total: number | undefined }
  | { readonly kind: "log"; readonly level: LogLevel; readonly fields: string; readonly message: string };

/** What the thread is told meanwhile: why its signal fires. */
export type Notice = ErrorRecord;
