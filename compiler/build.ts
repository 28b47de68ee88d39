/** `tqc/compiler`: the work of `tqc build` and `tqc check`, as functions. */
import type { Manifest } from "../runtime/manifest.js";
import { type Compiled, type Inputs, observe, recall, remember } from "./cache.js";
import { check as rules } from "./check.js";
import type { Change } from "./compat/change.js";
import { takerOf } from "./compat.js";
import { type Diagnostic, hasErrors, seenFrom, toDiagnostics } from "./diagnostic.js";
import { emit } from "./emit.js";
import { model } from "./model.js";
import { changesFrom } from "./old-manifest.js";
import type { Scan } from "./scan.js";
import { type BuildOptions, type Settings, settle } from "./settings.js";
import { nameOf } from "./task-name.js";
import { compare, type Written, write } from "./write.js";

export type { Change } from "./compat/change.js";
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
  const work = await workOn(options);
  const files = write(compare(work.compiled.outputs));
  work.keep();
  return { diagnostics: diagnosticsOf(work), files };
}

/** The same, writing nothing; and, where asked, what changed since an older manifest. */
export async function check(options: CheckOptions = {}): Promise<CheckResult> {
  const work = await workOn(options);
  const files = compare(work.compiled.outputs);
  const stale = files.filter(({ changed }) => changed).map(({ path }) => path);
  if (stale.length === 0) work.keep();
  return { diagnostics: diagnosticsOf(work), stale, changes: changesSince(options, work.compiled) };
}

/** What one build leaves for the next in the same process; it begins empty. */
export interface Memory {
  scan?: Scan;
  /** Where the last build looked. */
  scope?: { readonly settings: Settings; readonly inputs: Inputs };
}

/** What a build would write, compared with the disk. With a memory, what has not changed since its last build is not read again. */
export async function compile(options: BuildOptions, memory?: Memory): Promise<BuildResult> {
  const work = await workOn(options, memory);
  return { diagnostics: diagnosticsOf(work), files: compare(work.compiled.outputs) };
}

/** A build before it is written. */
interface Work {
  readonly settings: Settings;
  readonly compiled: Compiled;
  /** To be called once the disk holds the outputs: then the next build need not do this work again. */
  keep(): void;
}

async function workOn(options: BuildOptions, memory?: Memory): Promise<Work> {
  const settings = await settle(options);
  const isCached = options.cache !== false && !memory;
  const known = isCached ? recall(settings) : undefined;
  if (known) return { settings, compiled: known, keep: () => {} };
  const started = Date.now();
  const { compiled, inputs } = await compileAnew(settings, memory);
  const seen = isCached ? observe(inputs, started) : undefined;
  return { settings, compiled, keep: () => seen && remember(settings, seen, compiled) };
}

function diagnosticsOf({ settings, compiled }: Work): Diagnostic[] {
  return toDiagnostics(compiled.problems, settings.cwd);
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
  memory.scope = { settings, inputs: source.inputs };
  const problems = rules(scanned);
  const outputs = hasErrors(problems) ? [] : emit(model(scanned), source.layout);
  const places = Object.fromEntries(scanned.tasks.map((found) => [nameOf(found), found.place]));
  return { compiled: { problems, outputs, places }, inputs: source.inputs };
}

function changesSince({ against, cwd = process.cwd() }: CheckOptions, { outputs, places }: Compiled): Change[] {
  const manifest = outputs.find(({ path }) => path.endsWith(".json"));
  if (against === undefined || !manifest) return [];
  const now = JSON.parse(manifest.text) as Manifest;
  const start = { file: manifest.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return changesFrom(against, now, { path: manifest.path, cwd }).map((change) => {
    const place = places[takerOf(change.task, now)?.name ?? ""] ?? start;
    return { ...change, place: seenFrom(cwd, place) };
  });
}
