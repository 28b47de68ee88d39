import { currentTask } from "tqc";
import { add, chain, chord, fail, group, ids, replaceRepeatedly as itself, log, mul, sum } from "../tasks.gen.js";
import type { Self } from "./values.js";

/** Becomes `add(x, y)`.
 *  @task */
export function replaceAdd(x: number, y: number): number {
  return currentTask().replace(add.s(x, y));
}

/** Becomes `(x + 1) * 10`.
 *  @task */
export function replaceChain(x: number): number {
  return currentTask().replace(chain(add.s(x, 1), mul.s(10)));
}

/** Becomes a group of as many members.
 *  @task */
export function replaceGroup(size: number): number[] {
  return currentTask().replace(group(Array.from({ length: size }, (_, i) => add.s(i, i))));
}

/** Becomes a chord.
 *  @task */
export function replaceChord(size: number): number {
  return currentTask().replace(
    chord(
      Array.from({ length: size }, (_, i) => add.s(i, i)),
      sum.s(),
    ),
  );
}

/** Becomes itself with one less, down to none.
 *  @task */
export function replaceRepeatedly(times: number): string {
  return times === 0 ? "done" : currentTask().replace(itself.s(times - 1));
}

/** Becomes a task that fails.
 *  @task */
export function replaceFail(message: string): number {
  return currentTask().replace(chain(add.s(1, 1), fail.si(message)));
}

/** Becomes a task that tells who it is, with a stamp of its own.
 *  @task */
export function replaceStamped(): Self {
  return currentTask().replace(ids.s().stamp({ inner: "own", both: "inner" }));
}

/** Becomes a chain that has a callback of its own.
 *  @task */
export function replaceLinked(x: number, key: string): number {
  return currentTask().replace(add.s(x, 1).link(log.s(key)));
}
