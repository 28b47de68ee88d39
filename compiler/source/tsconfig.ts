/** Reads a tsconfig, with all it extends; one that only refers to others is followed to the one that holds the tasks. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { UsageError } from "../usage-error.js";
import { ts } from "./ts-morph.js";

/** A tsconfig, read. */
export interface Tsconfig {
  readonly path: string;
  readonly parsed: ts.ParsedCommandLine;
  /** Every file that had a say: itself, those it extends, those that led to it. */
  readonly read: readonly string[];
}

/** Reads the tsconfig at a path, or the one project among its references that holds tasks. */
export function openTsconfig(path: string): Tsconfig {
  const own = readTsconfig(path);
  const isSolution = own.parsed.fileNames.length === 0 && (own.parsed.projectReferences?.length ?? 0) > 0;
  if (!isSolution) return own;
  const projects = referredBy(own, new Set([path]));
  const holding = projects.filter(({ parsed }) => parsed.fileNames.some(mentionsTasks));
  const [chosen, another] = holding;
  if (!chosen || another) throw undecided(path, holding.length > 0 ? holding : projects, holding.length > 0);
  return { ...chosen, read: [...new Set([...own.read, ...projects.flatMap(({ read }) => read)])] };
}

function readTsconfig(path: string): Tsconfig {
  const { config, error } = ts.readConfigFile(path, ts.sys.readFile);
  if (error) throw new UsageError(`${path} does not parse: ${ts.flattenDiagnosticMessageText(error.messageText, " ")}`);
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, dirname(path), undefined, path);
  const missing = parsed.errors.find(({ code }) => MISSING.includes(code));
  if (missing) throw new UsageError(`${path}: ${ts.flattenDiagnosticMessageText(missing.messageText, " ")}`);
  return { path, parsed, read: [path, ...basesOf(path)] };
}

/** TypeScript's own codes for what a tsconfig extends or refers to and is not there, or goes round in a circle. */
const MISSING: readonly number[] = [6053, 5083, 18000];

/** The tsconfigs that one extends, near to far. */
function basesOf(path: string): string[] {
  const file = ts.readJsonConfigFile(path, ts.sys.readFile);
  ts.parseJsonSourceFileConfigFileContent(file, ts.sys, dirname(path), undefined, path);
  return (file.extendedSourceFiles ?? []).map((base) => resolve(base));
}

/** The projects with files that one refers to, also through others that have none. */
function referredBy({ path, parsed }: Tsconfig, seen: Set<string>): Tsconfig[] {
  return (parsed.projectReferences ?? []).flatMap((reference) => {
    const target = ts.resolveProjectReferencePath(reference);
    if (seen.has(target)) return [];
    seen.add(target);
    if (!ts.sys.fileExists(target)) throw new UsageError(`${path} refers to ${target}, which is not there`);
    const one = readTsconfig(target);
    return one.parsed.fileNames.length > 0 ? [one] : referredBy(one, seen);
  });
}

function mentionsTasks(path: string): boolean {
  const text = ts.sys.fileExists(path) ? readFileSync(path, "utf8") : "";
  return !/\.d\.[cm]?ts$|\.gen\.ts$/.test(path) && /@task\b|\btask\s*\(/.test(text);
}

function undecided(path: string, projects: readonly Tsconfig[], hold: boolean): UsageError {
  const names = projects.map((one) => one.path).join(", ");
  const found = hold ? `several of the projects it refers to hold tasks (${names})` : "none it refers to holds tasks";
  const candidates = hold || names === "" ? "" : ` (${names})`;
  return new UsageError(`${path} has no files of its own, and ${found}; name one with \`-p\`${candidates}`);
}
