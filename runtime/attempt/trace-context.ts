/** How a span is named to other processes: in the headers of a message, and in the outcome of a member of a join. */

import type * as OpenTelemetry from "@opentelemetry/api";
import type { Context, Span, SpanContext } from "@opentelemetry/api";

/** The run time's half of OpenTelemetry: what the SDK of an application has registered itself with. */
export type Api = typeof OpenTelemetry;

/** Headers that lead back to a span. */
export type TraceHeaders = Readonly<Record<string, string>>;

let loading: Promise<Api> | undefined;

/** The API, loaded when it is first asked for. */
export function loadApi(): Promise<Api> {
  loading ??= import("@opentelemetry/api");
  return loading;
}

/** The span that is active here, as headers: in the words of the application's propagator, and of W3C where it has none. */
export function activeHeaders({ context, propagation, trace }: Api): TraceHeaders {
  const active = context.active();
  const headers: Record<string, string> = {};
  propagation.inject(active, headers);
  const span = trace.getSpanContext(active);
  return propagation.fields().length > 0 || !span ? headers : { traceparent: writeTraceparent(span) };
}

/** The context that headers tell of: that of another process, or none at all. */
export function contextFrom({ ROOT_CONTEXT, propagation, trace }: Api, headers: TraceHeaders): Context {
  const told = propagation.extract(ROOT_CONTEXT, headers);
  if (trace.getSpanContext(told)) return told;
  const span = readTraceparent(headers.traceparent);
  return span ? trace.setSpanContext(told, span) : told;
}

/** A span as W3C's `traceparent`. */
export function traceparentOf(span: Span): string {
  return writeTraceparent(span.spanContext());
}

function writeTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
}

/** `traceparent` -> the span it names; nothing where it names none. */
export function readTraceparent(text = ""): SpanContext | undefined {
  const [, traceId, spanId, flags = ""] = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})/.exec(text) ?? [];
  if (traceId === undefined || spanId === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}
