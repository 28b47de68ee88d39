/** Adds two numbers.
 *  @task */
export function add(x: number, y: number): number {
  return x + y;
}

/** Multiplies two numbers.
 *  @task */
export async function mul(x: number, y: number): Promise<number> {
  return x * y;
}

/** Adds up a list.
 *  @task */
export function sum(list: number[]): number {
  return list.reduce((a, b) => a + b, 0);
}

/** Raises a number to a power, 2 by default.
 *  @task */
export function pow(base: number, exp?: number): number {
  return base ** (exp ?? 2);
}

/** The largest of some numbers.
 *  @task */
export function max(first: number, ...others: number[]): number {
  return Math.max(first, ...others);
}
