import { task } from "tqc";

export class Reports {
  static #rendered = 0;

  /** Renders a report. */
  @task({ queue: "reports" })
  static async render(id: string, pages = 1): Promise<string> {
    Reports.#rendered += pages;
    return `${id} of ${Reports.#rendered}`;
  }

  @task
  static plain(): number {
    return this.#rendered;
  }

  /** @task { as: "forget" } */
  static clear(): void {
    this.#rendered = 0;
  }
}

class Inner {
  @task() static count(items: readonly string[]): number {
    return items.length;
  }
}
export { Inner as Outer };
