/** The files that a build writes, by name. */
import { basename } from "node:path";

/** Builders, registry, contract. */
export const GENERATED = ["tasks.gen.ts", "tasks.registry.gen.ts", "tasks.manifest.json"] as const;

/** Whether a file is one that a build writes. */
export function isGenerated(path: string): boolean {
  return (GENERATED as readonly string[]).includes(basename(path));
}
