interface Comparable<Other> {
  compareTo(other: Other): number;
}
interface Tree<Child> {
  readonly value: number;
  readonly children: readonly Child[];
}
interface Grown<Item> {
  readonly next: Grown<Item[]>;
}

/** Some have a constraint, some a default only.
 *  @task */
export function join<T extends string, U, V = string>(texts: T[], others: U[], more: V[]): string {
  return [texts, others, more].join();
}

/** Nothing is a key of every object.
 *  @task */
export function get<T extends object, K extends keyof T>(object: T, query: { key: K }): T[K] {
  return object[query.key];
}

/** @task */
export function least<T extends Comparable<T>>(items: T[]): void {
  items.sort((a, b) => a.compareTo(b));
}

/** What refers to itself is unknown where it does.
 *  @task */
export function total<T extends Tree<T>>(tree: T): number {
  return tree.value;
}

/** @task */
export function itself<T extends T>(value: T): void {}

/** @task */
export function eachOther<T extends U, U extends T>(value: T, other: U): void {}

/** @task */
export function endless<T extends Grown<T>>(value: T): void {}

/** @task */
export function anything<T extends unknown>(value: T): void {}

/** @task */
export function callback<T extends (x: number) => void>(run: T): void {}
