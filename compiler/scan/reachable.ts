/** Which types the schemas of tasks refer to, also through others. */
import type { Entry } from "../shape/shaping.js";
import type { Found } from "./found.js";

/** The entries that are needed to understand these tasks. */
export function reachable(tasks: readonly Found[], entries: ReadonlyMap<string, Entry>): Map<string, Entry> {
  const needed = new Map<string, Entry>();
  const visit = (part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    if ("$ref" in part && typeof part.$ref === "string") {
      const entry = entries.get(part.$ref);
      if (!entry || needed.has(part.$ref)) return;
      needed.set(part.$ref, entry);
      visit(entry.schema);
    } else for (const inner of Object.values(part)) visit(inner);
  };
  for (const { parameters, result } of tasks) for (const { schema } of [...parameters, result]) visit(schema);
  return needed;
}
