/** Finds and loads `tqc.config.ts`, through tsx, so that it may be TypeScript. */
import { pathToFileURL } from "node:url";
import type { Config } from "../../runtime/config.js";
import { nearest } from "../nearest.js";
import { UsageError } from "../usage-error.js";
import { upward } from "./upward.js";

const FILES = ["tqc.config.ts", "tqc.config.mts", "tqc.config.js", "tqc.config.mjs"];

type Kind = "text" | "list" | "object";
const ENTRIES: Readonly<Record<keyof Config, Kind>> = {
  include: "list",
  outDir: "text",
  rootDir: "text",
  tsconfig: "text",
  broker: "text",
  worker: "object",
};

/** The config file in a folder or above it. */
export function findConfig(from: string): string | undefined {
  return upward(from, ...FILES);
}

/** The default export of a config file. Throws a UsageError where it does not load, or is no config. */
export async function loadConfig(path: string): Promise<Config> {
  const { tsImport } = await import("tsx/esm/api");
  const module = await tsImport(pathToFileURL(path).href, import.meta.url).catch((error: unknown) => {
    throw new UsageError(`${path} does not load: ${error instanceof Error ? error.message : String(error)}`);
  });
  return judge(path, unwrap(module));
}

/** A module that was loaded as CommonJS has its exports under `default`. */
function unwrap(module: { readonly default?: unknown }): unknown {
  const value = module.default;
  return typeof value === "object" && value !== null && "default" in value ? value.default : value;
}

function judge(path: string, config: unknown): Config {
  if (typeof config !== "object" || config === null) {
    throw new UsageError(
      `${path} has no default export that is an object; write \`export default defineConfig({ … })\``,
    );
  }
  for (const [key, value] of Object.entries(config)) {
    if (!Object.hasOwn(ENTRIES, key)) {
      const near = nearest(key, Object.keys(ENTRIES));
      throw new UsageError(
        `${path} has an entry '${key}' that tqc does not know${near ? `; did you mean '${near}'?` : ""}`,
      );
    }
    const wanted = ENTRIES[key as keyof Config];
    if (value !== undefined && kindOf(value) !== wanted) {
      throw new UsageError(
        `${path}: '${key}' is ${JSON.stringify(value) ?? typeof value}, but ${WANTED[wanted]} was expected`,
      );
    }
  }
  return config;
}

const WANTED: Readonly<Record<Kind, string>> = { text: "text", list: "a list of texts", object: "an object" };

function kindOf(value: unknown): Kind | undefined {
  if (typeof value === "string") return "text";
  if (Array.isArray(value)) return value.every((item) => typeof item === "string") ? "list" : undefined;
  return typeof value === "object" && value !== null ? "object" : undefined;
}
