/** What makes spans, told by its shape: whoever imports the package need not have a type checker read a library for tracing. */

/** A `Tracer` of `@opentelemetry/api`: what `trace.getTracer(name)` gives. */
export interface Tracer {
  startSpan(name: string, ...rest: never[]): unknown;
  startActiveSpan(name: string, ...rest: never[]): unknown;
}
