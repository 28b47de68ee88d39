/** Where a project's sources are, and where what is generated goes. */
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Settings } from "../settings.js";
import type { Tsconfig } from "./tsconfig.js";

/** Where things are. */
export interface Layout {
  /** The source root: task names start there. */
  readonly rootDir: string;
  /** Where the generated files go. */
  readonly outDir: string;
  /** How a generated import ends, where the source file's own extension is not kept. */
  readonly importing: "js" | "ts";
}

/** Works out the layout. What the settings leave open, the tsconfig says. */
export function layOut(settings: Settings, { path, parsed }: Tsconfig): Layout {
  const folder = dirname(path);
  const guess = existsSync(join(folder, "src")) ? join(folder, "src") : folder;
  const rootDir = settings.rootDir ?? (parsed.options.rootDir ? resolve(parsed.options.rootDir) : guess);
  return {
    rootDir,
    outDir: settings.outDir ?? rootDir,
    importing: parsed.options.allowImportingTsExtensions ? "ts" : "js",
  };
}

/** A file's path from the source root, with forward slashes. */
export function moduleOf(layout: Layout, path: string): string {
  return relative(layout.rootDir, path).replaceAll("\\", "/");
}
