/** A node that has ended -> the value that `get` gives, or the error it rejects with. */
import { errorOf } from "./failure.js";
import type { NodeIndex, OutcomeText } from "./messages.js";
import { readValue, traceFailure } from "./outcomes.js";
import type { RunView } from "./run-view.js";
import { type Outcome, readOutcome } from "./wire.js";

/** The value of a node that has ended; rejects where it has none. */
export async function endValue(view: RunView, index: NodeIndex, text: OutcomeText): Promise<unknown> {
  const outcome = readOutcome(text);
  if (outcome.state === "SUCCESS") return readValue(outcome, view, "hidden");
  throw await failureOf(view, index, outcome);
}

/** The error of a node that has failed. */
export async function failureOf(view: RunView, index: NodeIndex, outcome: Outcome): Promise<Error> {
  const { failure, reach } = await traceFailure(index, outcome, view);
  // A group hears of its members through its join, and is the thing that failed: only what follows it is a chord.
  return errorOf(failure, reach === "join" && view.family.members(index) ? "edge" : reach);
}
