/** A canvas on its way to the broker: stamped, gathered, lowered, checked, sent; what comes back is its handle. */

import { traceSend } from "../attempt/tracing.js";
import { resolveStamps } from "../canvas/stamping.js";
import type { Tree } from "../canvas/tree.js";
import { newId } from "../ids.js";
import { type LowerContext, type Lowered, lower, type Stream } from "../plan/plan.js";
import { beganAs } from "../plan/shape.js";
import { gather, hasStreams, submitStream } from "../plan/stream.js";
import { type RunFacts, toSubmission } from "../plan/submission.js";
import { AsyncResult } from "../result/result.js";
import type { Desk } from "../result/run-view.js";
import type { KeyRing } from "../signing.js";
import type { Tracer } from "../tracer.js";
import { Admission, encodeArguments } from "./admission.js";
import type { Catalog } from "./catalog.js";
import { handleOfPlan, reopen } from "./handles.js";
import { LoneCalls } from "./lone-call.js";
import type { Outbox } from "./outbox.js";

export interface SenderParts {
  readonly catalog: Catalog;
  readonly desk: Desk;
  readonly outbox: Outbox;
  /** Who traces, as of now. Default: nobody does. */
  tracer?(): Tracer | undefined;
  /** Who signs, as of now. Default: nobody does. */
  ring?(): KeyRing | undefined;
}

type Handle = AsyncResult<unknown>;

export class Sender {
  readonly #parts: SenderParts;
  readonly #admission: Admission;
  readonly #loneCalls: LoneCalls;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#admission = new Admission(parts.catalog);
    this.#loneCalls = new LoneCalls({ ...parts, admission: this.#admission });
  }

  /** Sends a canvas with the arguments it is still open for. Nothing is sent unless all of it fits. */
  submit(tree: Tree, given: readonly unknown[]): Promise<Handle> {
    try {
      const lone = this.#sendLone(tree, given);
      return lone ? lone.sent.then(() => lone.handle) : this.#sendPlan(tree, given);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Sends many canvases. All lone calls among them wait for the few promises of the batches they travel in. */
  async submitAll(trees: readonly Tree[]): Promise<Handle[]> {
    const handles: Handle[] = [];
    const waits = new Set<Promise<unknown>>();
    const keepAt = (place: number) => (handle: Handle) => {
      handles[place] = handle;
    };
    const start = (tree: Tree, place: number) => {
      const lone = this.#sendLone(tree, []);
      if (!lone) return this.#sendPlan(tree, []).then(keepAt(place));
      handles[place] = lone.handle;
      return lone.sent;
    };
    for (const [place, tree] of trees.entries()) {
      try {
        waits.add(start(tree, place));
      } catch (error) {
        waits.add(Promise.reject(error));
      }
    }
    await Promise.all(waits);
    return handles;
  }

  #sendLone(
    tree: Tree,
    given: readonly unknown[],
  ): { readonly handle: Handle; readonly sent: Promise<unknown> } | undefined {
    const { ring, tracer } = this.#parts;
    const lone = ring?.() || tracer?.() ? undefined : this.#loneCalls.prepare(tree, given);
    if (!lone) return undefined;
    const { sent } = this.#parts.outbox.put(lone.submission);
    return { handle: new AsyncResult(lone.submission.run, lone.target), sent };
  }

  async #sendPlan(tree: Tree, given: readonly unknown[]): Promise<Handle> {
    const stamped = resolveStamps(tree);
    // No await unless it is needed, so that what is submitted in one tick travels together.
    const whole = hasStreams(stamped) ? await gather(stamped) : stamped;
    const context = this.context(this.#parts.desk.clock.now());
    const plan = lower(whole, given, context);
    for (const node of plan.nodes) this.#admission.admit(node);
    const facts = this.#factsOf(plan, context.now);
    const tracer = this.#parts.tracer?.();
    if (!tracer) return this.#dispatch(plan, facts, context);
    return traceSend(tracer, plan, (trace, span) => {
      span.setAttributes({ "messaging.message.conversation_id": facts.run });
      if (plan.nodes.length === 1) span.setAttributes({ "messaging.message.id": facts.run });
      return this.#dispatch(plan, { ...facts, trace }, context);
    });
  }

  async #dispatch(plan: Lowered, facts: RunFacts, context: LowerContext): Promise<Handle> {
    const { desk, outbox } = this.#parts;
    const submission = toSubmission(plan, facts);
    // What was heard of an earlier run of this id, which is gone or will be found, says nothing of this one.
    if (submission.chosen) desk.inbox.forget(facts.run);
    const reply = await outbox.send(submission);
    if (reply === "duplicate") return this.#existing(facts.run, submission.shape);
    if (plan.stream) await this.#sendStream(plan.stream, facts, context);
    const { run, submitted } = facts;
    const handle = handleOfPlan(desk, plan, { run, shape: submission.shape, submitted });
    return plan.stream ? handle.load() : handle;
  }

  /** How canvases are lowered here. */
  context(now: number): LowerContext {
    const { catalog } = this.#parts;
    let task = "";
    return {
      now,
      contract: (name) => catalog.contract(name),
      check: (call, args, complete) => {
        task = call.task;
        this.#admission.check(call, args, complete);
      },
      encode: (args) => encodeArguments(task, args),
    };
  }

  #factsOf(plan: Lowered, submitted: number): RunFacts {
    const id = plan.nodes[plan.result - (plan.nodes[0]?.index ?? 0)]?.id;
    const { client } = this.#parts.desk.inbox;
    const ring = this.#parts.ring?.();
    return { run: id ?? newId(), reply: client, submitted, chosen: id !== undefined, ring };
  }

  async #sendStream(stream: Stream, facts: RunFacts, context: LowerContext): Promise<void> {
    const { desk, outbox } = this.#parts;
    const broker = await desk.broker();
    await submitStream(stream, {
      broker,
      facts,
      context,
      reserve: (count) => broker.reserve(facts.run, count),
      prepare: resolveStamps,
      admit: (node) => this.#admission.admit(node),
      checkPart: (part) => outbox.check(part),
    });
  }

  /** A run of that id is there already: it is what the caller gets. */
  async #existing(run: string, shape = ""): Promise<Handle> {
    const { desk } = this.#parts;
    const record = await (await desk.broker()).inspect(run);
    if (record?.shape !== undefined && !beganAs(record.shape, shape)) {
      process.emitWarning(
        `a run with the id ${run} exists already and does other work than what was now submitted under this id; its handle is returned, and nothing was sent`,
        { code: "TQC_DUPLICATE_ID" },
      );
    }
    return reopen(desk, run).load();
  }
}
