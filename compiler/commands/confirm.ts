/** Asks before something cannot be undone. */
import { createInterface } from "node:readline/promises";
import { UsageError } from "../usage-error.js";

/** Throws a UsageError where nobody has agreed and nobody can be asked. */
export function needAnswer(yes: boolean | undefined): void {
  if (!yes && !process.stdin.isTTY) {
    throw new UsageError("this cannot be undone, and nobody can be asked here; say --yes to go on without asking");
  }
}

/** Whether to go on: yes if told so before, else the answer of the person. */
export async function confirm(question: string, yes: boolean | undefined): Promise<boolean> {
  needAnswer(yes);
  if (yes) return true;
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asked.question(`${question} [y/N] `)).trim());
  } finally {
    asked.close();
  }
}
