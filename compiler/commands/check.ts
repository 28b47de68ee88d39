/** `tqc check`: diagnostics and freshness, and whether a new contract can meet what is in flight. Writes nothing. */
import { relative } from "node:path";
import { Command } from "commander";
import { tell } from "./print.js";
import { addProjectOptions, formatOf, type ProjectFlags, toBuildOptions } from "./project-options.js";
import { reportDiagnostics } from "./report-diagnostics.js";

/** The command. */
export function checkCommand(): Command {
  return addProjectOptions(new Command("check"))
    .description("report diagnostics and stale files; write nothing")
    .action(run);
}

async function run(flags: ProjectFlags): Promise<void> {
  const { check } = await import("../build.js");
  const { diagnostics, stale } = await check(toBuildOptions(flags));
  reportDiagnostics(diagnostics, formatOf(flags));
  for (const path of stale)
    tell(`${relative(process.cwd(), path)} is stale; run \`tqc build\` and commit what it writes`);
  const isRefused = diagnostics.some(({ severity }) => severity === "error");
  if (isRefused || stale.length > 0) process.exitCode = 1;
  else if (!flags.quiet) tell("fresh");
}
