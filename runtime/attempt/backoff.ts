/** How long to wait before a failed attempt is tried again. */

/** A task's retry delays, in milliseconds. */
export interface Backoff {
  /** The delay before the first retry; doubled for each further one. */
  readonly base: number;
  /** The longest delay. */
  readonly max: number;
  /** Whether each delay is drawn at random between half of it and all of it. */
  readonly jitter: boolean;
}

/** The delay after `failures` failed attempts, from 1. `random` gives a number from 0 to 1. */
export function backoff({ base, max, jitter }: Backoff, failures: number, random: () => number = Math.random): number {
  const delay = Math.min(max, base * 2 ** (failures - 1));
  return Math.round(jitter ? delay * (0.5 + random() / 2) : delay);
}
