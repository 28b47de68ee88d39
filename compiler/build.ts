/** `tqc/compiler`: the work of `tqc build` and `tqc check`, as functions. */
import type { Manifest } from "../runtime/manifest.js";
import { type Compiled, type Inputs, recall, remember } from "./cache.js";
import { check as rules } from "./check.js";
import { type Change, compareManifests } from "./compat.js";
import { type Diagnostic, hasErrors, toDiagnostics } from "./diagnostic.js";
import { emit, type Output } from "./emit.js";
import { model } from "./model.js";
import { readOldManifest } from "./old-manifest.js";
import type { Scan } from "./scan.js";
import { type BuildOptions, type Settings, settle } from "./settings.js";
import { compare, type Written, write } from "./write.js";

export type { Change } from "./compat.js";
export type { Diagnostic } from "./diagnostic.js";
export type { BuildOptions } from "./settings.js";

/** What a build came to. A refused one has no files and leaves the last good ones alone. */
export interface BuildResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly Written[];
}

/** What to check. */
export interface CheckOptions extends BuildOptions {
  /** An older manifest to compare with: its path, or `git:REF` for the one in a git revision. */
  readonly against?: string;
}

/** What a check came to. */
export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
  /** The generated files that a build would change. */
  readonly stale: readonly string[];
  /** What changed since the manifest to compare with; none where the build is refused. */
  readonly changes: readonly Change[];
}

/** Builds a project: source, scan, check, model, emit, write. */
export async function build(options: BuildOptions = {}): Promise<BuildResult> {
  const { diagnostics, files } = await compile(options);
  return { diagnostics, files: write(files) };
}

/** The same, writing nothing; and, where asked, what changed since an older manifest. */
export async function check(options: CheckOptions = {}): Promise<CheckResult> {
  const { diagnostics, files } = await compile(options);
  const stale = files.filter(({ changed }) => changed).map(({ path }) => path);
  return { diagnostics, stale, changes: changesSince(options, files) };
}

/** What one build leaves for the next in the same process; it begins empty. */
export interface Memory {
  scan?: Scan;
}

/** What a build would write, compared with the disk. With a memory, what has not changed since its last build is not read again. */
export async function compile(options: BuildOptions, memory?: Memory): Promise<BuildResult> {
  const settings = await settle(options);
  const { problems, outputs } = memory
    ? (await compileAnew(settings, memory)).compiled
    : (options.cache !== false && recall(settings)) || (await compileAndRemember(settings, options));
  return { diagnostics: toDiagnostics(problems, settings.cwd), files: compare(outputs) };
}

async function compileAndRemember(settings: Settings, { cache }: BuildOptions): Promise<Compiled> {
  const { compiled, inputs } = await compileAnew(settings);
  if (cache !== false) remember(settings, inputs, compiled);
  return compiled;
}

/** TypeScript is loaded here, and only here: where the cache knows the answer, it is not. */
async function compileAnew(
  settings: Settings,
  memory: Memory = {},
): Promise<{ readonly compiled: Compiled; readonly inputs: Inputs }> {
  const [{ openSource }, { scan }] = await Promise.all([import("./source.js"), import("./scan.js")]);
  const source = openSource(settings, memory.scan?.source);
  const scanned = scan(source, memory.scan);
  memory.scan = scanned;
  const problems = rules(scanned);
  const outputs = hasErrors(problems) ? [] : emit(model(scanned), source.layout);
  return { compiled: { problems, outputs }, inputs: source.inputs };
}

function changesSince({ against, cwd = process.cwd() }: CheckOptions, files: readonly Output[]): Change[] {
  const manifest = files.find(({ path }) => path.endsWith(".json"));
  if (against === undefined || !manifest) return [];
  return compareManifests(
    readOldManifest(against, { path: manifest.path, cwd }),
    JSON.parse(manifest.text) as Manifest,
  );
}
