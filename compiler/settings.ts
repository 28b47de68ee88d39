/** Flags and `tqc.config.ts` -> where everything is. Flags win over the file. */
import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Config } from "../runtime/config.js";
import { findConfig, loadConfig } from "./settings/config.js";
import { upward } from "./settings/upward.js";
import { UsageError } from "./usage-error.js";

/** What a caller may say; paths are relative to `cwd`. */
export interface BuildOptions {
  /** The working directory. Default: that of the process. */
  readonly cwd?: string;
  /** The tsconfig, or the folder it is in. Default: `tsconfig.json`, searched upward. */
  readonly project?: string;
  /** The config file. Default: `tqc.config.ts`, searched upward from the tsconfig. */
  readonly config?: string;
  /** Where the generated files go. */
  readonly outDir?: string;
  /** The source root. */
  readonly rootDir?: string;
  /** Glob patterns of the files that may declare tasks. */
  readonly include?: readonly string[];
  /** Whether the cache under `node_modules/.cache/tqc` is used. Default true. */
  readonly cache?: boolean;
}

/** A build's settings, all paths absolute. What only the tsconfig knows is filled in when it is opened. */
export interface Settings {
  readonly cwd: string;
  readonly tsconfig: string;
  readonly config?: string;
  readonly rootDir?: string;
  readonly outDir?: string;
  readonly include?: { readonly patterns: readonly string[]; readonly from: string };
}

/** Resolves what a caller said, with the config file's help. Throws a UsageError where something named is not there. */
export async function settle(options: BuildOptions): Promise<Settings> {
  const cwd = resolve(options.cwd ?? process.cwd());
  const named = options.config === undefined ? undefined : existing(resolve(cwd, options.config), "config file");
  const asked = options.project === undefined ? undefined : tsconfigAt(resolve(cwd, options.project));
  const config = named ?? findConfig(asked ? dirname(asked) : cwd);
  const loaded = config === undefined ? {} : await loadConfig(config);
  const from = config === undefined ? cwd : dirname(config);
  const tsconfig = asked ?? (loaded.tsconfig ? tsconfigAt(resolve(from, loaded.tsconfig)) : findTsconfig(cwd));
  return { cwd, tsconfig, ...(config !== undefined && { config }), ...pathsOf(options, loaded, { cwd, from }) };
}

function pathsOf(options: BuildOptions, config: Config, base: { cwd: string; from: string }): Partial<Settings> {
  const path = (key: "rootDir" | "outDir"): Partial<Settings> => {
    if (options[key] !== undefined) return { [key]: resolve(base.cwd, options[key]) };
    return config[key] === undefined ? {} : { [key]: resolve(base.from, config[key]) };
  };
  const include = options.include
    ? { include: { patterns: options.include, from: base.cwd } }
    : config.include && { include: { patterns: config.include, from: base.from } };
  return { ...path("rootDir"), ...path("outDir"), ...include };
}

function tsconfigAt(path: string): string {
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, "tsconfig.json") : path;
  return existing(file, "tsconfig");
}

function existing(path: string, what: string): string {
  if (existsSync(path)) return path;
  throw new UsageError(`there is no ${what} at ${path}`);
}

/** Searched upward within the package: what lies above it is another project's. */
function findTsconfig(from: string): string {
  const found = upward(from, "tsconfig.json", "package.json");
  const tsconfig = found && join(dirname(found), "tsconfig.json");
  if (tsconfig !== undefined && existsSync(tsconfig)) return tsconfig;
  throw new UsageError(
    `there is no tsconfig.json in ${from} or above it; make one (\`npx tsc --init\`), or name one with -p`,
  );
}
