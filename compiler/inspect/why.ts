/** Why a node is not done, or what became of it: one cause, one sentence. Pure; everything it looks at was read before. */
import type { AsideReason, DelayReason, Located, Overview, RunRecord } from "../../runtime/broker.js";
import type { NodeIndex, TaskState } from "../../runtime/messages.js";
import type { Shape, ShapeNode } from "../../runtime/plan/shape.js";
import { readOutcome } from "../../runtime/wire.js";
import { targetsOf } from "../graph/fold.js";
import type { Cause, Finding } from "./cause.js";
import { idleCause } from "./idle-cause.js";
import { errorOf, idOf, shapeOf, statesOf } from "./run-report.js";
import { agoText, lengthText, momentText } from "./time-text.js";

/** What was read for one question. */
export interface Question {
  readonly record: RunRecord;
  readonly index: NodeIndex;
  readonly overview: Overview;
  readonly now: number;
  /** Where a call that is ready stands in its queue. */
  locate(index: NodeIndex): Promise<Located | undefined>;
}

/** What `tqc why ID --json` prints, but for the version. */
export interface Answer {
  readonly id: string;
  readonly state: TaskState;
  readonly cause: Cause;
  readonly sentence: string;
}

/** The cause of a node's state. */
export async function explain(question: Question): Promise<Answer> {
  const { record, index } = question;
  const shape = shapeOf(record);
  const node = shape.get(index);
  if (!node) {
    const sentence = `run ${record.run} has no node ${index}; \`tqc inspect run ${record.run}\` lists those it has`;
    return { id: `${record.run}~${index}`, state: "PENDING", cause: "unknown", sentence };
  }
  const state = statesOf(record, shape).get(index) ?? "PENDING";
  const { cause, says } = await causeOf(node, shape, question);
  return { id: idOf(node, record), state, cause, sentence: `${nameOf(node)} ${says}` };
}

async function causeOf(node: ShapeNode, shape: Shape, question: Question): Promise<Finding> {
  if (question.record.outcomes.has(node.index)) return endedCause(node, shape, question);
  const parents = openParents(shape, question.record);
  const [first, ...others] = parents.get(node.index) ?? [];
  if (first === undefined || isHeld(node.index, question.record)) return ownCause(node, question);
  const nearest = shape.get([first, ...others].find((index) => isHeld(index, question.record)) ?? first)!;
  const root = shape.get(rootOf(nearest.index, parents, question.record))!;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  const direct = `waits for ${nameOf(nearest)} (${idOf(nearest, question.record)})${more}`;
  const { says } = await ownCause(root, question);
  return {
    cause: "waits-for",
    says: `${direct}${root === nearest ? ", which" : `; before that, ${nameOf(root)}`} ${says}`,
  };
}

/** What each node waits for: the nodes before it that have not ended. */
function openParents(shape: Shape, { outcomes }: RunRecord): ReadonlyMap<NodeIndex, NodeIndex[]> {
  const parents = new Map<NodeIndex, NodeIndex[]>([...shape.keys()].map((index) => [index, []]));
  for (const { index, edges } of shape.values()) {
    if (!outcomes.has(index)) for (const to of edges.flatMap(targetsOf)) parents.get(to)?.push(index);
  }
  return parents;
}

/** The first node on the way back that something other than a parent holds up. */
function rootOf(start: NodeIndex, parents: ReadonlyMap<NodeIndex, NodeIndex[]>, record: RunRecord): NodeIndex {
  let at = start;
  while (!isHeld(at, record)) {
    const before = parents.get(at) ?? [];
    const next = before.find((index) => isHeld(index, record)) ?? before[0];
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

function isHeld(index: NodeIndex, { leased, aside, delayed }: RunRecord): boolean {
  return leased.has(index) || aside.has(index) || delayed.has(index);
}

/** The cause of a node that waits for no other. */
async function ownCause(node: ShapeNode, question: Question): Promise<Finding> {
  const held = heldCause(node, question);
  if (held) return held;
  if (node.kind === "join") return { cause: "waits-for", says: "waits for members that are still being submitted" };
  return idleCause(node.task, question.overview, await question.locate(node.index));
}

async function endedCause(node: ShapeNode, shape: Shape, { record, now }: Question): Promise<Finding> {
  const outcome = readOutcome(record.outcomes.get(node.index) ?? "");
  const { state, started, finished, worker } = outcome;
  const when = finished === undefined ? "" : ` ${agoText(finished, now)}`;
  if (state === "SUCCESS") {
    const took = started === undefined || finished === undefined ? "" : ` in ${lengthText(finished - started)}`;
    return { cause: "done", says: `succeeded${when}${took}${worker === undefined ? "" : ` on ${worker}`}` };
  }
  const { name, message, taskId } = await errorOf(node.index, outcome, record, shape);
  const [cause, word] = state === "REVOKED" ? revokedCause(outcome.value) : (["failed", "failed"] as const);
  if (taskId === idOf(node, record)) return { cause, says: `${word}${when}: ${name}: ${message}` };
  const origin = [...shape.values()].find((other) => idOf(other, record) === taskId);
  return {
    cause,
    says: `${word}${when} because ${origin ? nameOf(origin) : taskId} (${taskId}) did: ${name}: ${message}`,
  };
}

/** An outcome of a broker is `%expired`, one of a worker the record of a failure. */
function revokedCause(value: string): readonly ["expired" | "revoked", string] {
  const expired = value === "%expired" || value.startsWith('{"kind":"expired"');
  return expired ? ["expired", "expired before it started, and was revoked"] : ["revoked", "was revoked"];
}

/** Something has it in hand: a worker, the shelf of what was set aside, or the clock. */
function heldCause({ index }: ShapeNode, { record, overview, now }: Question): Finding | undefined {
  const leased = record.leased.get(index);
  if (leased) {
    const worker = overview.workers.find(({ id }) => id === leased.worker);
    const since = `${leased.worker} since ${momentText(leased.since)} (${lengthText(now - leased.since)})`;
    return worker && worker.lease > now
      ? { cause: "running", says: `runs on ${since}` }
      : { cause: "worker-lost", says: `ran on ${since}, but that worker has fallen silent; another one takes it over` };
  }
  const aside = record.aside.get(index);
  if (aside) return { cause: "set-aside", says: `was set aside ${agoText(aside.since, now)}: ${ASIDE[aside.reason]}` };
  const delayed = record.delayed.get(index);
  if (!delayed) return undefined;
  const { due, attempt, reason } = delayed;
  const until = `until ${momentText(due)} (${due > now ? `in ${lengthText(due - now)}` : "due now, for the next worker that asks"})`;
  return delayCause(reason, { attempt, until });
}

function delayCause(
  reason: DelayReason,
  { attempt, until }: { readonly attempt: number; readonly until: string },
): Finding {
  switch (reason) {
    case "countdown":
      return { cause: "delayed", says: `waits ${until}, as its sender said by a countdown or an eta` };
    case "retry": {
      const times = attempt === 1 ? "once" : `${attempt} times`;
      return { cause: "retry", says: `failed ${times} and waits ${until} for its retry` };
    }
    case "rate-limit":
      return { cause: "rate-limit", says: `waits ${until} for its turn under the rate limit of its task` };
    case "pause":
      return { cause: "delayed", says: `waits ${until}: a worker could not read what it needs, and asks again then` };
  }
}

const ASIDE: Readonly<Record<AsideReason, string>> = {
  "unknown-task": "no worker that saw it knows the task; start one whose registry has it",
  incompatible: "its arguments do not fit what the workers' build of the task takes; deploy one that takes them",
  undecodable: "its arguments could not be read; deploy a worker that has their codec",
  unsigned: "its signature is missing or unknown; give the workers the key it was signed with",
  poison: "workers died while they ran it, as often as is allowed; it has failed, and its message is kept as evidence",
};

function nameOf(node: ShapeNode): string {
  const what = node.kind === "call" ? node.task : "the join";
  return node.path === "" ? what : `${what} at ${node.path}`;
}
