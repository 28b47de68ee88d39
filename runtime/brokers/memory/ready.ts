/** Where a call goes that can start: to its queue, to the delayed ones, or straight to the worker that asks. */
import type { MessageText, NodeIndex } from "../../messages.js";
import { nodeKey, readRouting } from "../routing.js";
import type { Store } from "./store.js";

/** Takes a call that has been made ready by the end of another; `ahead` is the last of the pure calls that follow it, if any do. */
export type Start = (text: MessageText, ahead?: NodeIndex) => void;

/** A call that was made ready goes to the front, so that open work stays bounded. */
export function startInFront(store: Store, text: MessageText): void {
  const { delay, queue, priority } = readRouting(text);
  if (delay > 0) postpone(store, text, delay);
  else store.queues.pushFront(text, queue, priority);
}

/** A call that waits for a time. */
export function postpone(store: Store, text: MessageText, delay: number): void {
  const { run, index } = readRouting(text);
  store.delayed.set(nodeKey(run, index), store.clock.now() + delay, text);
}

/** Delayed calls that are due go to the tail of their queue. */
export function promoteDue(store: Store, limit: number): number {
  const now = store.clock.now();
  let promoted = 0;
  for (; promoted < limit; promoted++) {
    const text = store.delayed.take(now);
    if (text === undefined) break;
    const { queue, priority } = readRouting(text);
    store.queues.pushBack(text, queue, priority);
  }
  return promoted;
}

/** The moment at which there is something to promote. */
export function nextDue({ delayed, expiring, opening }: Store): number | undefined {
  const moments = [delayed.next(), expiring.next(), opening.next()].filter((moment) => moment !== undefined);
  return moments.length > 0 ? Math.min(...moments) : undefined;
}

/** Whether a message's node has ended meanwhile, so that it must not run. */
export function isDead(store: Store, text: MessageText): boolean {
  if (store.cancelled.size === 0) return false;
  const { run, index } = readRouting(text);
  const until = store.cancelled.get(run);
  if (until === undefined) return false;
  if (until <= store.clock.now()) {
    store.cancelled.delete(run);
    return false;
  }
  const planned = store.runs.get(run);
  return planned === undefined || planned.outcomes.has(index);
}
