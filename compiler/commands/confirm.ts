/** Asks the person at the terminal before something is done. */
import { createInterface } from "node:readline/promises";
import { UsageError } from "../usage-error.js";

/** Throws a UsageError where nobody has agreed and nobody can be asked. */
export function needAnswer(yes: boolean | undefined): void {
  if (!yes && !process.stdin.isTTY) {
    throw new UsageError("this cannot be undone, and nobody can be asked here; say --yes to go on without asking");
  }
}

/** Whether to go on with what cannot be undone: yes if told so before, else the answer of the person. */
export async function confirm(question: string, yes: boolean | undefined): Promise<boolean> {
  needAnswer(yes);
  return yes === true || /^y(es)?$/i.test(await answer(`${question} [y/N] `));
}

/** Whether to go on with what harms nothing: only a person who says no stops it. */
export async function agree(question: string, yes: boolean | undefined): Promise<boolean> {
  return yes === true || !process.stdin.isTTY || !/^n(o)?$/i.test(await answer(`${question} [Y/n] `));
}

async function answer(question: string): Promise<string> {
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await asked.question(question)).trim();
  } finally {
    asked.close();
  }
}
