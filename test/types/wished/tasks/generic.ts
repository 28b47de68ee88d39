/** What can be told by its label. */
export interface Labelled {
  label: string;
  rank: number;
}

/** The first of some texts.
 *  @task */
export function head<T extends string>(items: T[]): T | undefined {
  return items[0];
}

/** One property of each.
 *  @task */
export function pluck<T extends Labelled, K extends keyof T>(items: readonly T[], key: K): T[K][] {
  return items.map((item) => item[key]);
}

/** The highest, above a limit.
 *  @task */
export async function highest<T extends Labelled>(items: T[], above?: T["rank"]): Promise<T | null> {
  return items.find(({ rank }) => rank > (above ?? 0)) ?? null;
}
