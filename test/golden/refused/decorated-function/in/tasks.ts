import { task } from "tqc";

@task()
export function add(x: number): number {
  return x;
}
