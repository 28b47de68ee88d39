import type { Settled, TaskFailure } from "tqc";
import { note } from "../journal.js";
import type { Value } from "./values.js";

/** Notes that it was called.
 *  @task */
export function count(key: string): void {
  note(key, "called");
}

/** Notes what it was given, and hands it on.
 *  @task */
export function log(value: Value, key: string): Value {
  note(key, value);
  return value;
}

/** Notes a failure.
 *  @task */
export function heard(failure: TaskFailure, key: string): string {
  note(key, failure);
  return failure.error.message;
}

/** What a body that settles is given, in short: values, and what the failures said.
 *  @task */
export function outcomes(list: Settled<number>[]): (number | string)[] {
  return list.map((each) => (each.ok ? each.value : `${each.error.path}: ${each.error.error.message}`));
}
