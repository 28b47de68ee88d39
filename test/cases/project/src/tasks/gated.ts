import { currentTask } from "tqc";
import { gate, note } from "../journal.js";

/** Gives its value once its gate is open.
 *  @task */
export async function held(name: string, value: number): Promise<number> {
  gate(name).enter();
  await gate(name).opened;
  return value;
}

/** Fails once its gate is open.
 *  @task */
export async function heldFailure(name: string): Promise<number> {
  gate(name).enter();
  await gate(name).opened;
  throw new Error(`${name} failed`);
}

/** Waits for its signal, and notes why it fired.
 *  @task { timeLimit: "1h" } */
export async function obedient(name: string): Promise<number> {
  const { signal } = currentTask();
  const told = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  gate(name).enter();
  try {
    return await told;
  } catch (reason) {
    note(name, (reason as Error).name);
    throw reason;
  }
}

/** Ends when its soft limit fires the signal, and succeeds all the same.
 *  @task { softTimeLimit: 5 } */
export function hurried(): Promise<string> {
  const { signal } = currentTask();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve("in time"), { once: true });
  });
}

/** Tells how far it has come, a step at a time, and waits at its gate before the last.
 *  @task */
export async function stepwise(name: string, total: number): Promise<string> {
  for (let done = 1; done < total; done += 1) currentTask().progress(done, total);
  gate(name).enter();
  await gate(name).opened;
  currentTask().progress(total, total);
  return `${total} steps`;
}
