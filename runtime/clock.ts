/** Time as a dependency, so that a test can skip a year. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `run` once after `ms`; the reply cancels it. Does not keep the process alive. */
  after(ms: number, run: () => void): () => void;
}

const LONGEST_TIMER = 2_147_483_647;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: Date.now,
  after(ms, run) {
    // Node fires a longer timer at once, so a distant one is reached in hops.
    if (ms > LONGEST_TIMER) {
      let cancel = systemClock.after(LONGEST_TIMER, () => {
        cancel = systemClock.after(ms - LONGEST_TIMER, run);
      });
      return () => cancel();
    }
    const timer = setTimeout(run, Math.max(0, ms));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** As the machine's own, but from some moment on and never set: for durations. */
export const steadyClock: Clock = { now: () => performance.now(), after: systemClock.after };
