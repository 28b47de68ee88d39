/** @task */
export function first<T>(items: T[]): T | undefined {
  return items[0];
}

/** @task */
export function size(x: string): number;
export function size(x: string[]): number;
export function size(x: string | string[]): number {
  return x.length;
}

/** @task */
export function total(this: { items: string[] }): number {
  return this.items.length;
}
