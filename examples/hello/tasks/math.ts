/**
 * Adds two numbers.
 * @task
 */
export function add(x: number, y: number): number {
  return x + y;
}

/**
 * Multiplies two numbers.
 * @task
 */
export function mul(x: number, y: number): number {
  return x * y;
}
