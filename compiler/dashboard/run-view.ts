/** A stored run -> what its page draws: like nodes folded into boxes, and one letter for the state of each node. */
import type { RunRecord } from "../../runtime/broker.js";
import type { TaskState } from "../../runtime/messages.js";
import type { Shape } from "../../runtime/plan/shape.js";
import { progressOf } from "../../runtime/result/task-info.js";
import { writeIndices } from "../../runtime/wire.js";
import { foldAlike } from "../graph/fold.js";
import { toGraph } from "../graph/graph.js";
import { runState, shapeOf, statesOf } from "../inspect/run-report.js";
import { LETTERS, type RunShape, type RunStates } from "./view.js";

/** What a record says of the run's shape; two records of one run differ in it only where something was added. */
export function shapeText(record: RunRecord): string {
  return (
    record.shape ??
    `lone ${[...shapeOf(record).values()].map((node) => (node.kind === "call" ? node.task : "")).join()}`
  );
}

/** The run as boxes and arrows. `task` names the one call of a run that has no stored shape. */
export function toRunShape(record: RunRecord, task?: string): RunShape {
  const stored = [...shapeOf(record).values()];
  const isNameless = record.shape === undefined && record.outcomes.size === 0 && task !== undefined;
  const nodes = isNameless ? stored.map((node) => (node.kind === "call" ? { ...node, task } : node)) : stored;
  const { boxes, arrows } = toGraph({ nodes, result: record.result });
  const classes = foldAlike(nodes);
  const alike = new Map<number, number[]>();
  for (const { index } of nodes) {
    const number = classes.get(index)!;
    const known = alike.get(number);
    if (known) known.push(index);
    else alike.set(number, [index]);
  }
  const byFirst = new Map([...alike.values()].map((indices) => [`n${indices[0]}`, writeIndices(indices)]));
  return {
    id: record.run,
    result: record.result,
    boxes: boxes.map(({ states: _, ...box }) => ({ ...box, nodes: byFirst.get(box.id) ?? "" })),
    arrows,
  };
}

/** How the run stands. */
export function toRunStates(record: RunRecord, shape: Shape = shapeOf(record)): RunStates {
  const states = statesOf(record, shape);
  const attempts = [...record.leased, ...record.delayed].map(([index, { attempt }]) => [index, attempt] as const);
  return {
    state: runState(record, states),
    open: record.open,
    letters: lettersOf(states),
    progress: [...record.progress].flatMap(([index, text]) => {
      const progress = progressOf(text);
      return progress ? [[index, progress] as const] : [];
    }),
    attempts: attempts.filter(([, attempt]) => attempt > 0),
  };
}

function lettersOf(states: ReadonlyMap<number, TaskState>): string {
  const letters: string[] = [];
  for (const [index, state] of states) letters[index] = LETTERS[state];
  return Array.from(letters, (letter) => letter ?? " ").join("");
}
