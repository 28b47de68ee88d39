/** A thing that happened. */
export interface Happening {
  readonly name: string;
  readonly at: Date;
}

/** The latest of some moments.
 *  @task */
export function latest<T extends Date>(moments: readonly T[]): T {
  return moments.reduce((a, b) => (a.getTime() < b.getTime() ? b : a));
}

/** One property of each.
 *  @task */
export async function pluck<T extends Happening, K extends keyof T>(happenings: readonly T[], key: K): Promise<T[K][]> {
  return happenings.map((happening) => happening[key]);
}

/** Texts that are not in the way.
 *  @task */
export function without<T extends string>(texts: readonly T[], ...unwanted: readonly T[]): T[] {
  return texts.filter((text) => !unwanted.includes(text));
}
