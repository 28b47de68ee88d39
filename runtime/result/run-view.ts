/** One run as a client sees it: its outcomes, its shape, and a handle for each of its nodes. */
import type { Broker, RunRecord } from "../broker.js";
import type { Clock } from "../clock.js";
import type { NodeIndex, OutcomeText } from "../messages.js";
import { readShape, type Shape } from "../plan/shape.js";
import { nodeId } from "../wire.js";
import { Family } from "./family.js";
import type { Inbox, Listening } from "./inbox.js";
import type { NodeFacts, OutcomeSource } from "./outcomes.js";
import type { Search } from "./search.js";
import { hearing } from "./waiting.js";

/** What handles ask of the application they came from. */
export interface Desk {
  broker(): Promise<Broker>;
  readonly clock: Clock;
  readonly inbox: Inbox;
  readonly search: Search;
}

/** What is known of a run without asking. */
export interface RunFacts {
  readonly run: string;
  /** The node whose outcome is the run's. */
  readonly result: NodeIndex;
  /** Absent for a run of one plain call, and where it was not asked for yet. */
  readonly shape?: string | undefined;
  /** The task of a run of one call, where known. */
  readonly task?: string | undefined;
  /** Milliseconds since the epoch; known for runs that were submitted here. */
  readonly submitted?: number | undefined;
  /** The broker had it when it was asked for. */
  readonly seen?: boolean;
}

export class RunView implements OutcomeSource {
  readonly desk: Desk;
  readonly run: string;
  readonly result: NodeIndex;
  readonly submitted: number | undefined;
  readonly #task: string | undefined;
  readonly #seen: boolean;
  #text: string | undefined;
  #shape: Shape | undefined;
  #family: Family | undefined;

  constructor(desk: Desk, { run, result, shape, task, submitted, seen = false }: RunFacts) {
    this.desk = desk;
    this.run = run;
    this.result = result;
    this.submitted = submitted;
    this.#task = task;
    this.#seen = seen;
    this.#text = shape;
  }

  /** The nodes by index; empty where the run has no shape, or it is not loaded. */
  get shape(): Shape {
    this.#shape ??= readShape(this.#text ?? "");
    return this.#shape;
  }

  get family(): Family {
    this.#family ??= new Family(this.shape);
    return this.#family;
  }

  /** The id that opens a node. */
  idOf(index: NodeIndex): string {
    return this.shape.get(index)?.id ?? nodeId(this.run, index, this.result);
  }

  async read(nodes: readonly NodeIndex[]): Promise<readonly (OutcomeText | undefined)[]> {
    return (await this.desk.broker()).read(this.run, nodes);
  }

  /** Everything the broker knows of the run now; undefined where it knows nothing. */
  async inspect(): Promise<RunRecord | undefined> {
    return (await this.desk.broker()).inspect(this.run);
  }

  /** Reads the shape again: replacements and streams add to it while the run goes on. */
  async load(): Promise<void> {
    const text = (await this.inspect())?.shape;
    if (text === undefined || text === this.#text) return;
    this.#text = text;
    this.#shape = undefined;
    this.#family = undefined;
  }

  async describe(index: NodeIndex): Promise<NodeFacts> {
    if (!this.shape.has(index) && this.#task === undefined) await this.load();
    const node = this.shape.get(index);
    const task = node?.kind === "call" ? node.task : node ? "a group" : (this.#task ?? "a task");
    return { taskId: this.idOf(index), task, path: node?.path ?? "" };
  }

  /** Whether the client's one subscription tells of this node's end. */
  isOwn(index: NodeIndex): boolean {
    return this.submitted !== undefined && index === this.result;
  }

  /** Whether the broker had this run and has no trace of it any more. One that it never had may still come. */
  async isGone(): Promise<boolean> {
    const had = this.#seen || this.submitted !== undefined;
    return had && this.desk.search.isMissing(this.run);
  }

  /** Hears of a node's end: of the run's own by the client's one subscription, of any other by following the run. */
  async listen(index: NodeIndex, heard: (outcome: OutcomeText | undefined) => void): Promise<Listening> {
    const { desk, run, submitted } = this;
    const listener = hearing((ended) => ended === index, heard);
    if (submitted !== undefined && this.isOwn(index)) return desk.inbox.listen({ run, submitted }, listener);
    const stop = await (await desk.broker()).follow({ run }, listener);
    return { late: true, stop: () => void stop().catch(() => {}) };
  }
}
