/** The package's face: everything a task module, a producer or a worker imports from "tqc". */
export type { Broker } from "./broker.js";
export { createMemoryBroker } from "./brokers/memory/index.js";
export type { RedisBrokerOptions } from "./brokers/redis/index.js";
export { createTask, type Task } from "./builder.js";
export { byName, type MaybeSignature, maybeSignature, reviver, type SignatureByName, signature } from "./by-name.js";
export { chain } from "./canvas/chain.js";
export { type ChordOptions, chord, type Settled } from "./canvas/chord.js";
export { chunks } from "./canvas/chunks.js";
export { group } from "./canvas/group.js";
export { xmap, xstarmap } from "./canvas/xmap.js";
export { type ClassCodec, codec } from "./class-codec.js";
export { App, type AppOptions, createApp, type Implementations, type Reopened } from "./client.js";
export { type Clock, systemClock } from "./clock.js";
export { type Config, defineConfig, type WorkerConfig } from "./config.js";
export { type CurrentTask, currentTask, type RetryOptions } from "./context.js";
export {
  BrokerUnavailableError,
  ChordError,
  CodecError,
  ConfigurationError,
  InvalidArgumentsError,
  ManifestMismatchError,
  ResultExpiredError,
  ResultTimeoutError,
  TaskFailedError,
  type TaskFailure,
  TaskRevokedError,
  TimeLimitExceededError,
  TqcError,
  UnknownTaskError,
  WorkerLostError,
} from "./errors.js";
export type { Bound, Called, Closed, GroupOf, Outcomes, PerItem, TaskLabel, Through } from "./labels.js";
export {
  createLogger,
  jsonLogger,
  type LogFields,
  type Logger,
  type LogLevel,
  type LogMethod,
  silentLogger,
} from "./logger.js";
export type { Duration, JsonSchema, Manifest, Parameter, TaskContract, TaskOptions } from "./manifest.js";
export type { Stamps, StampValue, TaskState } from "./messages.js";
export type { Anything, Bindable, Open } from "./open.js";
export { AsyncResult, GroupResult } from "./result.js";
export type { GroupSignature, InOf, ListSignature, OutOf, Signature, SignatureJson } from "./signature.js";
export type { SigningKeys } from "./signing.js";
export { type Stamped, StampingVisitor } from "./stamping.js";
export { task } from "./task.js";
export type { Progress, TaskInfo } from "./task-info.js";
export type { Span, SpanContext, SpanOptions, TraceContext, Tracer } from "./tracing.js";
export type { SendOptions } from "./tree.js";
export type { WaitOptions } from "./waiting.js";
export type { Worker, WorkerSettings, WorkerState, WorkerStats } from "./worker.js";
