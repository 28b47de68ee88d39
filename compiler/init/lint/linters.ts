/** Which tools look at a project's files, and where each is told what to pass over. Reads only. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** What can be told: each has a way of its own. */
export type LintTool = "Prettier" | "ESLint" | "ESLint before 9" | "Biome" | "oxlint";

/** A tool, and the file that decides. */
export interface Linter {
  readonly tool: LintTool;
  /** Relative to the project's folder, with forward slashes. */
  readonly path: string;
}

/** Folder, and the uppermost one that counts -> the tools, each with the nearest file that tells of it. */
export function lintersAround(folder: string, root: string): Linter[] {
  const found = new Map<string, Linter>();
  for (let at = folder; ; at = dirname(at)) {
    for (const { tool, path } of lintersIn(at)) {
      const family = tool === "ESLint before 9" ? "ESLint" : tool;
      if (!found.has(family)) found.set(family, { tool, path: relative(folder, join(at, path)).replaceAll("\\", "/") });
    }
    if (at === root || dirname(at) === at) return [...found.values()];
  }
}

const FILES: readonly (readonly [LintTool, RegExp])[] = [
  ["Prettier", /^\.prettierrc(\.\w+)?$|^prettier\.config\.[cm]?[jt]s$|^\.prettierignore$/],
  ["ESLint", /^eslint\.config\.[cm]?[jt]s$/],
  ["ESLint before 9", /^\.eslintrc(\.\w+)?$|^\.eslintignore$/],
  ["Biome", /^\.?biome\.jsonc?$/],
  ["oxlint", /^\.oxlintrc\.jsonc?$/],
];

/** Keys of package.json that say as much as a file. */
const KEYS: readonly (readonly [LintTool, string])[] = [
  ["Prettier", "prettier"],
  ["ESLint before 9", "eslintConfig"],
  ["ESLint before 9", "eslintIgnore"],
];

function lintersIn(folder: string): Linter[] {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const byFile = FILES.flatMap(([tool, pattern]) =>
    names.filter((name) => pattern.test(name)).map((path) => ({ tool, path })),
  );
  const keys = packageKeys(folder);
  return [...byFile, ...KEYS.filter(([, key]) => keys.has(key)).map(([tool]) => ({ tool, path: "package.json" }))];
}

/** The keys of a folder's package.json, with "prettier" where it is only installed: it needs no configuration. */
export function packageKeys(folder: string): ReadonlySet<string> {
  const file = packageAt(folder);
  const installed = { ...file.dependencies, ...file.devDependencies };
  return new Set([...Object.keys(file), ...("prettier" in installed ? ["prettier"] : [])]);
}

/** One above the project that does not parse is not ours to judge. */
function packageAt(folder: string): Readonly<Record<string, object>> {
  const path = join(folder, "package.json");
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Readonly<Record<string, object>>;
  } catch {
    return {};
  }
}
