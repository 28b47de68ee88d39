import { readdir } from "node:fs/promises";
import { extname, join } from "node:path";

const skipped = new Set(["node_modules", "dist", "coverage"]);
const text = new Set([
  ".c",
  ".css",
  ".go",
  ".h",
  ".html",
  ".java",
  ".js",
  ".lua",
  ".md",
  ".mjs",
  ".py",
  ".rb",
  ".rs",
  ".rst",
  ".sh",
  ".tex",
  ".ts",
  ".tsx",
  ".txt",
]);

/**
 * The text files below a folder, sorted by path.
 * @task
 */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith(".") && !skipped.has(entry.name))
      found.push(...(await listFiles(path)));
    if (entry.isFile() && text.has(extname(entry.name)) && !entry.name.endsWith(".gen.ts")) found.push(path);
  }
  return found.sort();
}
