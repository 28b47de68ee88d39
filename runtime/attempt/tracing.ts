/**
 * Traces, by whatever tracer the application is given: a span for each send and each attempt, in one trace across
 * processes. The shapes here are those of `@opentelemetry/api`, as far as they are used, so that it need not be installed.
 */

import type { Move } from "../broker.js";
import type { Lowered } from "../plan/plan.js";
import type { Attempt } from "./attempt.js";
import { endingOf } from "./report.js";

/** What names a span in other processes. */
export interface SpanContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
  readonly isRemote?: boolean;
}

type Attributes = Record<string, string | number | boolean>;

/** One piece of work in a trace. */
export interface Span {
  spanContext(): SpanContext;
  setAttributes(attributes: Attributes): unknown;
  setStatus(status: { code: number; message?: string }): unknown;
  recordException(error: Error): unknown;
  end(): void;
}

/** How a span begins. */
export interface SpanOptions {
  kind?: number;
  attributes?: Attributes;
  links?: { context: SpanContext }[];
}

/** What is known where a span begins: above all, its parent. */
export interface TraceContext {
  getValue(key: symbol): unknown;
  setValue(key: symbol, value: unknown): TraceContext;
  deleteValue(key: symbol): TraceContext;
}

/** A tracer of OpenTelemetry, `trace.getTracer("tqc")`, or anything of its shape. */
export interface Tracer {
  startActiveSpan<T>(name: string, options: SpanOptions, run: (span: Span) => T): T;
  startActiveSpan<T>(name: string, options: SpanOptions, context: TraceContext, run: (span: Span) => T): T;
}

/** In OpenTelemetry's numbers: SpanKind.PRODUCER and CONSUMER, SpanStatusCode.ERROR. */
const PRODUCER = 3;
const CONSUMER = 4;
const ERROR = 2;

/** Sends within a span; what is sent is told the span, as the text of a `traceparent` header. */
export function traceSend<T>(
  tracer: Tracer,
  { nodes }: Lowered,
  send: (traceparent: string, span: Span) => Promise<T>,
): Promise<T> {
  const calls = nodes.filter((node) => node.kind === "call");
  const [first] = calls;
  const name = calls.length === 1 ? first?.task : "canvas";
  const attributes = {
    "messaging.system": "tqc",
    "messaging.operation.type": "send",
    "messaging.operation.name": "send",
    "messaging.batch.message_count": calls.length,
    ...(first && calls.length === 1 && { "messaging.destination.name": first.queue, "tqc.task": first.task }),
  };
  return tracer.startActiveSpan(`send ${name}`, { kind: PRODUCER, attributes }, (span) =>
    within(span, () => send(traceparentOf(span.spanContext()), span)),
  );
}

/** Performs an attempt within a span below that of the send; a member of a fan-out is linked to it, too. */
export function traceAttempt(tracer: Tracer, attempt: Attempt, perform: () => Move | Promise<Move>): Promise<Move> {
  const { message, task, id, number, host } = attempt;
  const { path = "", options } = message.header;
  const sender = readTraceparent(options?.headers?.traceparent);
  const attributes = {
    "messaging.system": "tqc",
    "messaging.operation.type": "process",
    "messaging.operation.name": "process",
    "messaging.destination.name": message.queue,
    "messaging.message.id": id,
    "messaging.message.conversation_id": message.run,
    "messaging.client.id": host.worker,
    "tqc.task": task.name,
    "tqc.attempt": number,
  };
  const links = sender && /(group|header)\[/.test(path) ? [{ context: sender }] : [];
  const started = { kind: CONSUMER, attributes, links };
  const run = (span: Span) =>
    within(span, async () => {
      const move = await perform();
      finish(span, attempt, move);
      return move;
    });
  const name = `process ${task.name}`;
  return sender
    ? tracer.startActiveSpan(name, started, below(sender), run)
    : tracer.startActiveSpan(name, started, run);
}

function finish(span: Span, { error }: Attempt, move: Move): void {
  const ending = endingOf(move);
  span.setAttributes({ "tqc.outcome": ending });
  if (error) span.recordException(error);
  if (ending === "failure" || ending === "retry")
    span.setStatus({ code: ERROR, ...(error && { message: error.message }) });
}

/** Ends the span when the work has, and marks it where that threw. */
async function within<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) span.recordException(error);
    span.setStatus({ code: ERROR, message: String(error) });
    throw error;
  } finally {
    span.end();
  }
}

function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
}

function readTraceparent(text = ""): SpanContext | undefined {
  const [, traceId, spanId, flags = ""] = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})/.exec(text) ?? [];
  if (traceId === undefined || spanId === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}

/** Under this key, a context of OpenTelemetry holds the span that is active in it. */
const SPAN = Symbol.for("OpenTelemetry Context Key SPAN");

/** A context whose active span is one of another process: it only has a name. */
function below(parent: SpanContext): TraceContext {
  const span = { spanContext: () => parent, isRecording: () => false };
  return contextOf(new Map([[SPAN, span]]));
}

function contextOf(values: ReadonlyMap<symbol, unknown>): TraceContext {
  return {
    getValue: (key) => values.get(key),
    setValue: (key, value) => contextOf(new Map([...values, [key, value]])),
    deleteValue: (key) => contextOf(new Map([...values].filter(([each]) => each !== key))),
  };
}
