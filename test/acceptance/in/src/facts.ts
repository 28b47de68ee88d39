/** What the programs say, one line of JSON for each: that it holds, or why it does not. */
import { existsSync, readFileSync } from "node:fs";

/** For every wait: long for a machine, short for a person. */
export const soon = { timeout: "10s" } as const;

/** Checks a fact and says what came of it. */
export async function fact(title: string, check: () => Promise<void>): Promise<void> {
  const error = await check().then(
    () => undefined,
    (reason: unknown) => (reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
  );
  console.log(JSON.stringify({ title, error }));
}

/** What the promise rejects with; it is an error that it does not. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  const value = await promise.then(
    (fulfilled) => ({ fulfilled }),
    (reason: unknown) => reason,
  );
  if (value instanceof Error) return value;
  throw new Error(`nothing was thrown: ${JSON.stringify(value)}`);
}

/** What the tasks have written down about this, once they have. */
export async function noted(about: string): Promise<readonly unknown[]> {
  for (;;) {
    const found = journal().flatMap(([key, value]) => (key === about ? [value] : []));
    if (found.length > 0) return found;
    await new Promise(setImmediate);
  }
}

function journal(): readonly [string, unknown][] {
  const path = process.env.JOURNAL ?? "journal";
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as [string, unknown]);
}
