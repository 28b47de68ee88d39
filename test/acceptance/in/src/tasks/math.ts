/** Adds two numbers.
 *  @task */
export function add(x: number, y: number): number {
  return x + y;
}

/** @task */
function subtract(from: number, what: number): number {
  return from - what;
}

export { subtract as minus };

/** @task */
export const text = async (value: number): Promise<string> => String(value);

/** @task */
export function upper(words: string): string {
  return words.toUpperCase();
}

/** @task */
export function sum(list: number[]): number {
  return list.reduce((one, other) => one + other, 0);
}

/** @task */
export function format(value: number, digits?: number, locale?: string): string {
  return `${value}/${digits}/${locale}`;
}

/** @task */
export function join(first: string, ...rest: number[]): string {
  return [first, ...rest].join(",");
}

/** @task */
export function nothing(): void {}

/** @task { ignoreResult: true } */
export function ignored(value: number): number {
  return value * 100;
}

/** @task */
export default function report(value: number): number {
  return value;
}
