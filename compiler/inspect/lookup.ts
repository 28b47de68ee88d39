/** An id that somebody typed -> the run and the node it means. */
import type { Located, Reading, RunRecord } from "../../runtime/broker.js";
import { glimpse } from "../../runtime/brokers/routing.js";
import type { NodeIndex } from "../../runtime/messages.js";
import { writeShape } from "../../runtime/plan/shape.js";
import { splitId } from "../../runtime/wire.js";

/** A node by its place, or a whole run, which has none. */
export interface Target {
  readonly run: string;
  readonly index?: NodeIndex;
}

/** An id of the user's choosing is looked up; any other says itself what it means. */
export async function findTarget(id: string, broker: Reading): Promise<Target> {
  const made = splitId(id);
  if (made.index !== undefined) return made;
  const [run, index] = (await broker.resolve(id)) ?? [id];
  return run === id || index === undefined ? { run } : { run, index };
}

/** What the broker knows of an id. A single call that waits in its queue has no record of its own; it is looked for there. */
export async function findRun(
  id: string,
  broker: Reading,
): Promise<{ readonly target: Target; readonly record: RunRecord | undefined }> {
  const target = await findTarget(id, broker);
  const record = await broker.inspect(target.run);
  if (record) return { target, record };
  const located = await broker.locate(target.run, target.index ?? 0);
  return { target, record: located && queuedRecord(target.run, located) };
}

/** The record of a run of one call that has not started. */
function queuedRecord(run: string, { head }: Located): RunRecord {
  const { task } = glimpse(head);
  const [outcomes, leased, delayed, aside, progress] = [new Map(), new Map(), new Map(), new Map(), new Map()];
  return { run, result: 0, open: 1, shape: loneShape(task), outcomes, leased, delayed, aside, progress };
}

function loneShape(task: string): string {
  const node = {
    kind: "call",
    index: 0,
    edges: [],
    path: "",
    task,
    mode: "call",
    immutable: false,
    args: "[]",
  } as const;
  return writeShape([{ ...node, queue: "default", priority: 0, delay: 0, options: {}, stamps: {} }]);
}
