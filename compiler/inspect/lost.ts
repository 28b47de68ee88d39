/** What can be said of an id that the broker has nothing under. */

import type { Overview } from "../../runtime/broker.js";
import { serves } from "./served.js";

/** Names the queues in which a single call may still wait, and whether anybody serves them. */
export function lostSentence(id: string, { queues, workers }: Overview): string {
  const waiting = queues.filter(({ ready, delayed }) => ready + delayed > 0);
  if (waiting.length === 0) {
    return `nothing is known of ${id}: no such run was sent here, or its result has expired; every queue is empty`;
  }
  const places = waiting.map(({ name, ready }) => {
    const serving = workers.filter((worker) => serves(worker, name)).length;
    return `${name} (${ready} ready, ${serving === 0 ? "which no worker serves" : `${serving} serving`})`;
  });
  return `nothing has happened to ${id} yet: it is a single call that waits in its queue, one of ${places.join(", ")}; or its result has expired, or no such run was sent here`;
}

/** What it may mean that the broker has nothing under an id. */
export const UNKNOWN =
  "no such run was sent here, its result has expired, or it is a single call that still waits in its queue";
