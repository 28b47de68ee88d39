import { task } from "tqc";

/** @task */
export function add(x: number): number {
  return x;
}
export { add as plus };

/** @task */
export const ping = task(() => "pong");
