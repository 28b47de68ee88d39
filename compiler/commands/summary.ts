import { relative } from "node:path";
import type { BuildResult } from "../build.js";

/** "wrote src/tasks.gen.ts, src/tasks.manifest.json", or "unchanged". */
export function summary({ files }: BuildResult): string {
  const changed = files.filter((file) => file.changed).map(({ path }) => relative(process.cwd(), path));
  return changed.length === 0 ? "unchanged" : `wrote ${changed.join(", ")}`;
}
