/** Whether the generated files are what the tasks say. The one look that needs the compiler. */
import { relative } from "node:path";
import { UsageError } from "../usage-error.js";
import { error, type Finding, ok, warning } from "./finding.js";

/** Compiles without writing. */
export async function lookAtGenerated(project: string | undefined, folder: string): Promise<Finding> {
  const { check } = await import("../build.js");
  try {
    const { diagnostics, stale } = await check({ cwd: folder, ...(project !== undefined && { project }) });
    const wrong = diagnostics.filter(({ severity }) => severity === "error").length;
    if (wrong > 0)
      return error(
        "generated",
        `the build finds ${wrong} error${wrong === 1 ? "" : "s"}`,
        "`npx tqc build` shows them",
      );
    if (stale.length === 0) return ok("generated", "fresh");
    const names = stale.map((path) => relative(folder, path)).join(", ");
    return error(
      "generated",
      `${names} ${stale.length === 1 ? "is" : "are"} not what the tasks say`,
      "`npx tqc build`",
    );
  } catch (cause) {
    if (cause instanceof UsageError) return warning("generated", cause.message, "`npx tqc init` sets a project up");
    throw cause;
  }
}
