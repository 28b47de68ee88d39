import type { Settled, TaskFailure } from "tqc";

/** Says that it is there.
 *  @task */
export function ping(): "pong" {
  return "pong";
}

/** Writes a line to the log.
 *  @task */
export function log(message: string): void {
  message.trim();
}

/** Notes a failure.
 *  @task */
export function onFailure(failure: TaskFailure): void {
  failure.path.trim();
}

/** Always fails.
 *  @task */
export function fail(): never {
  throw new Error("failed");
}

/** Hands on what it is given.
 *  @task */
export function keep(value: unknown): unknown {
  return value;
}

/** Notes the outcomes of a chord.
 *  @task */
export function tally(outcomes: Settled<number>[]): number {
  return outcomes.length;
}

// biome-ignore lint/complexity/noStaticOnlyClass: a task may be a static method
export class Reports {
  /** Renders a report.
   *
   *  Takes its time.
   *  @task { queue: "reports" } */
  static async render(id: string, pages: number): Promise<Uint8Array> {
    return new Uint8Array(id.length * pages);
  }
}
