/** A node that has ended -> the value that `get` gives, or the error it rejects with. */

import type { NodeIndex, OutcomeText } from "../messages.js";
import { type Outcome, readOutcome } from "../wire.js";
import { errorOf } from "./failure.js";
import { readValue, traceFailure } from "./outcomes.js";
import type { RunView } from "./run-view.js";

/** The value of a node that has ended; rejects where it has none. */
export async function endValue(view: RunView, index: NodeIndex, text: OutcomeText): Promise<unknown> {
  const outcome = readOutcome(text);
  if (outcome.state === "SUCCESS") return readValue(outcome, view, "hidden");
  throw await failureOf(view, index, outcome);
}

/** The error of a node that has failed. */
export async function failureOf(view: RunView, index: NodeIndex, outcome: Outcome): Promise<Error> {
  const { failure, origin } = await traceFailure(index, outcome, view);
  if (origin === index) return errorOf(failure, "own");
  const { path } = await view.describe(index);
  return errorOf(failure, isBehindJoin(path, failure.path) ? "join" : "edge");
}

const BELOW_A_JOIN = /(?:group|header)\[\d+\]/g;

/**
 * Whether what failed stood below a join that this node stands outside of. A group that failed, or what a group has
 * replaced, stands where its join does: it is the thing that failed, and only what follows it is a chord's body.
 */
function isBehindJoin(path: string, origin: string): boolean {
  for (const { 0: member, index } of origin.matchAll(BELOW_A_JOIN)) {
    const join = origin.slice(0, index);
    if ((path === "" ? "" : `${path}/`) === join) return false;
    if (!path.startsWith(join + member.slice(0, member.indexOf("[") + 1))) return true;
  }
  return false;
}
