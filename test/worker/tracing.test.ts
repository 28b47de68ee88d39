import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, onTestFinished, test } from "vitest";
import { currentTask, type Replacement } from "../../runtime/attempt/context.js";
import type { SpanContext, SpanOptions, TraceContext, Tracer } from "../../runtime/attempt/tracing.js";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import type { Tree } from "../../runtime/canvas/tree.js";
import { signatureOf } from "../../runtime/canvas/value.js";
import { type AppOptions, createApp } from "../../runtime/client/client.js";
import type { Logger } from "../../runtime/logger.js";
import { call, chain, chord, contract } from "./rig.js";

interface Recorded {
  readonly name: string;
  readonly kind: number | undefined;
  readonly parent: string | undefined;
  readonly links: readonly string[];
  readonly attributes: Record<string, unknown>;
  status?: { code: number; message?: string };
  exception?: Error;
  ended: number;
}

/** A tracer that keeps its spans, and has one active as OpenTelemetry's own does. */
class Recorder implements Tracer {
  readonly spans: Recorded[] = [];
  readonly #active = new AsyncLocalStorage<SpanContext>();

  startActiveSpan<T>(name: string, options: SpanOptions, ...rest: readonly unknown[]): T {
    const run = rest.at(-1) as (span: unknown) => T;
    const context = rest.length > 1 ? (rest[0] as TraceContext) : undefined;
    const above = context?.getValue(Symbol.for("OpenTelemetry Context Key SPAN")) as
      | { spanContext(): SpanContext }
      | undefined;
    const parent = above?.spanContext() ?? this.#active.getStore();
    const spanId = `${this.spans.length + 1}`.padStart(16, "0");
    const own = { traceId: parent?.traceId ?? "a".repeat(32), spanId, traceFlags: 1 };
    const span: Recorded = {
      name,
      kind: options.kind,
      parent: parent?.spanId,
      links: (options.links ?? []).map((link) => link.context.spanId),
      attributes: { ...options.attributes },
      ended: 0,
    };
    this.spans.push(span);
    return this.#active.run(own, () =>
      run({
        spanContext: () => own,
        setAttributes: (attributes: object) => Object.assign(span.attributes, attributes),
        setStatus: (status: { code: number; message?: string }) => Object.assign(span, { status }),
        recordException: (exception: Error) => Object.assign(span, { exception }),
        end: () => (span.ended += 1),
      }),
    );
  }
}

const tasks = {
  add: (x: number, y: number) => x + y,
  sum: (list: number[]) => list.length,
  fail: () => {
    throw new RangeError("too far");
  },
  header: () => currentTask().headers.traceparent,
  become: () => currentTask().replace(signatureOf<Replacement>(call("add", [1, 2]), undefined)),
};

async function site(options: Omit<AppOptions, "broker">) {
  const broker = createMemoryBroker();
  const app = createApp({ broker, ...options });
  for (const name of Object.keys(tasks)) app.declare(contract(name));
  app.register(tasks);
  const worker = app.worker();
  await worker.start();
  onTestFinished(async () => {
    await worker.stop();
    await app.close();
    await broker.close();
  });
  return { app, worker, value: async (tree: Tree) => (await app.submit(tree, [])).get() };
}

const ID = (n: number) => `${n}`.padStart(16, "0");
const PRODUCER = 3;
const CONSUMER = 4;

describe("a tracer", () => {
  test("makes a span of the send, and one of each attempt below it", async () => {
    const tracer = new Recorder();
    const { app } = await site({ tracer });
    const handle = await app.submit(call("add", [1, 2]), []);
    await handle.get();
    expect(tracer.spans).toMatchObject([
      { name: "send add", kind: PRODUCER, parent: undefined, ended: 1 },
      { name: "process add", kind: CONSUMER, parent: ID(1), links: [], ended: 1 },
    ]);
    expect(tracer.spans[0]?.attributes).toEqual({
      "messaging.system": "tqc",
      "messaging.operation.type": "send",
      "messaging.operation.name": "send",
      "messaging.batch.message_count": 1,
      "messaging.destination.name": "default",
      "messaging.message.conversation_id": handle.id,
      "tqc.task": "add",
    });
    expect(tracer.spans[1]?.attributes).toMatchObject({
      "messaging.operation.type": "process",
      "messaging.message.id": handle.id,
      "messaging.message.conversation_id": handle.id,
      "tqc.attempt": 0,
      "tqc.outcome": "success",
    });
  });

  test("keeps a canvas in one trace, and links the members of a fan-out to the send", async () => {
    const tracer = new Recorder();
    const { value } = await site({ tracer });
    await value(chord([call("add", [1, 1]), call("add", [2, 2])], call("sum")));
    expect(tracer.spans.map(({ name, parent, links }) => [name, parent, links])).toEqual([
      ["send canvas", undefined, []],
      ["process add", ID(1), [ID(1)]],
      ["process add", ID(1), [ID(1)]],
      ["process sum", ID(1), []],
    ]);
  });

  test("goes on with what takes a task's place", async () => {
    const tracer = new Recorder();
    const { value } = await site({ tracer });
    expect(await value(chain(call("become"), call("add", [4])))).toBe(7);
    expect(tracer.spans.map(({ name, parent }) => [name, parent])).toEqual([
      ["send canvas", undefined],
      ["process become", ID(1)],
      ["process add", ID(1)],
      ["process add", ID(1)],
    ]);
  });

  test("is told of failures", async () => {
    const tracer = new Recorder();
    const { value } = await site({ tracer });
    await expect(value(call("fail"))).rejects.toThrow("too far");
    expect(tracer.spans[1]).toMatchObject({
      status: { code: 2, message: "too far" },
      exception: { name: "RangeError" },
      attributes: { "tqc.outcome": "failure" },
      ended: 1,
    });
  });

  test("travels in a header, which a sender may set by himself", async () => {
    const { value } = await site({ tracer: new Recorder() });
    expect(await value(call("header"))).toBe(`00-${"a".repeat(32)}-${ID(1)}-01`);
    expect(await value(call("header", [], { options: { headers: { traceparent: "mine" } } }))).toBe("mine");
  });

  test("is asked for nothing where there is none", async () => {
    const { value } = await site({});
    expect(await value(call("header"))).toBeUndefined();
  });
});

describe("a logger", () => {
  test("is given the lines of every worker of the application, with `this` as pino needs it", async () => {
    const lines: string[] = [];
    class Pino implements Logger {
      debug = this.#line("debug");
      info = this.#line("info");
      warn = this.#line("warn");
      error = this.#line("error");

      #line(level: string) {
        return function (this: Logger, fields: unknown, message?: string): void {
          if (!(this instanceof Pino)) throw new TypeError("pino lost its `this`");
          lines.push(`${level} ${message ?? String(fields)}`);
        };
      }
    }
    const { app, value } = await site({ logger: new Pino() });
    expect(await value(call("add", [1, 2]))).toBe(3);
    expect(lines).toContain("info add succeeded");
    expect(app.logger).toBeInstanceOf(Pino);
  });
});
