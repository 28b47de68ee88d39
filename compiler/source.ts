/** Opens a project: its tsconfig, and of its files only those that may hold tasks, with what they reach. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { globSync } from "tinyglobby";
import { type FileSystemHost, Project, type SourceFile, type TypeChecker, ts } from "ts-morph";
import type { Inputs } from "./cache.js";
import { byText } from "./diagnostic.js";
import type { Settings } from "./settings.js";
import { UsageError } from "./usage-error.js";

/** A project, opened. */
export interface Source {
  /** The files that may hold tasks, sorted by path. */
  readonly files: readonly SourceFile[];
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly layout: Layout;
  /** What the outcome depends on. */
  readonly inputs: Inputs;
}

/** Where things are. */
export interface Layout {
  /** The source root: task names start there. */
  readonly rootDir: string;
  /** Where the generated files go. */
  readonly outDir: string;
  /** How a generated import ends, where the source file's own extension is not kept. */
  readonly importing: "js" | "ts";
  /** The tsconfig and those it extends. */
  readonly tsconfigs: readonly string[];
}

/** The names of the generated files. */
export const GENERATED = ["tasks.gen.ts", "tasks.registry.gen.ts", "tasks.manifest.json"] as const;

/** Opens the project of a tsconfig. */
export function openSource(settings: Settings): Source {
  const parsed = readTsconfig(settings.tsconfig);
  const layout = layOut(settings, parsed);
  const generated = new Set<string>(GENERATED.map((name) => join(layout.outDir, name)));
  const names = listed(settings, parsed).filter((path) => !generated.has(path));
  const texts = new Map<string, string>();
  for (const path of names) if (mayHoldTasks(path)) texts.set(path, readFileSync(path, "utf8"));
  const project = new Project({
    compilerOptions: { ...parsed.options, ...OURS },
    skipAddingFilesFromTsConfig: true,
    fileSystem: without(generated, texts),
  });
  const files: SourceFile[] = [];
  for (const path of names) {
    if (DECLARATIONS.test(path)) project.addSourceFileAtPath(path);
    else if (texts.get(path)?.includes("task")) files.push(project.addSourceFileAtPath(path));
  }
  const program = project.getProgram().compilerObject;
  const checker: TypeChecker = project.getTypeChecker();
  const inputs = inputsOf([...names, ...reachedBy(program)], layout, settings);
  return { files, program, checker: checker.compilerObject, layout, inputs };
}

/** What a scan needs whatever the project says: it never writes, and the order of types must not depend on who asked first. */
const OURS: ts.CompilerOptions = {
  noEmit: true,
  skipLibCheck: true,
  composite: false,
  incremental: false,
  stableTypeOrdering: true,
};

const DECLARATIONS = /\.d\.[cm]?ts$/;

function mayHoldTasks(path: string): boolean {
  return /\.[cm]?[tj]sx?$/.test(path) && !DECLARATIONS.test(path);
}

function readTsconfig(path: string): ts.ParsedCommandLine {
  const { config, error } = ts.readConfigFile(path, ts.sys.readFile);
  if (error) throw new UsageError(`${path} does not parse: ${ts.flattenDiagnosticMessageText(error.messageText, " ")}`);
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, dirname(path), undefined, path);
  const missing = parsed.errors.find(({ code }) => code === MISSING_BASE || code === MISSING_FILE);
  if (missing) throw new UsageError(`${path}: ${ts.flattenDiagnosticMessageText(missing.messageText, " ")}`);
  return parsed;
}

/** TypeScript's own codes for a tsconfig that extends one that is not there. */
const MISSING_BASE = 6053;
const MISSING_FILE = 5083;

function listed(settings: Settings, parsed: ts.ParsedCommandLine): string[] {
  const { include } = settings;
  if (!include) return [...new Set(parsed.fileNames.map((path) => resolve(path)))].sort(byText);
  const found = globSync([...include.patterns], { cwd: include.from, absolute: true, ignore: ["**/node_modules/**"] });
  const ambient = parsed.fileNames.filter((path) => DECLARATIONS.test(path));
  return [...new Set([...found, ...ambient].map((path) => resolve(path)))].sort(byText);
}

function layOut(settings: Settings, parsed: ts.ParsedCommandLine): Layout {
  const folder = dirname(settings.tsconfig);
  const guess = existsSync(join(folder, "src")) ? join(folder, "src") : folder;
  const rootDir = settings.rootDir ?? (parsed.options.rootDir ? resolve(parsed.options.rootDir) : guess);
  return {
    rootDir,
    outDir: settings.outDir ?? rootDir,
    importing: parsed.options.allowImportingTsExtensions ? "ts" : "js",
    tsconfigs: [settings.tsconfig, ...basesOf(settings.tsconfig)],
  };
}

/** The tsconfigs that one extends, near to far. */
function basesOf(path: string): string[] {
  const file = ts.readJsonConfigFile(path, ts.sys.readFile);
  ts.parseJsonSourceFileConfigFileContent(file, ts.sys, dirname(path), undefined, path);
  return (file.extendedSourceFiles ?? []).map((base) => resolve(base));
}

/**
 * The machine's files without the generated ones: they depend on what is being read, so they count as absent, and what is
 * imported from them is `any`. Texts that were read already are not read again.
 */
function without(absent: ReadonlySet<string>, texts: ReadonlyMap<string, string>): FileSystemHost {
  const real = new Project({ skipLoadingLibFiles: true }).getFileSystem();
  return new Proxy(real, {
    get(host, key: keyof FileSystemHost) {
      if (key === "fileExistsSync") return (path: string) => !absent.has(path) && host.fileExistsSync(path);
      if (key === "readFileSync")
        return (path: string, encoding?: string) => texts.get(path) ?? host.readFileSync(path, encoding);
      const value = host[key];
      return typeof value === "function" ? value.bind(host) : value;
    },
  });
}

function reachedBy(program: ts.Program): string[] {
  const own = program.getSourceFiles().filter((file) => !program.isSourceFileDefaultLibrary(file));
  return own.map((file) => resolve(file.fileName)).filter((path) => existsSync(path));
}

/** Files that were read, and the folders in which another file would have been. */
function inputsOf(read: readonly string[], layout: Layout, { tsconfig, config }: Settings): Inputs {
  const folder = dirname(tsconfig);
  const near = [join(folder, "package.json"), ...(config === undefined ? [] : [config])].filter((path) =>
    existsSync(path),
  );
  const own = read.filter((path) => !path.includes("/node_modules/"));
  const folders = [folder, join(folder, "node_modules"), layout.rootDir, ...own.map((path) => dirname(path))];
  const roots = folders.flatMap((path) => [path, ...between(path, folder)]);
  return { files: [...new Set([...read, ...layout.tsconfigs, ...near])], folders: [...new Set(roots)] };
}

/** The folders from one up to another that holds it. */
function between(path: string, top: string): string[] {
  const up = dirname(path);
  return path.startsWith(`${top}/`) && up !== top ? [up, ...between(up, top)] : [];
}

/** A file's path from the source root, with forward slashes. */
export function moduleOf(layout: Layout, path: string): string {
  return relative(layout.rootDir, path).replaceAll("\\", "/");
}
