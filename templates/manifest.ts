/** `tasks.manifest.json`: the contract as JSON. */
import type { Manifest } from "../runtime/manifest.js";

/** The manifest's text. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
