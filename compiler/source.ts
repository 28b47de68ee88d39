/** Opens a project: its tsconfig, and of its files only those that may hold tasks, with what they reach. */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { globSync } from "tinyglobby";
import type { Inputs } from "./cache.js";
import { byText } from "./diagnostic.js";
import { GENERATED } from "./generated.js";
import type { Settings } from "./settings.js";
import { DECLARATIONS, Files } from "./source/files.js";
import { type Layout, layOut } from "./source/layout.js";
import { ts } from "./source/ts-morph.js";
import { openTsconfig, type Tsconfig } from "./source/tsconfig.js";
import { UsageError } from "./usage-error.js";

export { type Layout, moduleOf } from "./source/layout.js";

/** A project, opened. */
export interface Source {
  /** The files that may hold tasks, sorted by path. */
  readonly files: readonly ts.SourceFile[];
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly layout: Layout;
  /** What the outcome depends on. */
  readonly inputs: Inputs;
  /** What is remembered of the files. */
  readonly known: Files;
}

/** Opens the project of a tsconfig; what was opened before lends what has not changed. */
export function openSource(settings: Settings, before?: Source): Source {
  const tsconfig = openTsconfig(settings.tsconfig);
  const layout = layOut(settings, tsconfig);
  const generated = new Set<string>(GENERATED.map((name) => join(layout.outDir, name)));
  const names = listed(settings, tsconfig).filter((path) => !generated.has(path));
  const known = before?.known ?? new Files();
  const options = { ...tsconfig.parsed.options, ...OURS };
  known.settle(options);
  const candidates = names.filter((path) => mayHoldTasks(path) && known.text(path)?.includes("task"));
  const program = ts.createProgram({
    rootNames: [...candidates, ...names.filter((path) => DECLARATIONS.test(path))],
    options,
    // Generated files depend on what is being read, so they count as absent, and what is imported from them is `any`.
    host: known.host(options, generated),
  });
  const checker = program.getTypeChecker();
  known.retain(new Set([...names, ...program.getSourceFiles().map(({ fileName }) => fileName)]));
  const files = candidates.flatMap((path) => program.getSourceFile(path) ?? []);
  const inputs = inputsOf([...names, ...reachedBy(program)], { layout, tsconfig, settings });
  return { files, program, checker, layout, inputs, known };
}

/** What a scan needs whatever the project says: it never writes, and the order of types must not depend on who asked first. */
const OURS: ts.CompilerOptions = {
  noEmit: true,
  skipLibCheck: true,
  composite: false,
  incremental: false,
  stableTypeOrdering: true,
};

function mayHoldTasks(path: string): boolean {
  return /\.[cm]?[tj]sx?$/.test(path) && !DECLARATIONS.test(path);
}

function listed({ include }: Settings, { path, parsed }: Tsconfig): string[] {
  if (!include) {
    if (parsed.fileNames.length > 0) return [...new Set(parsed.fileNames.map((name) => resolve(name)))].sort(byText);
    throw new UsageError(`${path} lists no source files; say which in its \`include\`, or name another with \`-p\``);
  }
  const found = globSync([...include.patterns], { cwd: include.from, absolute: true, ignore: ["**/node_modules/**"] });
  const ambient = parsed.fileNames.filter((name) => DECLARATIONS.test(name));
  return [...new Set([...found, ...ambient].map((name) => resolve(name)))].sort(byText);
}

function reachedBy(program: ts.Program): string[] {
  const own = program.getSourceFiles().filter((file) => !program.isSourceFileDefaultLibrary(file));
  return own.map((file) => resolve(file.fileName));
}

/** Files that were read, and the folders in which another file would have been. */
function inputsOf(
  read: readonly string[],
  { layout, tsconfig, settings }: { layout: Layout; tsconfig: Tsconfig; settings: Settings },
): Inputs {
  const folder = dirname(tsconfig.path);
  const { config } = settings;
  const near = [join(folder, "package.json"), ...(config === undefined ? [] : [config])].filter((path) =>
    existsSync(path),
  );
  const own = read.filter((path) => !path.includes("/node_modules/"));
  const folders = [folder, join(folder, "node_modules"), layout.rootDir, ...own.map((path) => dirname(path))];
  const roots = folders.flatMap((path) => [path, ...between(path, folder)]);
  return { files: [...new Set([...read, ...tsconfig.read, ...near])], folders: [...new Set(roots)] };
}

/** The folders from one up to another that holds it. */
function between(path: string, top: string): string[] {
  const up = dirname(path);
  return path.startsWith(`${top}/`) && up !== top ? [up, ...between(up, top)] : [];
}
