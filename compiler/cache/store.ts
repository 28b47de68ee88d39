/** Where the cache keeps things: values as JSON under names, in `node_modules/.cache/tqc`. Nothing here ever fails. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { upward } from "../settings/upward.js";
import type { Settings } from "../settings.js";
import { hashOf } from "./marks.js";

/** What lies there longer than this belongs to other settings, or to another version of the tool. */
const FORGOTTEN_MS = 14 * 24 * 3_600_000;

/** The path of what is kept for these settings, without its ending; undefined for a project without `node_modules`. */
export function placeFor(settings: Settings): string | undefined {
  const modules = upward(dirname(settings.tsconfig), "node_modules");
  if (modules === undefined) return undefined;
  const { cwd: _, ...rest } = settings;
  return join(modules, ".cache", "tqc", hashOf(JSON.stringify([rest, process.version, toolMark()])));
}

/** A value that was kept; undefined where there is none, or a process died while it wrote one. */
export function load<Value>(path: string): Value | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Value;
  } catch {
    return undefined;
  }
}

/** Keeps a value. Where that fails, as in a `node_modules` that cannot be written, the next build is slower, and nothing else. */
export function keep(path: string, value: unknown): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, JSON.stringify(value));
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // Said above.
  }
}

/** Removes what nobody has kept anew for weeks. */
export function tidy(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (Date.now() - statSync(path).mtimeMs > FORGOTTEN_MS) rmSync(path, { force: true });
    }
  } catch {
    // Another process tidies as well.
  }
}

let tool: string | undefined;

/** Another version of the tool writes other files. */
function toolMark(): string {
  tool ??= hashOf(
    ["../", "../../templates/"].map((folder) => marksBelow(fileURLToPath(new URL(folder, import.meta.url)))).join(),
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
