/**
 * Traces through OpenTelemetry: a span for each send and each attempt, in one trace across processes. Its API is loaded
 * when an application that has a tracer first uses it, and never before.
 */

import type { Attributes, Tracer as OpenTelemetryTracer, Span } from "@opentelemetry/api";
import type { Move } from "../broker.js";
import type { Lowered } from "../plan/plan.js";
import type { Tracer } from "../tracer.js";
import type { Attempt } from "./attempt.js";
import { endingOf } from "./report.js";
import {
  type Api,
  activeHeaders,
  contextFrom,
  loadApi,
  readTraceparent,
  type TraceHeaders,
  traceparentOf,
} from "./trace-context.js";

/** Sends within a span; what is sent is told of the span by headers. */
export async function traceSend<T>(
  tracer: Tracer,
  { nodes }: Lowered,
  send: (headers: TraceHeaders, span: Span) => Promise<T>,
): Promise<T> {
  const api = await loadApi();
  const calls = nodes.filter((node) => node.kind === "call");
  const alone = calls.length === 1 ? calls[0] : undefined;
  const attributes = {
    ...operation("send"),
    ...(alone
      ? { "messaging.destination.name": alone.queue, "tqc.task": alone.task }
      : { "messaging.batch.message_count": calls.length }),
  };
  const started = { kind: api.SpanKind.PRODUCER, attributes };
  return spansOf(tracer).startActiveSpan(`send ${alone?.task ?? "canvas"}`, started, (span) =>
    within(api, span, () => send(activeHeaders(api), span)),
  );
}

/** Performs an attempt within a span below that of the send; a member of a fan-out is linked to it, too. */
export async function traceAttempt(
  tracer: Tracer,
  attempt: Attempt,
  perform: () => Move | Promise<Move>,
): Promise<Move> {
  const api = await loadApi();
  const { path = "", options } = attempt.message.header;
  const above = contextFrom(api, options?.headers ?? {});
  const sender = api.trace.getSpanContext(above);
  const links = sender && /(group|header)\[/.test(path) ? [{ context: sender }] : [];
  const started = { kind: api.SpanKind.CONSUMER, attributes: attributesOf(attempt), links };
  return spansOf(tracer).startActiveSpan(`process ${attempt.task.name}`, started, above, (span) =>
    within(api, span, async () => {
      attempt.traceparent = traceparentOf(span);
      const move = await perform();
      finish(api, span, { attempt, move });
      return move;
    }),
  );
}

/** The library's own tracer, of which the package's face tells only the shape. */
function spansOf(tracer: Tracer): OpenTelemetryTracer {
  return tracer as OpenTelemetryTracer;
}

/** The names of OpenTelemetry's messaging conventions. */
function operation(name: "send" | "process"): Attributes {
  return { "messaging.system": "tqc", "messaging.operation.type": name, "messaging.operation.name": name };
}

function attributesOf({ message, task, id, number, host }: Attempt): Attributes {
  return {
    ...operation("process"),
    "messaging.destination.name": message.queue,
    "messaging.message.id": id,
    "messaging.message.conversation_id": message.run,
    "messaging.client.id": host.worker,
    "tqc.task": task.name,
    "tqc.attempt": number,
  };
}

/** Backends keep 128 links of a span, and drop what is beyond. */
const MOST_LINKS = 128;

/** How the attempt ended, and which attempts a join brought its arguments from. */
function finish(api: Api, span: Span, { attempt, move }: { readonly attempt: Attempt; readonly move: Move }): void {
  const { error, sources = [] } = attempt;
  const ending = endingOf(move);
  span.setAttributes({ "tqc.outcome": ending });
  const members = sources.slice(0, MOST_LINKS).flatMap((source) => readTraceparent(source) ?? []);
  if (members.length > 0) span.addLinks(members.map((context) => ({ context })));
  if (ending === "failure" || ending === "retry") blame(api, span, error);
}

function blame({ SpanStatusCode }: Api, span: Span, error: Error | undefined): void {
  span.setStatus({ code: SpanStatusCode.ERROR, ...(error && { message: error.message }) });
  span.setAttributes({ "error.type": error?.name ?? "_OTHER" });
  if (error) span.recordException(error);
}

/** Ends the span when the work has, and marks it where that threw. */
async function within<T>(api: Api, span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    blame(api, span, error instanceof Error ? error : undefined);
    throw error;
  } finally {
    span.end();
  }
}
