export class Reports {
  /** @task */
  static render(): void {}
}
