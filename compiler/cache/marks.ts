/** How the cache tells that a file or a folder is still what it was. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { isGenerated } from "../generated.js";

/** A file as it was. */
export interface FileMark {
  readonly modified: number;
  readonly size: number;
  readonly hash: string;
}

/** The marks of those files that are there. */
export function marksOf(paths: readonly string[]): Record<string, FileMark> {
  return Object.fromEntries(
    paths.flatMap((path) => {
      const stats = statOf(path);
      const mark = stats && { modified: stats.mtimeMs, size: stats.size, hash: hashOf(readFileSync(path, "utf8")) };
      return mark ? [[path, mark]] : [];
    }),
  );
}

/** A file that was only touched, as by a checkout, is the same. */
export function isSame(path: string, { modified, size, hash }: FileMark): boolean {
  const stats = statOf(path);
  if (!stats || stats.size !== size) return false;
  return stats.mtimeMs === modified || hashOf(readFileSync(path, "utf8")) === hash;
}

/** When a file or the listing of a folder was changed last; 0 for what is not there. */
export function modifiedAt(path: string): number {
  return statOf(path)?.mtimeMs ?? 0;
}

/** What is in a folder by name. What a build writes there itself does not count. */
export function listingOf(path: string): string {
  if (!existsSync(path)) return "";
  const names = readdirSync(path).filter((name) => !name.startsWith(".") && !isGenerated(name));
  return hashOf(names.sort().join("\n"));
}

/** A short name for a long text. */
export function hashOf(text: string): string {
  return createHash("sha1").update(text).digest("base64url");
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
