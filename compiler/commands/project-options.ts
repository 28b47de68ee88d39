/** The options of every command that reads a project. */
import { type Command, Option } from "commander";
import { FORMATS, type Format } from "../report.js";
import type { BuildOptions } from "../settings.js";

/** What the options say. */
export interface ProjectFlags {
  readonly project?: string;
  readonly config?: string;
  readonly out?: string;
  readonly format: Format;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly cache: boolean;
}

/** Adds them to a command. */
export function addProjectOptions(command: Command): Command {
  return command
    .option("-p, --project <path>", "the tsconfig, or the folder it is in")
    .option("-o, --out <folder>", "where the generated files go")
    .option("--config <file>", "the config file (default: tqc.config.ts, searched upward)")
    .addOption(new Option("--format <format>", "how diagnostics are written").choices(FORMATS).default("pretty"))
    .option("--json", "the same as --format json")
    .option("-q, --quiet", "say nothing but diagnostics")
    .option("-v, --verbose", "say which settings were found")
    .option("--no-cache", "do not use node_modules/.cache/tqc");
}

/** The build's options from a command's. */
export function toBuildOptions({ project, config, out, cache }: ProjectFlags): BuildOptions {
  return {
    cache,
    ...(project !== undefined && { project }),
    ...(config !== undefined && { config }),
    ...(out !== undefined && { outDir: out }),
  };
}

/** How diagnostics are written. */
export function formatOf({ json, format }: ProjectFlags): Format {
  return json ? "json" : format;
}
