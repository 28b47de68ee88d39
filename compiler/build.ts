/** `tqc/compiler`: the work of `tqc build` and `tqc check`, as functions. */
import { check as rules } from "./check.js";
import { type Diagnostic, hasErrors, toDiagnostics } from "./diagnostic.js";
import { emit, type Output } from "./emit.js";
import { model } from "./model.js";
import { scan } from "./scan.js";
import { type BuildOptions, settle } from "./settings.js";
import { openSource } from "./source.js";
import { compare, type Written, write } from "./write.js";

export type { Diagnostic } from "./diagnostic.js";
export type { BuildOptions } from "./settings.js";

/** What a build came to. A refused one has no files and leaves the last good ones alone. */
export interface BuildResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly Written[];
}

/** What a check came to. */
export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
  /** The generated files that a build would change. */
  readonly stale: readonly string[];
}

/** Builds a project: source, scan, check, model, emit, write. */
export async function build(options: BuildOptions = {}): Promise<BuildResult> {
  const { diagnostics, files } = await compile(options);
  return { diagnostics, files: write(files) };
}

/** The same, writing nothing. */
export async function check(options: BuildOptions = {}): Promise<CheckResult> {
  const { diagnostics, files } = await compile(options);
  return { diagnostics, stale: files.filter(({ changed }) => changed).map(({ path }) => path) };
}

/** What a build would write, compared with the disk. */
export async function compile(options: BuildOptions): Promise<BuildResult> {
  const settings = await settle(options);
  const source = openSource(settings);
  const scanned = scan(source);
  const diagnostics = toDiagnostics(rules(scanned), settings.cwd);
  const outputs: readonly Output[] = hasErrors(diagnostics) ? [] : emit(model(scanned), source.layout);
  return { diagnostics, files: compare(outputs) };
}
