/** How a task's function is called: once, once per item of a list, or once per argument tuple of a list; and for how long. */

import type { Attempt } from "./attempt.js";
import { runWithin } from "./context.js";
import { RunningTask } from "./current.js";
import { exceeded, type Limits } from "./limits.js";

/** Calls the task and gives its value, or a promise of it. Throws what the task throws. */
export function callTask(attempt: Attempt, args: readonly unknown[]): unknown {
  const { task, message } = attempt;
  const soft = task.softTimeLimit;
  const hard = message.header.options?.timeLimit ?? task.timeLimit;
  if (task.module !== undefined) return inThread(attempt, args, { soft, hard });
  if (soft === undefined && hard === undefined) return call(attempt, args);
  return callWithin({ soft, hard }, attempt, args);
}

/** What it takes to cross to a thread is loaded when the first task does. */
async function inThread(attempt: Attempt, args: readonly unknown[], limits: Limits): Promise<unknown> {
  const { callInThread } = await import("./in-thread.js");
  return callInThread(attempt, argumentsPerCall(attempt, args), limits);
}

function call(attempt: Attempt, args: readonly unknown[]): unknown {
  const current = new RunningTask(attempt);
  if (attempt.message.header.mode === undefined) return runWithin(current, attempt.task.run, args);
  return callEach(attempt, current, args);
}

/** In order, one after the other, and no further once the signal has fired. */
async function callEach(attempt: Attempt, current: RunningTask, args: readonly unknown[]): Promise<unknown[]> {
  const values: unknown[] = [];
  for (const each of argumentsPerCall(attempt, args)) {
    if (attempt.reason) throw attempt.reason;
    values.push(await runWithin(current, attempt.task.run, each));
  }
  return values;
}

/** The arguments of every single call: one list for a plain call, one per item of the list for the mapping modes. */
export function argumentsPerCall(attempt: Attempt, args: readonly unknown[]): (readonly unknown[])[] {
  const { mode, open } = attempt.message.header;
  if (mode === undefined) return [args];
  const at = open?.[0] ?? 0;
  const list = args[at];
  if (!Array.isArray(list))
    throw new TypeError(`${attempt.task.name} is mapped over a list, but was given ${typeof list}`);
  return list.map((item) => args.toSpliced(at, 1, ...(mode === "starmap" ? (item as readonly unknown[]) : [item])));
}

/** The soft limit fires the signal; the hard one also ends the attempt, whatever the task goes on doing. */
async function callWithin({ soft, hard }: Limits, attempt: Attempt, args: readonly unknown[]): Promise<unknown> {
  const { clock } = attempt.host;
  const cancels: (() => void)[] = [];
  if (soft !== undefined) {
    cancels.push(clock.after(soft, () => attempt.abort(exceeded(attempt, "soft time limit", soft))));
  }
  const overtime = new Promise<never>((_, reject) => {
    if (hard === undefined) return;
    const end = () => {
      const error = exceeded(attempt, "time limit", hard);
      attempt.abort(error);
      reject(attempt.reason ?? error);
    };
    cancels.push(clock.after(hard, end));
  });
  try {
    return await Promise.race([call(attempt, args), overtime]);
  } finally {
    for (const cancel of cancels) cancel();
  }
}
