/** Writes which generated files a build would change. */
import { relative } from "node:path";
import { type Annotation, annotation, type Format } from "../report.js";
import { tell } from "./print.js";

/** Reports them, each on a line. */
export function reportStale(
  paths: readonly string[],
  { format, level }: { readonly format: Format; readonly level: Annotation["level"] },
): void {
  for (const path of paths) {
    const file = relative(process.cwd(), path).replaceAll("\\", "/");
    const text = `${file} is stale; run \`tqc build\` and commit what it writes`;
    tell(format === "github" ? annotation({ level, title: "stale", text, place: { file } }) : text);
  }
}
