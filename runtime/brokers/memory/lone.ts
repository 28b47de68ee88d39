/** A run of one call: its message is all there is, and its outcome is one entry. */
import { DEFAULT_KEEP, type OutcomeText } from "../../messages.js";
import { lineOf, noticeOf } from "../routing.js";
import type { Store } from "./store.js";

/** Whom to tell of a lone run's end, and how long to keep its outcome (ms). */
export interface LoneFacts {
  readonly reply: string;
  readonly keep: number;
}

/** What a lone call's own message says of it. */
export function loneFacts(text: string): LoneFacts {
  const header = JSON.parse(lineOf(text, 2)) as { reply?: string; keep?: number };
  return { reply: header.reply ?? "", keep: header.keep ?? DEFAULT_KEEP };
}

/** Records how a lone run has ended, unless it has, and tells whoever waits. */
export function endLone(store: Store, run: string, outcome: OutcomeText, { reply, keep }: LoneFacts): void {
  if (store.results.has(run)) return;
  store.results.set(run, outcome);
  store.deliveries.delete(`${run} 0`);
  store.clock.after(keep, () => store.results.get(run) === outcome && forgetLone(store, run));
  const event = noticeOf(run, 0, outcome);
  store.tell(`reply:${reply}`, event);
  store.tell(`follow:${run}`, event);
}

/** Removes a lone run's outcome, and what it reported on its way there; false where it had none. */
export function forgetLone(store: Store, run: string): boolean {
  store.progress.delete(run);
  return store.results.delete(run);
}
