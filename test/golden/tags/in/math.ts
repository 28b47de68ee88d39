/**
 * Adds two numbers.
 * @task
 */
export function add(x: number, y: number): number {
  return x + y;
}

/** @task */
export const double = (x: number) => add(x, x);

/** @task() */
export const later = async function (ms = 10): Promise<void> {
  await new Promise((done) => setTimeout(done, ms));
};

/**
 * Speaks of `@task` in prose, and shows it:
 *
 * ```ts
 * @task
 * ```
 */
export function helper(): string {
  return "not a task";
}
