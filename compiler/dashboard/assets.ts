/** The front end as it was built: read once, named by its content, so that a browser may keep it for ever. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigurationError } from "../../runtime/errors.js";
import type { Body } from "./reply.js";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  md: "text/markdown; charset=utf-8",
};

/** The files by their path below the dashboard; "" is its page. */
export type Assets = ReadonlyMap<string, Body>;

let kept: Assets | undefined;

/** Reads the front end, the first time. Throws where it was not built. */
export function assets(): Assets {
  kept ??= readAssets(folder());
  return kept;
}

function readAssets(from: string): Assets {
  if (!existsSync(join(from, "index.html"))) {
    throw new ConfigurationError(`the dashboard's pages are not at ${from}; \`npm run build\` makes them`);
  }
  const paths = readdirSync(from, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
  const files = paths.filter((path) => /\.\w+$/.test(path));
  return new Map(files.map((path) => [path === "index.html" ? "" : path, bodyOf(join(from, path), path)]));
}

function bodyOf(file: string, path: string): Body {
  const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  const named = path.startsWith("assets/");
  const headers = named ? { "cache-control": "public, max-age=31536000, immutable" } : undefined;
  return { type, content: readFileSync(file), ...(headers && { headers }) };
}

/** Beside this module once it is compiled; run from its sources, the last build's. */
function folder(): string {
  const built = import.meta.url.endsWith(".ts") ? "../../dist/compiler/dashboard/web/" : "./web/";
  return fileURLToPath(new URL(built, import.meta.url));
}
