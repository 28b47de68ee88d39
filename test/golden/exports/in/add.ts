/** A module of the same name as its task.
 * @task */
export function add(x: number): number {
  return x;
}
