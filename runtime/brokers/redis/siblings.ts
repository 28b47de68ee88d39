/**
 * Lone runs whose outcome nobody wants keep it in a hash with those of their siblings, whose ids differ from theirs in the last
 * two characters: they were sent one after another. `pieces/ended.lua` knows it, too.
 */
import type { Move } from "../../broker.js";

/** Where such a run's outcome is, if it has one. */
export function siblingsKey(base: string, run: string): string {
  return `${base}ended:${run.slice(0, -2)}`;
}

/** A larger outcome has a key of its own: it is told without its text. */
const SMALL = 2_000;
/** Ids as they are made here. Of others it cannot be said what their last two characters are, to a script that counts bytes. */
const PLAIN = /^\w{3,}$/;

/** What the ids of a run's siblings begin with, where it shares a hash with them; else empty. */
export function siblingsIn({ run, outcome }: Extract<Move, { kind: "settle" }>): string {
  // The value of an ignored result, and no stamps behind it.
  const ignored = outcome.endsWith("\n!") && outcome.length < SMALL;
  return ignored && PLAIN.test(run) ? run.slice(0, -2) : "";
}
