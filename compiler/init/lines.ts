/** Files of lines, such as .gitignore. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Change } from "./change.js";

/** A file, and the lines it should have. */
export interface Lines {
  readonly folder: string;
  readonly path: string;
  readonly wanted: readonly string[];
  readonly what: string;
}

/** The file completed by the lines it lacks. */
export function completedLines({ folder, path, wanted, what }: Lines): Change {
  const there = existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : undefined;
  if (there === undefined) return { kind: "create", path, text: `${wanted.join("\n")}\n`, what };
  const known = new Set(there.split(/\r?\n/).map((line) => line.trim()));
  const missing = wanted.filter((line) => !known.has(line));
  if (missing.length === 0) return { kind: "keep", path, what: "has these lines already" };
  const text = `${there}${there === "" || there.endsWith("\n") ? "" : "\n"}${missing.join("\n")}\n`;
  return { kind: "complete", path, text, what };
}
