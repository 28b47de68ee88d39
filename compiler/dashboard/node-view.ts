/** One node of a run -> all that is known of it, but for its arguments and its result. */
import type { Broker, Overview, RunRecord } from "../../runtime/broker.js";
import type { NodeIndex } from "../../runtime/messages.js";
import type { Shape } from "../../runtime/plan/shape.js";
import { taskFailure } from "../../runtime/result/failure.js";
import { traceFailure } from "../../runtime/result/outcomes.js";
import { progressOf } from "../../runtime/result/task-info.js";
import { type Outcome, readMessage, readOutcome } from "../../runtime/wire.js";
import { heldBy } from "../inspect/held.js";
import { placesOf } from "../inspect/places.js";
import { idOf, shapeOf, sourceOf, statesOf } from "../inspect/run-report.js";
import { explain } from "../inspect/why.js";
import type { NodeView } from "./view.js";

/** Which node, and what has been read already. */
export interface NodeQuestion {
  readonly broker: Broker;
  readonly record: RunRecord;
  readonly index: NodeIndex;
}

/** The node; undefined where the run has none there. */
export async function toNodeView({ broker, record, index }: NodeQuestion): Promise<NodeView | undefined> {
  const shape = shapeOf(record);
  const node = shape.get(index);
  if (!node) return undefined;
  const overview = await broker.overview();
  const locate = (node: number) => broker.locate(record.run, node);
  const { sentence } = await explain({ record, index, overview, now: Date.now(), locate });
  const text = record.outcomes.get(index);
  const outcome = text === undefined ? undefined : readOutcome(text);
  const progress = progressOf(record.progress.get(index));
  const aside = record.aside.get(index);
  return {
    id: idOf(node, record),
    run: record.run,
    index,
    kind: node.kind === "join" ? "join" : "task",
    ...(node.kind === "call" && { task: node.task }),
    path: placesOf(shape).get(index) ?? node.path,
    state: statesOf(record, shape).get(index) ?? "PENDING",
    why: sentence,
    ...(outcome ? await endedFacts(outcome, { record, index, shape }) : openFacts({ record, index, overview })),
    ...(progress && { progress }),
    ...(aside && { setAside: aside.reason }),
  };
}

type Facts = Partial<NodeView>;

/** What its message says, where somebody holds it, and what is known of its wait. */
function openFacts({ record, index, overview }: { record: RunRecord; index: NodeIndex; overview: Overview }): Facts {
  const leased = record.leased.get(index);
  const delayed = record.delayed.get(index);
  const header = headerOf({ record, index, overview });
  return {
    ...(header && { submitted: header.submitted, stamps: header.stamps ?? {} }),
    ...(leased && { attempt: leased.attempt, worker: leased.worker, started: leased.since }),
    ...(delayed && { attempt: delayed.attempt, due: delayed.due }),
  };
}

function headerOf({ record, index, overview }: { record: RunRecord; index: NodeIndex; overview: Overview }) {
  const held = overview.workers
    .flatMap(heldBy)
    .find((message) => message.run === record.run && message.index === index);
  const aside = record.aside.get(index);
  try {
    return held?.header ?? (aside && readMessage(aside.text).header);
  } catch {
    // What was set aside may not be readable; that is why it was.
    return undefined;
  }
}

interface Ended {
  readonly record: RunRecord;
  readonly index: NodeIndex;
  readonly shape: Shape;
}

async function endedFacts(outcome: Outcome, ended: Ended): Promise<Facts> {
  const { state, attempt, worker, submitted, started, finished, stamps } = outcome;
  return {
    ...(attempt !== undefined && { attempt }),
    ...(worker !== undefined && { worker }),
    ...(submitted !== undefined && { submitted }),
    ...(started !== undefined && { started }),
    ...(finished !== undefined && { finished }),
    ...(stamps && { stamps }),
    ...(state !== "SUCCESS" && { error: await errorFacts(outcome, ended) }),
  };
}

async function errorFacts(outcome: Outcome, { record, index, shape }: Ended): Promise<NonNullable<NodeView["error"]>> {
  const { failure, origin } = await traceFailure(index, outcome, sourceOf(record, shape));
  const { taskId, error } = taskFailure(failure);
  return { name: error.name, message: error.message, stack: error.stack, taskId, index: origin };
}
