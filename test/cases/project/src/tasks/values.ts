import { currentTask } from "tqc";

/** Whatever the canvas may hand on. */
export type Value = string | number | boolean | null | undefined | readonly Value[] | { readonly [key: string]: Value };

/** Its argument.
 *  @task */
export function id(value: Value): Value {
  return value;
}

/** All its arguments, as one list.
 *  @task */
export function list(...values: Value[]): Value[] {
  return values;
}

/** A number in words.
 *  @task */
export function fmt(value: number, digits?: number, locale?: string): string {
  return `${value.toFixed(digits ?? 0)}${locale === undefined ? "" : ` ${locale}`}`;
}

/** Text in capitals.
 *  @task */
export function upper(text: string): string {
  return text.toUpperCase();
}

/** Nothing at all.
 *  @task */
export function nothing(): void {}

/** What a task can know of itself. */
export type Self = {
  readonly id: string;
  readonly name: string;
  readonly runId: string;
  readonly parentId: string | undefined;
  readonly attempt: number;
  readonly queue: string;
  readonly priority: number;
  readonly stamps: Record<string, string | number | boolean | readonly (string | number | boolean)[]>;
  readonly headers: Record<string, string>;
};

/** Who it is, whatever it is given.
 *  @task */
export function ids(..._given: Value[]): Self {
  const { id, name, runId, parentId, attempt, queue, priority, stamps, headers } = currentTask();
  return { id, name, runId, parentId, attempt, queue, priority, stamps: { ...stamps }, headers: { ...headers } };
}

// biome-ignore lint/complexity/noStaticOnlyClass: a task may be a static method
export class Reports {
  /** A task that is a method.
   *  @task { queue: "reports" } */
  static render(title: string): string {
    return `report ${title}, queue ${currentTask().queue}`;
  }
}

/** What plain JSON would lose.
 *  @task */
export function rich(
  when: Date,
  sizes: Map<string, bigint>,
): { when: Date; sizes: Map<string, bigint>; none: undefined } {
  return { when, sizes, none: undefined };
}
