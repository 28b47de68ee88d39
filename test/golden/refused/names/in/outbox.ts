/** @task */
export function send(): void {}

export class Reports {
  /** @task */
  static render(): void {}
}
