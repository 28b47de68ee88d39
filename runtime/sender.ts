/** A canvas on its way to the broker: stamped, gathered, lowered, checked, sent; what comes back is its handle. */
import type { Catalog } from "./catalog.js";
import { encode } from "./codec.js";
import { CodecError, ConfigurationError, InvalidArgumentsError } from "./errors.js";
import { handleOfPlan, reopen } from "./handles.js";
import { chosenId, newId } from "./ids.js";
import type { PlanNode } from "./messages.js";
import type { Outbox } from "./outbox.js";
import { type LowerContext, type Lowered, lower, type Stream } from "./plan.js";
import type { AsyncResult } from "./result.js";
import type { Desk } from "./run-view.js";
import { resolveStamps } from "./stamping.js";
import { gather, hasStreams, submitStream } from "./stream.js";
import { type RunFacts, toSubmission } from "./submission.js";
import type { CallTree, Tree } from "./tree.js";
import { checkCall } from "./validator.js";

export interface SenderParts {
  readonly catalog: Catalog;
  readonly desk: Desk;
  readonly outbox: Outbox;
}

export class Sender {
  readonly #parts: SenderParts;
  /** Names that were looked at already. */
  readonly #queues = new Set<string>();

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Sends a canvas with the arguments it is still open for. Nothing is sent unless all of it fits. */
  async submit(tree: Tree, given: readonly unknown[]): Promise<AsyncResult<unknown>> {
    const stamped = resolveStamps(tree);
    // No await unless it is needed, so that what is submitted in one tick travels together.
    const whole = hasStreams(stamped) ? await gather(stamped) : stamped;
    const { desk, outbox } = this.#parts;
    const context = this.context(desk.clock.now());
    const plan = lower(whole, given, context);
    for (const node of plan.nodes) this.#admit(node);
    const facts = this.#factsOf(plan, context.now);
    const submission = toSubmission(plan, facts);
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
        this.#check(call, args, complete);
      },
      encode: (args) => encodeArguments(task, args),
    };
  }

  #check({ task, mode, open }: CallTree, args: readonly unknown[], complete: boolean): void {
    const { catalog } = this.#parts;
    catalog.require(task);
    const contract = catalog.contract(task);
    if (contract) checkCall(contract, { mode, args, open, complete });
  }

  #factsOf(plan: Lowered, submitted: number): RunFacts {
    const id = plan.nodes[plan.result - (plan.nodes[0]?.index ?? 0)]?.id;
    const { client } = this.#parts.desk.inbox;
    return { run: id ?? newId(), reply: client, submitted, chosen: id !== undefined };
  }

  /** What is chosen by users and written on a routing line has to fit there. */
  #admit(node: PlanNode): void {
    if (node.id !== undefined) chosenId(node.id);
    if (node.kind !== "call") return;
    const { queue, priority, task } = node;
    if (!(Number.isInteger(priority) && priority >= 0 && priority <= 9)) {
      throw new ConfigurationError(`${task}: a priority is a whole number from 0 to 9, but is ${String(priority)}`);
    }
    if (this.#queues.has(queue)) return;
    if (!/^[^\s\p{Cc}]+$/u.test(queue)) {
      throw new ConfigurationError(
        `${task}: a queue's name has no white space and no control characters, but is ${JSON.stringify(queue)}`,
      );
    }
    this.#queues.add(queue);
  }

  async #sendStream(stream: Stream, facts: RunFacts, context: LowerContext): Promise<void> {
    const broker = await this.#parts.desk.broker();
    const reserve = (count: number) => broker.reserve(facts.run, count);
    await submitStream(stream, { broker, reserve, facts, context, prepare: resolveStamps });
  }

  /** A run of that id is there already: it is what the caller gets. */
  async #existing(run: string, shape: string | undefined): Promise<AsyncResult<unknown>> {
    const { desk } = this.#parts;
    const record = await (await desk.broker()).inspect(run);
    if (record && record.shape !== shape) {
      process.emitWarning(
        `a run with the id ${run} exists already and does other work than what was now submitted under this id; its handle is returned, and nothing was sent`,
        { code: "TQC_DUPLICATE_ID" },
      );
    }
    return reopen(desk, run).load();
  }
}

function encodeArguments(task: string, args: readonly unknown[]): string {
  try {
    return encode(args);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    throw new InvalidArgumentsError(`${task}: of its arguments, ${error.message}`, { cause: error });
  }
}
