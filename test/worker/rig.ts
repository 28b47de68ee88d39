/** A memory broker, workers and a way to send trees: what an application is made of, without one. */
import { onTestFinished } from "vitest";
import type { Broker } from "../../runtime/broker.js";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import type { CallTree, SendOptions, Tree } from "../../runtime/canvas/tree.js";
import { encode } from "../../runtime/codec/codec.js";
import { newId } from "../../runtime/ids.js";
import type { TaskContract, TaskOptions } from "../../runtime/manifest.js";
import { lower } from "../../runtime/plan/plan.js";
import { toSubmission } from "../../runtime/plan/submission.js";
import { type Outcome, readOutcome } from "../../runtime/wire.js";
import { createWorker, type Worker, type WorkerOptions } from "../../runtime/worker/worker.js";
import { SettlingClock } from "./clock.js";
import { contract } from "./fixture/contract.js";

export { contract } from "./fixture/contract.js";

export type Tasks = Readonly<Record<string, (...args: never[]) => unknown>>;

/** One call of a task, as a signature would be. */
export function call(task: string, args: readonly unknown[] = [], rest: Partial<CallTree> = {}): CallTree {
  return {
    kind: "call",
    task,
    mode: "call",
    args,
    immutable: false,
    options: {},
    links: [],
    errbacks: [],
    stampers: [],
    ...rest,
  };
}

export function chain(...steps: Tree[]): Tree {
  return { kind: "chain", steps, options: {}, links: [], errbacks: [], stampers: [] };
}

export function group(...members: Tree[]): Extract<Tree, { kind: "group" }> {
  return { kind: "group", members, options: {}, links: [], errbacks: [], stampers: [] };
}

export function chord(header: Tree[], body: Tree): Tree {
  const policy = "fail";
  return { kind: "chord", header: group(...header), body, policy, options: {}, links: [], errbacks: [], stampers: [] };
}

export class Rig {
  readonly clock = new SettlingClock();
  readonly broker: Broker = createMemoryBroker({ clock: this.clock });
  readonly contracts = new Map<string, TaskContract>();
  readonly #ended = new Map<string, (outcome: Outcome) => void>();

  constructor(options: Readonly<Record<string, Omit<TaskOptions, "name" | "as">>> = {}) {
    for (const [name, each] of Object.entries(options)) this.contracts.set(name, contract(name, { options: each }));
    onTestFinished(() => this.broker.close());
  }

  /** A worker that is not started. */
  worker(tasks: Tasks, options: Partial<WorkerOptions> = {}): Worker {
    for (const name of Object.keys(tasks)) {
      if (!this.contracts.has(name)) this.contracts.set(name, contract(name));
    }
    const registry = new Map(Object.entries(tasks));
    const { broker, clock, contracts } = this;
    // As on a broker that others share: polling, leases, named queues.
    return createWorker({ broker, clock, contracts, registry, embedded: false, ...options });
  }

  /** A worker that serves until the test ends. */
  async serve(tasks: Tasks, options: Partial<WorkerOptions> = {}): Promise<Worker> {
    const worker = this.worker(tasks, options);
    await worker.start();
    onTestFinished(async () => {
      const stopped = worker.stop({ timeout: 0 });
      await this.clock.advance(0);
      await stopped;
    });
    return worker;
  }

  /** Sends a tree; `outcome` resolves when its run has ended. */
  async send(
    tree: Tree,
    options: SendOptions = {},
  ): Promise<{ readonly run: string; readonly outcome: Promise<Outcome> }> {
    const run = newId();
    const contractOf = (task: string) => this.contracts.get(task);
    const plan = lower({ ...tree, options: { ...tree.options, ...options } }, [], {
      contract: contractOf,
      encode,
      now: this.clock.now(),
    });
    const outcome = this.#outcomeOf(run);
    await this.broker.submit([toSubmission(plan, { run, reply: run, submitted: this.clock.now() })]);
    return { run, outcome };
  }

  /** Sends a tree and waits for its value, or fails with the kind and message of its failure. */
  async value(tree: Tree, options: SendOptions = {}): Promise<unknown> {
    const { outcome } = await this.send(tree, options);
    return told(await outcome);
  }

  #outcomeOf(run: string): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#ended.set(run, resolve);
      const listen = this.broker.follow({ client: run }, (event) => {
        if (event.kind !== "outcome") return;
        if (event.outcome !== undefined) resolve(readOutcome(event.outcome));
        else this.broker.read(run, [event.index]).then(([text]) => resolve(readOutcome(text ?? "")), reject);
      });
      listen.catch(reject);
    });
  }
}

/** An outcome's value, or its failure as "STATE kind: message". */
export function told({ state, value }: Outcome): unknown {
  if (state === "SUCCESS") return value.startsWith("{") || value.startsWith("@") ? value : JSON.parse(value || "null");
  const record = value.startsWith("{") ? JSON.parse(value) : { kind: value };
  return `${state} ${record.kind}: ${record.error?.message ?? ""}`;
}
