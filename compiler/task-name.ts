/** What a task is called: on the wire, and in the generated module. */
import { basename } from "node:path/posix";
import type { Found } from "./scan/found.js";

/** The value of an option, the last one written winning. */
export function optionOf(found: Found, key: string): unknown {
  return found.options.findLast((entry) => entry.key === key)?.value;
}

/** The name on the wire: `name`, else the module's path with dots and the export. */
export function nameOf(found: Found): string {
  const name = optionOf(found, "name");
  return typeof name === "string" ? name : `${withoutExtension(found.module).replaceAll("/", ".")}.${found.export}`;
}

/** The path of the builder in the generated module: `as`, else the export; a default export's own name, else the file's. */
export function builderOf(found: Found): string {
  const as = optionOf(found, "as");
  if (typeof as === "string") return as;
  if (found.export !== "default" && !found.export.startsWith("default.")) return found.export;
  const fallback = asIdentifier(basename(withoutExtension(found.module)));
  if (found.label === undefined) return fallback;
  return found.label.replace(/^default(?=\.)/, fallback);
}

/** A module's path without its extension. */
export function withoutExtension(module: string): string {
  return module.replace(/\.[cm]?[jt]sx?$/, "");
}

/** "send-mail" -> "sendMail". */
function asIdentifier(text: string): string {
  const joined = text.replace(/[^\p{ID_Continue}$]+(.)?/gu, (_, next: string | undefined) => next?.toUpperCase() ?? "");
  return /^[\p{ID_Start}$_]/u.test(joined) ? joined : `_${joined}`;
}
