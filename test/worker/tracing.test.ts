import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  type TextMapPropagator,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { currentTask, type Replacement } from "../../runtime/attempt/context.js";
import type { Broker } from "../../runtime/broker.js";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import type { Tree } from "../../runtime/canvas/tree.js";
import { signatureOf } from "../../runtime/canvas/value.js";
import { type AppOptions, createApp } from "../../runtime/client/client.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { call, chain, chord, contract, group } from "./rig.js";

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracer = provider.getTracer("tqc");

let redis: RedisServer;
beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  redis = await startRedis();
});
afterAll(async () => {
  context.disable();
  await redis.stop();
});
beforeEach(() => exporter.reset());
afterEach(() => propagation.disable());

const tasks = {
  add: (x: number, y: number) => x + y,
  sum: (list: number[]) => list.reduce((a, b) => a + b),
  fail: () => {
    throw new RangeError("too far");
  },
  header: () => currentTask().headers.traceparent,
  headers: () => currentTask().headers,
  become: () => currentTask().replace(signatureOf<Replacement>(call("add", [1, 2]), undefined)),
  query: () => tracer.startActiveSpan("SELECT 1", (span) => span.end()),
};

function appOn(broker: Broker, options: Omit<AppOptions, "broker">) {
  const app = createApp({ broker, ...options });
  for (const name of Object.keys(tasks))
    app.declare(contract(name, name === "fail" ? { options: { queue: "io" } } : {}));
  onTestFinished(() => app.close());
  return app;
}

/** A producer and a worker that know nothing of each other but the broker. */
async function site(broker: Broker, options: Omit<AppOptions, "broker"> = { tracer }) {
  onTestFinished(() => broker.close());
  const worker = appOn(broker, options);
  worker.register(tasks);
  const serving = worker.worker({ queues: ["default", "io"] });
  await serving.start();
  onTestFinished(() => serving.stop());
  const producer = appOn(broker, options);
  return { producer, value: async (tree: Tree) => (await producer.submit(tree, [])).get() };
}

/** The spans of a name, in the order in which they began. */
function spansOf(name: string): ReadableSpan[] {
  const found = exporter.getFinishedSpans().filter((span) => span.name === name);
  return found.toSorted((a, b) => began(a) - began(b));
}

const began = ({ startTime: [seconds, nanos] }: ReadableSpan): number => seconds * 1e3 + nanos / 1e6;

/** The one span of a name. */
function spanOf(name: string): ReadableSpan {
  const [span, ...more] = spansOf(name);
  if (!span || more.length > 0) throw new Error(`${more.length + (span ? 1 : 0)} spans are called ${name}`);
  return span;
}

const parentOf = (span: ReadableSpan) => span.parentSpanContext?.spanId;
const idOf = (span: ReadableSpan) => span.spanContext().spanId;
const linksOf = (span: ReadableSpan) => span.links.map((link) => link.context.spanId).sort();

describe.each([
  ["memory://", () => createMemoryBroker()],
  ["Redis", () => connectRedisBroker(redis.url)],
])("OpenTelemetry over %s", (_, open) => {
  test("makes a span of the send, and one of the attempt below it, named by the messaging conventions", async () => {
    const { producer } = await site(open());
    const handle = await producer.submit(call("add", [1, 2]), []);
    expect(await handle.get()).toBe(3);
    const [sent, processed] = [spanOf("send add"), spanOf("process add")];
    expect(sent).toMatchObject({ kind: SpanKind.PRODUCER, parentSpanContext: undefined });
    expect(processed).toMatchObject({ kind: SpanKind.CONSUMER, links: [], ended: true });
    expect(processed.parentSpanContext).toMatchObject({ spanId: idOf(sent), isRemote: true });
    expect(processed.spanContext().traceId).toBe(sent.spanContext().traceId);
    expect(sent.attributes).toEqual({
      "messaging.system": "tqc",
      "messaging.operation.type": "send",
      "messaging.operation.name": "send",
      "messaging.destination.name": "default",
      "messaging.message.id": handle.id,
      "messaging.message.conversation_id": handle.id,
      "tqc.task": "add",
    });
    expect(processed.attributes).toEqual({
      "messaging.system": "tqc",
      "messaging.operation.type": "process",
      "messaging.operation.name": "process",
      "messaging.destination.name": "default",
      "messaging.message.id": handle.id,
      "messaging.message.conversation_id": handle.id,
      "messaging.client.id": expect.any(String),
      "tqc.task": "add",
      "tqc.attempt": 0,
      "tqc.outcome": "success",
    });
  });

  test("keeps a canvas in one trace: members are linked to the send, what follows a join to its members", async () => {
    const { value } = await site(open());
    expect(await value(chord([call("add", [1, 1]), call("add", [2, 2])], call("sum")))).toBe(6);
    const [sent, members, body] = [spanOf("send canvas"), spansOf("process add"), spanOf("process sum")];
    expect(sent.attributes["messaging.batch.message_count"]).toBe(3);
    expect([...members, body].map(parentOf)).toEqual([idOf(sent), idOf(sent), idOf(sent)]);
    expect(members.map(linksOf)).toEqual([[idOf(sent)], [idOf(sent)]]);
    expect(linksOf(body)).toEqual(members.map(idOf).sort());
  });

  test("has what replaces a task below the attempt that asked for it", async () => {
    const { value } = await site(open());
    expect(await value(chain(call("become"), call("add", [4])))).toBe(7);
    const parents = [spanOf("process become"), spanOf("send canvas")];
    expect(spansOf("process add").map(parentOf)).toEqual(parents.map(idOf));
  });

  test("is told of failures", async () => {
    const { value } = await site(open());
    await expect(value(call("fail"))).rejects.toThrow("too far");
    expect(spanOf("process fail")).toMatchObject({
      status: { code: SpanStatusCode.ERROR, message: "too far" },
      attributes: { "tqc.outcome": "failure", "error.type": "RangeError", "messaging.destination.name": "io" },
      events: [{ name: "exception", attributes: { "exception.type": "RangeError" } }],
    });
  });

  test("has a task's own spans below its attempt, and sends below the span that is active", async () => {
    const { value } = await site(open());
    await tracer.startActiveSpan("GET /", async (span) => {
      await value(call("query"));
      span.end();
    });
    const line = ["GET /", "send query", "process query", "SELECT 1"].map(spanOf);
    expect(line.slice(1).map(parentOf)).toEqual(line.slice(0, -1).map(idOf));
  });

  test("travels in a header, which a sender may set by himself", async () => {
    const { value } = await site(open());
    const found = await value(call("header"));
    const { traceId, spanId } = spanOf("send header").spanContext();
    expect(found).toBe(`00-${traceId}-${spanId}-01`);
    expect(await value(call("header", [], { options: { headers: { traceparent: "mine" } } }))).toBe("mine");
  });

  test("without a tracer nothing is said", async () => {
    const { value } = await site(open(), {});
    expect(await value(call("headers"))).toEqual({});
    expect(exporter.getFinishedSpans()).toEqual([]);
  });
});

test("an application's own propagator writes the headers, and reads them", async () => {
  const own: TextMapPropagator<Record<string, string>> = {
    inject(active, carrier) {
      const span = trace.getSpanContext(active);
      if (span) carrier.own = `${span.traceId}/${span.spanId}`;
    },
    extract(active, carrier) {
      const [traceId, spanId] = carrier.own?.split("/") ?? [];
      if (!traceId || !spanId) return active;
      return trace.setSpanContext(active, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });
    },
    fields: () => ["own"],
  };
  propagation.setGlobalPropagator(own);
  const { value } = await site(createMemoryBroker());
  expect(await value(call("headers"))).toEqual({ own: expect.stringMatching(/^\w{32}\/\w{16}$/) });
  expect(parentOf(spanOf("process headers"))).toBe(idOf(spanOf("send headers")));
});

test("a wide fan-out keeps to as many links as backends do", async () => {
  const { value } = await site(createMemoryBroker());
  const members = Array.from({ length: 200 }, () => call("add", [1, 1]));
  expect(await value(chain(group(...members), call("sum")))).toBe(400);
  expect(spanOf("process sum")).toMatchObject({ droppedLinksCount: 0, links: { length: 128 } });
});
