import { task } from "tqc";

/** How large a picture is. */
export interface Size {
  width: number;
  height: number;
}
/** How a picture is made smaller. */
export interface Manner {
  quality?: number;
  format: "png" | "jpeg";
}

/** Makes a picture smaller.
 *  @task { queue: "images", maxRetries: 5, timeLimit: "30s" } */
export async function resize(url: string, size: Size, manner?: Manner): Promise<Uint8Array> {
  return new Uint8Array(url.length + size.width + (manner?.quality ?? 0));
}

/** Writes a line about something.
 *  @task */
export function note(level: number, about: string, ...details: string[]): number {
  return level + about.length + details.length;
}

/** What there is to do.
 *  @task */
export function ids(): number[] {
  return [1, 2, 3];
}

/** Does nothing.
 *  @task */
export function nothing(): void {}

/** A number, or none.
 *  @task */
export function find(key: string, from: number = 0): number | undefined {
  return key.length > from ? from : undefined;
}

/** Takes either.
 *  @task */
export function either(value: number | string): string {
  return String(value);
}

/** Takes what may be missing.
 *  @task */
export function orElse(value: number | undefined, otherwise: number): number {
  return value ?? otherwise;
}

/** The first of some.
 *  @task */
export function first(list: readonly (string | number)[]): string | number | null {
  return list[0] ?? null;
}

/** A point, by place.
 *  @task */
export function point(x: number, y: number): readonly [x: number, y: number] {
  return [x, y];
}

/** How far a point is.
 *  @task */
export function far(at: readonly [x: number, y: number]): number {
  return Math.hypot(...at);
}

/** Says whether both are so.
 *  @task */
export const both = async (a: boolean, b = true): Promise<boolean> => a && b;

/** Says that it lives. */
export const live = task({ queue: "io" }, async (since?: Date): Promise<Date> => since ?? new Date(0));

/** All settings at once.
 *  @task */
export function tune(a?: number, b?: string, c?: boolean, d?: Date): string {
  return [a, b, c, d].join();
}
