import type { Store } from "./store.js";

/** A token bucket: so many tokens per so many ms, and how many may be saved up. */
export interface Rate {
  readonly tokens: number;
  readonly perMs: number;
  readonly burst: number;
}

/** Reserves the next turn of a task; the milliseconds until it comes. */
export function throttle(store: Store, task: string, { tokens, perMs, burst }: Rate): number {
  const now = store.clock.now();
  const interval = perMs / tokens;
  const full = Math.max(now, store.rates.get(task) ?? 0) + interval;
  store.rates.set(task, full);
  return Math.max(0, Math.ceil(full - Math.max(1, burst) * interval - now));
}
