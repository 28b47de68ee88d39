import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The nearest file of one of these names, in a folder or above it. */
export function upward(from: string, ...names: readonly string[]): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined || dirname(folder) === folder) return found;
  }
}
