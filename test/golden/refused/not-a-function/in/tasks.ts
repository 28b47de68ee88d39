/** @task */
export const limit = 5;

/** @task */
export class Everything {}

/** @task */
export interface Shape {
  a: string;
}
