/** Deaths that a test has arranged: of whichever worker reaches that moment with that task. */

/**
 * When a worker dies: it has been handed the task and has not begun ("claim"); the function has ended and nobody was told
 * ("run"); the outcome was recorded and the worker never heard of it ("settle").
 */
export type Moment = "claim" | "run" | "settle";

/** A death to come. */
export interface Fate {
  readonly task: string;
  readonly after: Moment;
  readonly times: number;
}

export class Fates {
  readonly #left: { readonly fate: Fate; times: number }[] = [];

  /** Arranges a death. */
  add(fate: Fate): void {
    this.#left.push({ fate, times: fate.times });
  }

  /** Whether a worker dies that has come to this moment with these tasks. Each death is spent once. */
  strike(moment: Moment, tasks: readonly string[]): boolean {
    const due = this.#left.find(({ fate, times }) => times > 0 && fate.after === moment && tasks.includes(fate.task));
    if (!due) return false;
    due.times -= 1;
    return true;
  }
}
