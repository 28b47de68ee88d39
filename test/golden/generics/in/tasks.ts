import { task } from "tqc";

interface Row {
  readonly id: string;
  readonly size: number;
}
interface Box<Item> {
  readonly item: Item;
}
type Wrapped<Item> = { readonly [Key in keyof Item]: Box<Item[Key]> };
type Keyed<Item> = Item extends string ? "text" : "number";

/** The first of a list.
 *  @task */
export function first<T extends string>(items: T[]): T | undefined {
  return items[0];
}

/** @task */
export function echo<T extends string | number>(value: T): T {
  return value;
}

/** @task */
export async function later<T extends Date>(value: T, by: number): Promise<T[]> {
  return [value];
}

/** @task */
export function pluck<T extends Row, K extends keyof T>(rows: readonly T[], key: K): T[K][] {
  return rows.map((row) => row[key]);
}

/** @task */
export function column<T extends Row, K extends keyof Row>(rows: T[], key: K): Row[K][] {
  return rows.map((row) => row[key]);
}

/** @task */
export function wrap<T extends Row>(row: T): Wrapped<T> {
  throw row;
}

/** @task */
export function optional<T extends number, U extends Box<T>>(box: U, index?: T, note?: string): U | undefined {
  return box;
}

/** @task */
export function rest<T extends string>(separator: string, ...parts: T[]): string {
  return parts.join(separator);
}

/** @task */
export function spread<T extends readonly [from: Date, to?: Date]>(...range: T): number {
  return range.length;
}

/** @task */
export function isText<T extends string | number>(value: T): value is T & string {
  return typeof value === "string";
}

/** @task */
export function kind<T extends string | number>(value: T, box: Box<T>): Keyed<T> {
  throw [value, box];
}

/** @task */
export function constant<const T extends readonly string[]>(names: T): T[number] {
  return names[0]!;
}

/** @task */
export function destructured<T extends Row>({ id }: T, limit: Row["size"]) {
  return { id, limit };
}

/** @task */
export const arrow = <T extends { readonly id: string }>(item: T): T["id"] => item.id;

export const wrapped = task({ queue: "io" }, async <T extends bigint>(value: T) => value);

export class Lists {
  @task()
  static reversed<T extends number>(items: readonly T[]): T[] {
    return [...items].reverse();
  }
}

function made<Item>() {
  return <T extends Item>(item: T): Box<T> => ({ item });
}
export const instance = task(made<Row>());
