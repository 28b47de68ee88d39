/** Puts files on disk: only those that differ, each in one step. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Output } from "./emit.js";

/** A file after the build. */
export interface Written {
  readonly path: string;
  readonly text: string;
  /** Whether it differed from what was on disk. */
  readonly changed: boolean;
}

/** Compares outputs with the disk. */
export function compare(outputs: readonly Output[]): Written[] {
  return outputs.map((output) => {
    const changed = !output.isOnDisk && onDisk(output.path) !== output.text;
    return {
      path: output.path,
      get text() {
        return output.text;
      },
      changed,
    };
  });
}

/** Writes what differs. A reader sees the old file or the new one, never a half. */
export function write(files: readonly Written[]): readonly Written[] {
  for (const file of files) if (file.changed) replace(file);
  return files;
}

/** The text of a file, undefined where there is none. */
export function onDisk(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function replace({ path, text }: Written): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
