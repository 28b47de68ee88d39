/** `tqc check`: diagnostics and freshness, and whether a new contract can meet what is in flight. Writes nothing. */
import { relative } from "node:path";
import { Command } from "commander";
import type { Change, CheckResult } from "../build.js";
import { stdoutColors as colors } from "../colors.js";
import { jsonDiagnostics } from "../report.js";
import { print, printJson, tell } from "./print.js";
import { addProjectOptions, formatOf, type ProjectFlags, toBuildOptions } from "./project-options.js";
import { reportDiagnostics } from "./report-diagnostics.js";

interface Flags extends ProjectFlags {
  readonly against?: string;
}

/** The command. */
export function checkCommand(): Command {
  return addProjectOptions(new Command("check"))
    .description("report diagnostics, stale files, and changes that break what is in flight; write nothing")
    .option("--against <manifest>", "an older manifest to compare with: a file, or git:REF")
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const { check } = await import("../build.js");
  const { against } = flags;
  const result = await check({ ...toBuildOptions(flags), ...(against !== undefined && { against }) });
  if (formatOf(flags) === "json") printJson(asJson(result, against));
  else report(result, flags);
  if (isRefused(result, against)) process.exitCode = 1;
}

/** Freshness is another question than compatibility: who compares with an older contract is not asked for fresh files. */
function isRefused({ diagnostics, stale, changes }: CheckResult, against: string | undefined): boolean {
  const isWrong = diagnostics.some(({ severity }) => severity === "error");
  return (
    isWrong || (against === undefined ? stale.length > 0 : changes.some(({ severity }) => severity === "breaking"))
  );
}

function asJson({ diagnostics, stale, changes }: CheckResult, against: string | undefined): object {
  const files = stale.map((path) => relative(process.cwd(), path));
  return {
    version: 1,
    diagnostics: jsonDiagnostics(diagnostics),
    stale: files,
    ...(against !== undefined && { changes }),
  };
}

function report(result: CheckResult, flags: Flags): void {
  const { diagnostics, stale, changes } = result;
  reportDiagnostics(diagnostics, formatOf(flags));
  for (const path of stale)
    tell(`${relative(process.cwd(), path)} is stale; run \`tqc build\` and commit what it writes`);
  if (flags.against !== undefined) reportChanges(changes, flags);
  else if (!isRefused(result, flags.against) && !flags.quiet) tell("fresh");
}

function reportChanges(changes: readonly Change[], { quiet }: Flags): void {
  const shown = quiet ? changes.filter(({ severity }) => severity === "breaking") : changes;
  if (shown.length > 0) print(shown.map(changeText));
  if (quiet) return;
  const breaking = changes.filter(({ severity }) => severity === "breaking").length;
  tell(
    changes.length === 0
      ? "nothing changed"
      : `${changes.length} ${changes.length === 1 ? "change" : "changes"}, ${breaking === 0 ? "none" : breaking} breaking`,
  );
}

function changeText({ task, severity, rollout, message, why, help }: Change): string {
  const { workersFirst, producersFirst } = rollout;
  return [
    `${severity === "breaking" ? colors.red("breaking") : colors.green("safe")}: ${colors.bold(task)}: ${message}`,
    `  why: ${why}`,
    `  rollout: new workers first ${workersFirst}, new producers first ${producersFirst}`,
    ...(help === undefined ? [] : [`  ${colors.green("help:")} ${help}`]),
  ].join("\n");
}
