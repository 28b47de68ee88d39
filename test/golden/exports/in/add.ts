/** A module of the same name as its task.
 * @task */
export function add(x: number): number {
  return x;
}

/** A name that the generated module could want for itself.
 * @task */
export function Tasks(x: number): number {
  return x;
}
