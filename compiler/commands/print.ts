/** How commands write: data to stdout, everything else to stderr, colours where somebody looks. */

import type { TaskState } from "../../runtime/messages.js";
import { stdoutColors as colors } from "../colors.js";

/** Lines of data. */
export function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** One value as data for programs. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** A line for the person at the terminal. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

const COLOUR: Readonly<Record<TaskState, (text: string) => string>> = {
  PENDING: colors.dim,
  STARTED: colors.cyan,
  RETRY: colors.yellow,
  SUCCESS: colors.green,
  FAILURE: colors.red,
  REVOKED: colors.magenta,
};

/** A state in its colour. */
export function paintState(state: string): string {
  return Object.hasOwn(COLOUR, state) ? COLOUR[state as TaskState](state) : state;
}

/** "1 message", "2 messages". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
