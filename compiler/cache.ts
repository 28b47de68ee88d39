/**
 * What a build came to, kept under `node_modules/.cache/tqc`, so that a build of an unchanged project loads no compiler.
 * A project without `node_modules` keeps nothing.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Problem } from "./diagnostic.js";
import type { Output } from "./emit.js";
import { upward } from "./settings/upward.js";
import type { Settings } from "./settings.js";

/** What is kept of a build. */
export interface Compiled {
  readonly problems: readonly Problem[];
  readonly outputs: readonly Output[];
}

/** What a build depends on. */
export interface Inputs {
  /** Every file whose text had a say. */
  readonly files: readonly string[];
  /** Every folder in which a new file might have a say. */
  readonly folders: readonly string[];
}

interface Entry extends Compiled {
  readonly files: { readonly [path: string]: FileMark };
  readonly folders: { readonly [path: string]: string };
}

interface FileMark {
  readonly modified: number;
  readonly size: number;
  readonly hash: string;
}

/** What was kept for these settings, if nothing it depends on has changed. */
export function recall(settings: Settings): Compiled | undefined {
  const path = placeFor(settings);
  if (path === undefined || !existsSync(path)) return undefined;
  const entry = readEntry(path);
  return entry && isFresh(entry) ? { problems: entry.problems, outputs: entry.outputs } : undefined;
}

/** Keeps what a build came to. Where that fails, the next build is slower, and nothing else. */
export function remember(settings: Settings, inputs: Inputs, { problems, outputs }: Compiled): void {
  const path = placeFor(settings);
  if (path === undefined) return;
  const files = Object.fromEntries(inputs.files.flatMap((file) => markOf(file) ?? []));
  const folders = Object.fromEntries(inputs.folders.map((folder) => [folder, listingOf(folder)]));
  const entry: Entry = { problems, outputs, files, folders };
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, JSON.stringify(entry));
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // A read-only node_modules is no reason to fail.
  }
}

function placeFor(settings: Settings): string | undefined {
  const modules = upward(dirname(settings.tsconfig), "node_modules");
  if (modules === undefined) return undefined;
  const { cwd: _, ...rest } = settings;
  const key = hashOf(JSON.stringify([rest, process.version, toolMark()]));
  return join(modules, ".cache", "tqc", `${key}.json`);
}

let tool: string | undefined;

/** Another version of the tool writes other files. */
function toolMark(): string {
  tool ??= hashOf(
    ["./", "../templates/"].map((folder) => marksBelow(fileURLToPath(new URL(folder, import.meta.url)))).join(),
  );
  return tool;
}

function marksBelow(folder: string): string {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries
    .map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? marksBelow(path) : `${entry.name} ${statSync(path).mtimeMs}`;
    })
    .join();
}

function readEntry(path: string): Entry | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Entry;
  } catch {
    // Cut off while it was written by a process that died.
    return undefined;
  }
}

function isFresh({ files, folders }: Entry): boolean {
  return (
    Object.entries(folders).every(([path, listing]) => listingOf(path) === listing) &&
    Object.entries(files).every(([path, mark]) => isSame(path, mark))
  );
}

/** A file that was only touched, as by a checkout, is the same. */
function isSame(path: string, { modified, size, hash }: FileMark): boolean {
  const stats = statOf(path);
  if (!stats || stats.size !== size) return false;
  return stats.mtimeMs === modified || hashOf(readFileSync(path, "utf8")) === hash;
}

function markOf(path: string): [string, FileMark][] | undefined {
  const stats = statOf(path);
  if (!stats) return undefined;
  return [[path, { modified: stats.mtimeMs, size: stats.size, hash: hashOf(readFileSync(path, "utf8")) }]];
}

/** What is in a folder by name. What a build writes there itself does not count. */
function listingOf(path: string): string {
  if (!existsSync(path)) return "";
  const names = readdirSync(path).filter(
    (name) => !name.startsWith(".") && !/^tasks\.(?:registry\.)?gen\.ts$|^tasks\.manifest\.json$/.test(name),
  );
  return hashOf(names.sort().join("\n"));
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function hashOf(text: string): string {
  return createHash("sha1").update(text).digest("base64url");
}
