/** A stored run -> its nodes with their states: what `tqc inspect run`, `tqc graph --run` and `tqc why` read. */
import type { RunRecord } from "../../runtime/broker.js";
import type { NodeIndex, TaskState } from "../../runtime/messages.js";
import { readShape, type Shape, type ShapeNode } from "../../runtime/plan/shape.js";
import { taskFailure } from "../../runtime/result/failure.js";
import { type OutcomeSource, traceFailure } from "../../runtime/result/outcomes.js";
import { type Progress, progressOf, stateOf } from "../../runtime/result/task-info.js";
import { nodeId, type Outcome, readOutcome } from "../../runtime/wire.js";
import { placesOf } from "./places.js";
import { momentText } from "./time-text.js";

/** What `tqc inspect run ID --json` prints. Absent is what is not known, or not yet. */
export interface RunReport {
  readonly version: 1;
  readonly id: string;
  readonly state: TaskState;
  /** Nodes that have not ended. */
  readonly open: number;
  readonly nodes: readonly NodeReport[];
}

export interface NodeReport {
  readonly id: string;
  readonly kind: "task" | "join";
  /** The task's name; absent for a join. */
  readonly task?: string;
  /** Where it stands in the canvas; empty for a lone task. */
  readonly path: string;
  readonly state: TaskState;
  /** Failed attempts so far. */
  readonly attempt?: number;
  readonly worker?: string;
  readonly started?: string;
  readonly finished?: string;
  /** When it may start, for one that waits for a time. */
  readonly due?: string;
  readonly progress?: Progress;
  readonly setAside?: string;
  readonly error?: { readonly name: string; readonly message: string; readonly taskId: string };
}

/** The nodes of a run by index. A run of one call has no stored shape; its task is told by whatever holds it, or by its outcome. */
export function shapeOf(record: RunRecord): Shape {
  if (record.shape !== undefined) return readShape(record.shape);
  const outcome = record.outcomes.get(record.result);
  const holder =
    record.aside.get(record.result) ?? record.leased.get(record.result) ?? record.delayed.get(record.result);
  const task = holder?.task ?? (outcome && readOutcome(outcome).task) ?? "a task";
  return new Map([[record.result, { kind: "call", index: record.result, path: "", edges: [], task }]]);
}

/** The state of every node. */
export function statesOf(record: RunRecord, shape: Shape): Map<NodeIndex, TaskState> {
  const states = [...shape.keys()].map((index) => {
    const outcome = record.outcomes.get(index);
    return [index, outcome === undefined ? stateOf(record, index) : readOutcome(outcome).state] as const;
  });
  return new Map(states);
}

/** Record -> report. */
export async function toRunReport(record: RunRecord): Promise<RunReport> {
  const shape = shapeOf(record);
  const states = statesOf(record, shape);
  const places = placesOf(shape);
  const nodes = await Promise.all(
    [...shape.values()].map(async (node) => ({
      ...(await nodeReport(node, states, record, shape)),
      path: places.get(node.index) ?? node.path,
    })),
  );
  return { version: 1, id: record.run, state: runState(record, states), open: record.open, nodes };
}

/** A run has started when one of its nodes has. */
export function runState(record: RunRecord, states: ReadonlyMap<NodeIndex, TaskState>): TaskState {
  if (record.outcomes.has(record.result)) return states.get(record.result) ?? "PENDING";
  return record.outcomes.size + record.leased.size > 0 ? "STARTED" : "PENDING";
}

async function nodeReport(
  node: ShapeNode,
  states: ReadonlyMap<NodeIndex, TaskState>,
  record: RunRecord,
  shape: Shape,
): Promise<NodeReport> {
  const { index, path } = node;
  const text = record.outcomes.get(index);
  const progress = progressOf(record.progress.get(index));
  const aside = record.aside.get(index);
  return {
    id: idOf(node, record),
    ...(node.kind === "call" ? { kind: "task", task: node.task } : { kind: "join" }),
    path,
    state: states.get(index) ?? "PENDING",
    ...(text === undefined ? waitingFacts(index, record) : await endedFacts(index, readOutcome(text), record, shape)),
    ...(progress && { progress }),
    ...(aside && { setAside: aside.reason }),
  };
}

/** The id that opens a node. */
export function idOf({ id, index }: ShapeNode, { run, result }: RunRecord): string {
  return id ?? nodeId(run, index, result);
}

function waitingFacts(index: NodeIndex, { leased, delayed }: RunRecord): Partial<NodeReport> {
  const held = leased.get(index);
  if (held) return { attempt: held.attempt, worker: held.worker, started: momentText(held.since) };
  const waits = delayed.get(index);
  return waits ? { attempt: waits.attempt, due: momentText(waits.due) } : {};
}

async function endedFacts(
  index: NodeIndex,
  outcome: Outcome,
  record: RunRecord,
  shape: Shape,
): Promise<Partial<NodeReport>> {
  const { attempt, worker, started, finished } = outcome;
  return {
    ...(attempt !== undefined && { attempt }),
    ...(worker !== undefined && { worker }),
    ...(started !== undefined && { started: momentText(started) }),
    ...(finished !== undefined && { finished: momentText(finished) }),
    ...(outcome.state !== "SUCCESS" && { error: await errorOf(index, outcome, record, shape) }),
  };
}

/** What a node that failed failed of, and the task where it happened. */
export async function errorOf(
  index: NodeIndex,
  outcome: Outcome,
  record: RunRecord,
  shape: Shape,
): Promise<{ readonly name: string; readonly message: string; readonly taskId: string }> {
  const { failure } = await traceFailure(index, outcome, sourceOf(record, shape));
  const { taskId, error } = taskFailure(failure);
  return { name: error.name, message: error.message, taskId };
}

/** A record that was read already, as the readers of outcomes want it. */
export function sourceOf(record: RunRecord, shape: Shape): OutcomeSource {
  return {
    run: record.run,
    read: async (nodes) => nodes.map((index) => record.outcomes.get(index)),
    describe: async (index) => {
      const node = shape.get(index);
      const task = node?.kind === "call" ? node.task : "a group";
      return { taskId: node ? idOf(node, record) : record.run, task, path: node?.path ?? "" };
    },
  };
}
