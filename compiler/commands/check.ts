/** `tqc check`: diagnostics and freshness, and whether a new contract can meet what is in flight. Writes nothing. */
import { relative } from "node:path";
import { Command } from "commander";
import type { CheckResult } from "../build.js";
import { jsonDiagnostics } from "../report.js";
import { beBrief } from "./brief.js";
import { printJson, tell } from "./print.js";
import { addProjectOptions, formatOf, type ProjectFlags, toBuildOptions } from "./project-options.js";
import { reportChanges } from "./report-changes.js";
import { reportDiagnostics } from "./report-diagnostics.js";
import { reportStale } from "./report-stale.js";
import { tellSettings } from "./tell-settings.js";

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
  if (flags.verbose) await tellSettings(toBuildOptions(flags));
  beBrief();
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
  const { against, quiet } = flags;
  const format = formatOf(flags);
  const isWrong = diagnostics.some(({ severity }) => severity === "error");
  reportDiagnostics(diagnostics, format);
  reportStale(stale, { format, level: against === undefined ? "error" : "warning" });
  if (against === undefined && stale.length === 0 && !isWrong && !quiet) tell("fresh");
  if (against !== undefined && !isWrong) reportChanges(changes, { format, quiet });
}
