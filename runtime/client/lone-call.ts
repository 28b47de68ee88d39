/**
 * The short way of the most common submission: one plain call of a known task, with nothing set on it. What comes out is,
 * to the byte, what `lower` and `toSubmission` make of such a call (test/client/lone-call.test.ts compares them), without
 * a draft, a plan and a copy of each: whatever is the same for all calls of a task is worked out once. docs/performance.md
 * has the figures.
 */

import type { Submission } from "../broker.js";
import type { CallTree, Tree } from "../canvas/tree.js";
import { toMilliseconds } from "../duration.js";
import { newId } from "../ids.js";
import type { TaskContract } from "../manifest.js";
import type { NodeIndex } from "../messages.js";
import { fill } from "../plan/lower-call.js";
import { fateOf } from "../plan/texts.js";
import type { Nearby, Target } from "../result/result.js";
import { type Desk, RunView } from "../result/run-view.js";
import { checkArguments } from "../schema/validator.js";
import { type Admission, encodeArguments } from "./admission.js";
import type { Catalog } from "./catalog.js";

/** What all plain calls of a task have in common. */
interface Route {
  readonly contract: TaskContract;
  readonly queue: string;
  readonly priority: number;
  readonly keep: number;
  /** The text from behind the run's id to the moment of submission, and from there to the arguments. */
  readonly before: string;
  readonly after: string;
}

/** Where the handle of a lone call points, made when it is first asked for: most handles never are. */
export class LoneTarget implements Nearby {
  readonly #desk: Desk;
  readonly #task: string;
  readonly #submitted: number;

  constructor(desk: Desk, task: string, submitted: number) {
    this.#desk = desk;
    this.#task = task;
    this.#submitted = submitted;
  }

  targetOf(run: string): Target {
    const view = new RunView(this.#desk, { run, result: 0, task: this.#task, submitted: this.#submitted });
    return { view, index: 0, whole: true };
  }

  /** Whether it serves for this task and moment as well. */
  fits(task: string, submitted: number): boolean {
    return this.#task === task && this.#submitted === submitted;
  }
}

/** A call on its way: what is sent, and what its handle is made of. */
export interface LoneCall {
  readonly submission: Submission;
  readonly target: LoneTarget;
}

const NONE: readonly never[] = Object.freeze([]);
const FIRST: NodeIndex = 0;

export class LoneCalls {
  readonly #desk: Desk;
  readonly #catalog: Catalog;
  readonly #admission: Admission;
  readonly #routes = new WeakMap<TaskContract, Route | "none">();
  #target: LoneTarget;

  constructor(parts: { readonly desk: Desk; readonly catalog: Catalog; readonly admission: Admission }) {
    this.#desk = parts.desk;
    this.#catalog = parts.catalog;
    this.#admission = parts.admission;
    this.#target = new LoneTarget(parts.desk, "", 0);
  }

  /** A plain call, ready to be sent; undefined for whatever has to go the long way. Throws where its arguments do not fit. */
  prepare(tree: Tree, given: readonly unknown[]): LoneCall | undefined {
    if (tree.kind !== "call" || !isPlain(tree)) return undefined;
    const route = this.#routeOf(tree.task);
    if (!route) return undefined;
    const { contract, queue, priority, keep } = route;
    const args = fill(tree.args, given);
    checkArguments(contract, args);
    const run = newId();
    const submitted = this.#desk.clock.now();
    const text = run + route.before + submitted + route.after + encodeArguments(contract.name, args);
    const ready = [{ text, queue, priority, delay: 0, index: FIRST, edges: "" }];
    const reply = this.#desk.inbox.client;
    const rest = { waiting: NONE, settled: NONE, base: FIRST, size: 1, result: FIRST, reply, keep };
    return { submission: { run, ready, ...rest }, target: this.#targetOf(contract.name, submitted) };
  }

  /** Calls of one task within one millisecond share it. */
  #targetOf(task: string, submitted: number): LoneTarget {
    if (!this.#target.fits(task, submitted)) this.#target = new LoneTarget(this.#desk, task, submitted);
    return this.#target;
  }

  /** Worked out at the first call; a task declared anew has a contract of its own. */
  #routeOf(task: string): Route | undefined {
    const contract = this.#catalog.contract(task);
    if (!contract) return undefined;
    let route = this.#routes.get(contract);
    if (!route) {
      route = contract.options.expires === undefined ? this.#plan(contract) : "none";
      this.#routes.set(contract, route);
    }
    return route === "none" ? undefined : route;
  }

  #plan(contract: TaskContract): Route {
    const { name: task, fingerprint, options } = contract;
    const { queue = "default", priority = 0, resultExpires = "1d" } = options;
    this.#admission.admitRoute({ task, queue, priority });
    const keep = Math.max(0, toMilliseconds(resultExpires));
    const fate = JSON.stringify(fateOf({ reply: this.#desk.inbox.client, keep }));
    return {
      contract,
      queue,
      priority,
      keep,
      before: ` ${FIRST} ${queue} ${priority} 0\n\n${JSON.stringify({ task, fingerprint }).slice(0, -1)},"submitted":`,
      after: `,${fate.slice(1)}\n`,
    };
  }
}

/** Nothing is set on it, and it is called once, with all it needs. */
function isPlain({ mode, immutable, open, options, links, errbacks, stampers }: CallTree): boolean {
  if (mode !== "call" || immutable || open || links.length > 0 || errbacks.length > 0 || stampers.length > 0) {
    return false;
  }
  for (const _ in options) return false;
  return true;
}
