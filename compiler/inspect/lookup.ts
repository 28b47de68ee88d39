/** An id that somebody typed -> the run and the node it means. */
import type { Reading } from "../../runtime/broker.js";
import type { NodeIndex } from "../../runtime/messages.js";
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
