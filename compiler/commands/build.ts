/** `tqc build`: writes the generated modules and the manifest. */
import { Command } from "commander";
import type { BuildResult } from "../build.js";
import { beBrief } from "./brief.js";
import { tell } from "./print.js";
import { addProjectOptions, formatOf, type ProjectFlags, toBuildOptions } from "./project-options.js";
import { reportDiagnostics } from "./report-diagnostics.js";
import { summary } from "./summary.js";
import { tellSettings } from "./tell-settings.js";

interface Flags extends ProjectFlags {
  readonly check?: boolean;
  readonly watch?: boolean;
}

/** The command. */
export function buildCommand(): Command {
  return addProjectOptions(new Command("build"))
    .description("read the tasks of a project, and write tasks.gen.ts, tasks.registry.gen.ts and tasks.manifest.json")
    .option("-w, --watch", "build again whenever a source changes")
    .option("--check", "write nothing; exit 1 with a diff where the files on disk differ")
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  if (flags.verbose) await tellSettings(toBuildOptions(flags));
  if (flags.watch) {
    const { watchBuild } = await import("./watch-build.js");
    return watchBuild(toBuildOptions(flags), (result) => report(result, flags));
  }
  beBrief();
  const { build, compile } = await import("../build.js");
  const started = performance.now();
  const result = await (flags.check ? compile : build)(toBuildOptions(flags));
  const isRefused = report(result, flags);
  const isStale = flags.check === true && result.files.some(({ changed }) => changed);
  if (isRefused || isStale) process.exitCode = 1;
  if (isStale) await showDiff(result, flags);
  else if (!isRefused && !flags.quiet) tell(`${summary(result)} (${Math.round(performance.now() - started)} ms)`);
}

/** Reports the diagnostics; whether they refuse the build. */
function report({ diagnostics }: BuildResult, flags: Flags): boolean {
  reportDiagnostics(diagnostics, formatOf(flags));
  return diagnostics.some(({ severity }) => severity === "error");
}

async function showDiff({ files }: BuildResult, flags: Flags): Promise<void> {
  const stale = files.filter(({ changed }) => changed);
  if (formatOf(flags) === "github") {
    const { reportStale } = await import("./report-stale.js");
    reportStale(
      stale.map(({ path }) => path),
      { format: "github", level: "error" },
    );
  }
  const { diffOf } = await import("../diff.js");
  process.stderr.write(stale.map((file) => diffOf(file, process.cwd())).join(""));
  tell(`${stale.length} of ${files.length} generated files are stale; run \`tqc build\` and commit what it writes`);
}
