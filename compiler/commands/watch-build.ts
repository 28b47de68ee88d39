/** `tqc build --watch`: one line per rebuild, until it is interrupted. */
import type { BuildResult } from "../build.js";
import type { BuildOptions } from "../settings.js";
import { watchProject } from "../watch.js";
import { fail } from "./fail.js";
import { tell } from "./print.js";
import { summary } from "./summary.js";

/** Watches until SIGINT or SIGTERM. `report` writes the diagnostics and tells whether they refuse the build. */
export async function watchBuild(options: BuildOptions, report: (result: BuildResult) => boolean): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  await watchProject(
    { ...options, signal: stop.signal },
    ({ result, because, milliseconds }) => {
      const outcome = report(result) ? "refused; the last good files stay" : summary(result);
      tell(`${because.length === 0 ? "" : `${named(because)}: `}${outcome} (${milliseconds} ms)`);
    },
    fail,
  );
}

function named(files: readonly string[]): string {
  const [first = "", second] = files;
  if (second === undefined) return first;
  return files.length === 2 ? `${first} and ${second}` : `${first} and ${files.length - 1} more`;
}
