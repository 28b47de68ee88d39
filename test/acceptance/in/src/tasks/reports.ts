import { currentTask, task } from "tqc";

export interface Report {
  readonly id: string;
  readonly made: Date;
  readonly tags: ReadonlySet<string>;
  readonly size: bigint;
}

// biome-ignore lint/complexity/noStaticOnlyClass: a class of tasks is one of the spellings
export class Reports {
  @task({ queue: "reports" })
  static async render(id: string): Promise<Report> {
    return { id, made: new Date(0), tags: new Set(["new"]), size: 12n };
  }

  /** Counts the letters of one.
   *  @task { name: "reports.length" } */
  static lengthOf(id: string): number {
    return id.length;
  }
}

export const fetchPage = task({ queue: "io" }, async (url: string) => `page ${url}`);
export const ping = task(() => "pong");

/** @task */
export function stamps(): string {
  return JSON.stringify(Object.entries(currentTask().stamps).sort());
}

/** @task */
export function headers(): Record<string, string> {
  return { ...currentTask().headers };
}
