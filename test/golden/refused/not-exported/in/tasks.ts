/** @task */
function add(x: number): number {
  return x;
}
export const six = add(6);
