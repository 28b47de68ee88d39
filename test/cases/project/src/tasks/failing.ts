import { currentTask } from "tqc";
import { note } from "../journal.js";

/** An error with a field of its own. */
export class OutOfPaper extends Error {
  override readonly name = "OutOfPaper";
  readonly tray: number;
  constructor(tray: number) {
    super(`tray ${tray} is empty`);
    this.tray = tray;
  }
}

/** Fails, in its own words.
 *  @task */
export function fail(message = "broken"): number {
  throw new Error(message);
}

/** Fails on what it is given.
 *  @task */
export function refuse(list: number[]): number {
  throw new Error(`refused ${list.join()}`);
}

/** Fails with an error of its own kind, which has a cause.
 *  @task */
export function print(tray: number): string {
  throw Object.assign(new OutOfPaper(tray), { cause: new Error("no delivery") });
}

/** Throws what is no error.
 *  @task */
export function shout(text: string): string {
  throw text;
}

/** Fails as often as it is told, then gives the number of the attempt that did it.
 *  @task { maxRetries: 3, retryBackoff: 1, retryJitter: false } */
export function flaky(failures: number, key: string): number {
  const { attempt } = currentTask();
  note(key, attempt);
  if (attempt < failures) throw new Error(`attempt ${attempt} failed`);
  return attempt;
}

/** Is tried again for a RangeError only.
 *  @task { maxRetries: 3, retryBackoff: 1, retryOn: ["RangeError"] } */
export function picky(kind: "RangeError" | "TypeError", key: string): number {
  note(key, kind);
  throw kind === "RangeError" ? new RangeError("out of range") : new TypeError("wrong type");
}

/** Asks to be tried again, as often as it is told.
 *  @task { maxRetries: 2 } */
export function again(times: number, key: string): number {
  const current = currentTask();
  note(key, current.attempt);
  if (current.attempt < times) current.retry({ countdown: 1, cause: new Error("not yet") });
  return current.attempt;
}

/** Returns what it does not declare.
 *  @task */
export function lie(): number {
  return "three" as unknown as number;
}

/** Returns what cannot travel.
 *  @task */
export function carry(): { readonly load: string } {
  return { load: (() => "a function") as unknown as string };
}
