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

/**
 * Adds up a list.
 * @task
 */
export function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
