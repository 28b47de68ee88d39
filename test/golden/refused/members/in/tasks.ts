import { task } from "tqc";

export class Reports {
  @task() render(): void {}

  @task() private static hidden(): void {}

  /** @task */
  get size(): number {
    return 1;
  }
}

class Unexported {
  @task() static run(): void {}
}
new Unexported();
