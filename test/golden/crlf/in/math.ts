/**
 * Adds.
 * In two lines.
 *
 * @task { queue: "a",
 *   priority: 1 }
 */
export function add(
  x: number,
  y: {
    z: number;
  },
): number {
  return x + y.z;
}
