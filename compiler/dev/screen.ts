/** What `tqc dev` says: where work goes at the start, and one line for each change. */
import { basename, relative } from "node:path";
import { stderrColors as colors } from "../colors.js";
import type { Rebuild } from "../watch.js";
import type { DevBroker } from "./dev-broker.js";

/** The lines at the top. */
export function header({ url, isPrivate }: DevBroker, colour = colors): string[] {
  const origin = isPrivate ? "a private Redis, gone when this ends" : "yours";
  const hint = isPrivate ? [`  producers  TQC_BROKER_URL=${url}`] : [];
  return [
    colour.bold("tqc dev"),
    `  broker     ${url} ${colour.dim(`(${origin})`)}`,
    ...hint,
    `  ${colour.dim("Ctrl-C drains and ends")}`,
    "",
  ];
}

/** A rebuild in one line: what changed, what was written, what the worker does. */
export function rebuildLine({ result, because, milliseconds }: Rebuild, cwd: string): string {
  const cause = because.length === 0 ? "first build" : because.join(", ");
  const errors = result.diagnostics.filter(({ severity }) => severity === "error").length;
  if (errors > 0)
    return `${cause}: ${errors} error${errors === 1 ? "" : "s"}, the worker stays as it was (${milliseconds} ms)`;
  const written = result.files.filter(({ changed }) => changed).map(({ path }) => relative(cwd, path));
  const worker = because.length === 0 ? "the worker starts" : "the worker reloads";
  return `${cause}: ${written.length > 0 ? `wrote ${written.join(", ")}` : "contract unchanged"}, ${worker} (${milliseconds} ms)`;
}

/** The registry among the files of a build; undefined where the build was refused. */
export function registryOf({ result }: Rebuild): string | undefined {
  return result.files.find(({ path }) => basename(path).startsWith("tasks.registry.gen."))?.path;
}
