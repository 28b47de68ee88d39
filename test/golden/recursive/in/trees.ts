export interface Tree<Leaf> {
  readonly leaf: Leaf;
  readonly branches: readonly Tree<Leaf>[];
}
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Nested<T> = T | Nested<T>[];
export type Id = string & { readonly __brand: "Id" };
declare const unit: unique symbol;
export type Metres = number & { readonly [unit]: "m" };
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: Id;
}
export interface Person {
  readonly id: Id;
  readonly friends: Map<Id, Person>;
  readonly employer?: Company;
}
export interface Company {
  readonly staff: Set<Person>;
}

/** @task */
export function prune(dates: Tree<Date>, names: Tree<string>): Page<Tree<Date>> {
  return { items: names.branches.length > 0 ? [] : [dates] };
}

/** @task */
export function hire(person: Person, at: Metres): Company {
  return { staff: new Set(at > 0 ? [person] : []) };
}

/** @task */
export function flatten(value: Nested<number>, meta: Json): Json {
  return Array.isArray(value) ? meta : value;
}

function same<T>(value: T): T {
  return value;
}

/** @task */
export const sameText: (text: string) => string = same;

/** @task */
export const sameDate = same<Date>;
