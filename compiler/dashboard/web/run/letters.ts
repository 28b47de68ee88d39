/** The states of a run's nodes, read from their letters. */
import type { TaskState } from "../../../../runtime/messages.js";
import { readRanges } from "../../../../runtime/wire.js";
import { LETTERS } from "../../view.js";

/** Worst first: what a box of many shows. */
export const STATES: readonly TaskState[] = ["FAILURE", "REVOKED", "RETRY", "STARTED", "PENDING", "SUCCESS"];

const BY_LETTER: ReadonlyMap<string, TaskState> = new Map(
  (Object.entries(LETTERS) as [TaskState, string][]).map(([state, letter]) => [letter, state]),
);

/** The state of a node; PENDING until it is told. */
export function stateAt(letters: string, index: number): TaskState {
  return BY_LETTER.get(letters[index] ?? "") ?? "PENDING";
}

/** How many are in which state. */
export type Counts = Readonly<Record<TaskState, number>>;

/** Counts nodes that are given as ranges text. */
export function countIn(letters: string, nodes: string): Counts {
  const counts = { PENDING: 0, STARTED: 0, RETRY: 0, SUCCESS: 0, FAILURE: 0, REVOKED: 0 };
  for (const [first, last] of readRanges(nodes)) {
    for (let index = first; index <= last; index++) if (letters[index] !== " ") counts[stateAt(letters, index)] += 1;
  }
  return counts;
}

/** The worst state among them, but for one that still waits where others have begun. */
export function worstOf(counts: Counts): TaskState {
  const found = STATES.filter((state) => counts[state] > 0);
  const isUnderWay = counts.PENDING > 0 && counts.SUCCESS > 0;
  return found[0] === "PENDING" && isUnderWay ? "STARTED" : (found[0] ?? "PENDING");
}
