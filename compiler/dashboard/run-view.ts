/** A stored run -> what its page draws: like nodes folded into boxes, and one letter for the state of each node. */
import type { RunRecord } from "../../runtime/broker.js";
import type { TaskState } from "../../runtime/messages.js";
import type { Shape } from "../../runtime/plan/shape.js";
import { progressOf } from "../../runtime/result/task-info.js";
import { writeIndices } from "../../runtime/wire.js";
import { toGraph } from "../graph/graph.js";
import { runState, shapeOf, statesOf } from "../inspect/run-report.js";
import { foldForPage, membersOf } from "./fold-for-page.js";
import { LETTERS, type RunShape, type RunStates } from "./view.js";

/** What a record says of the run's shape; two records of one run differ in it only where something was added. */
export function shapeText(record: RunRecord): string {
  return record.shape ?? [...shapeOf(record).values()].map((node) => (node.kind === "call" ? node.task : "")).join();
}

/** The run as boxes and arrows. */
export function toRunShape(record: RunRecord): RunShape {
  const nodes = [...shapeOf(record).values()];
  const classes = foldForPage(nodes);
  const { boxes, arrows } = toGraph({ nodes, result: record.result }, classes);
  const members = [...membersOf(classes).values()];
  return {
    id: record.run,
    result: record.result,
    boxes: boxes.map(({ states: _, ...box }, i) => ({ ...box, nodes: writeIndices(members[i] ?? []) })),
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
