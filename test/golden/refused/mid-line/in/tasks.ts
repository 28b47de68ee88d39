/** Adds two numbers. @task */
export function add(x: number): number {
  return x;
}
