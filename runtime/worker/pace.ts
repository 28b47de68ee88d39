/** How long calls of each task take, in milliseconds: a moving mean, so that a first call that had much to load is forgotten. */

/** How much the latest call counts for. */
const WEIGHT = 1 / 4;

export class Pace {
  readonly #means = new Map<string, number>();

  note(task: string, took: number): void {
    const mean = this.#means.get(task);
    this.#means.set(task, mean === undefined ? took : mean + (took - mean) * WEIGHT);
  }

  /** 0 where no call of the task has ended yet. */
  of(task: string): number {
    return this.#means.get(task) ?? 0;
  }
}
