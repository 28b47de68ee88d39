/** Asks before something cannot be undone. */
import { createInterface } from "node:readline/promises";
import { UsageError } from "../usage-error.js";

/** Whether to go on: yes if told so before, else the answer of the person; where nobody can answer, a UsageError. */
export async function confirm(question: string, yes: boolean | undefined): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) throw new UsageError(`${question} Nobody can answer here; say --yes if so`);
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asked.question(`${question} [y/N] `)).trim());
  } finally {
    asked.close();
  }
}
