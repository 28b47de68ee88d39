import { codec } from "tqc";

export enum Color {
  Red = "red",
  Green = "green",
}
enum Size {
  Small,
  Large,
}
type UserId = string & { readonly __brand: "UserId" };
interface Address {
  readonly street: string;
  zip?: string;
}
interface User {
  id: UserId;
  home: Address;
  work: Address | undefined;
  nickname: string | null;
}
interface Tree {
  value: number;
  children: Tree[];
}
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export class Money {
  constructor(readonly cents: number) {}
  toText(): string {
    return String(this.cents);
  }
}
codec(Money, { name: "Money", encode: (money) => money.cents, decode: (cents: number) => new Money(cents) });

/** @task */
export function primitives(a: string, b: number, c: boolean, d: null, e: undefined, f: bigint): void {}

/** @task */
export function literals(a: "b" | "a" | 3, b: true, c: 10n | -2n, d: `v${number}.${string}`, e: Color, f: Size.Large): "ok" {
  return "ok";
}

/** @task */
export function builtins(a: Date, b: RegExp, c: URL, d: Error, e: TypeError, f: Uint8Array, g: ArrayBuffer, h: Buffer): Float64Array {
  return new Float64Array();
}

/** @task */
export function collections(
  a: string[],
  b: readonly (number | string)[],
  c: [first: string, second?: number],
  d: [string, ...number[]],
  e: [...number[], string],
  f: Map<string, Date>,
  g: ReadonlySet<UserId>,
  h: Record<string, number>,
  i: Partial<Record<`x-${string}`, boolean>>,
): Set<string> {
  return new Set();
}

/** @task */
export function objects(user: User, brand: UserId, tree: Tree, json: Json, both: { a: string } & { b?: number }): Tree {
  return tree;
}

/** @task */
export function money(amount: Money, rest: Omit<User, "home" | "work">): Promise<Money | undefined> {
  return Promise.resolve(amount);
}

/** @task */
export function optional(first?: string, second: number = 2, ...rest: Color[]): string | undefined {
  return first;
}

/** @task */
export function tupleRest(...args: [from: Date, to?: Date]): number {
  return args.length;
}

/** @task */
export function destructured({ street }: Address, [x]: [number]): string {
  return street + x;
}

/** @task */
export function inferred(flag: boolean) {
  return flag ? { ok: true as const, at: new Date(0) } : { ok: false as const };
}
