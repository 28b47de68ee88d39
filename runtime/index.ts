/** The package's face: everything a task module, a producer or a worker imports from "tqc". */

export { type CurrentTask, currentTask, type RetryOptions } from "./attempt/context.js";
export type { Broker } from "./broker.js";
export { createMemoryBroker } from "./brokers/memory/index.js";
export type { RedisBrokerOptions } from "./brokers/redis/options.js";
export { createTask, type Task, type TaskOf } from "./canvas/builder.js";
export {
  byName,
  type MaybeSignature,
  maybeSignature,
  reviver,
  type SignatureByName,
  signature,
} from "./canvas/by-name.js";
export type { Gives, ParameterOf, PartialOf, ResultOf, Takes } from "./canvas/calls.js";
export { chain } from "./canvas/chain.js";
export { type ChordOptions, chord, type Settled } from "./canvas/chord.js";
export { chunks } from "./canvas/chunks.js";
export type { Exact, Listed, Plain, Unchanged, Untold } from "./canvas/freshness.js";
export { group } from "./canvas/group.js";
export type { Bound, Called, Closed, GroupOf, Outcomes, PerItem, TaskLabel, Through } from "./canvas/labels.js";
export type { Anything, Bindable, Open } from "./canvas/open.js";
export type { GroupSignature, InOf, ListSignature, OutOf, Signature, SignatureJson } from "./canvas/signature.js";
export { type Stamped, StampingVisitor } from "./canvas/stamping.js";
export type { SendOptions } from "./canvas/tree.js";
export { xmap, xstarmap } from "./canvas/xmap.js";
export { App, type AppOptions, createApp, type Implementations, type Reopened } from "./client/client.js";
export { type Clock, systemClock } from "./clock.js";
export { type ClassCodec, codec } from "./codec/class-codec.js";
export { type Config, defineConfig, type WorkerConfig } from "./config.js";
export {
  BrokerUnavailableError,
  ChordError,
  CodecError,
  ConfigurationError,
  InvalidArgumentsError,
  ManifestMismatchError,
  ResultExpiredError,
  ResultTimeoutError,
  RunLostError,
  TaskFailedError,
  type TaskFailure,
  TaskRevokedError,
  TimeLimitExceededError,
  TqcError,
  UnknownTaskError,
  WorkerLostError,
} from "./errors.js";
export {
  createLogger,
  jsonLogger,
  type LogFields,
  type Logger,
  type LogLevel,
  type LogMethod,
  silentLogger,
  type TaskLogger,
  type TaskLogMethod,
} from "./logger.js";
export type { Duration, JsonSchema, Manifest, Parameter, TaskContract, TaskOptions } from "./manifest.js";
export type { Stamps, StampValue, TaskState } from "./messages.js";
export type { WaitOptions } from "./result/patience.js";
export { AsyncResult, GroupResult } from "./result/result.js";
export type { Progress, TaskInfo } from "./result/task-info.js";
export type { SigningKeys } from "./signing.js";
export { task } from "./task.js";
export type { Tracer } from "./tracer.js";
export type { Worker, WorkerSettings, WorkerState, WorkerStats } from "./worker/worker.js";
