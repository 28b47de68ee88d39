/** @task */
export function fromMts(x: string): string {
  return x;
}
