/** The version of this very tool. */
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { upward } from "../settings/upward.js";

/** As its package.json says, whether it runs from its sources or as it was published. */
export function packageVersion(): string {
  const path = upward(dirname(fileURLToPath(import.meta.url)), "package.json")!;
  return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
}
