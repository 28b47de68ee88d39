/** What a build would change, as a unified diff. */
import { relative } from "node:path";
import { createTwoFilesPatch } from "diff";
import type { Output } from "./emit.js";
import { onDisk } from "./write.js";

/** The diff from what is on disk to what a build would write. */
export function diffOf({ path, text }: Output, directory: string): string {
  const name = relative(directory, path).replaceAll("\\", "/");
  const old = onDisk(path);
  const from = old === undefined ? "/dev/null" : `a/${name}`;
  // The line of equal signs is for patch tools of another age.
  return createTwoFilesPatch(from, `b/${name}`, old ?? "", text, "", "").replace(/^=+\n/, "");
}
