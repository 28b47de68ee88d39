/** Finds and loads `tqc.config.ts`, through tsx, so that it may be TypeScript. */
import { statSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Config, WorkerConfig } from "../../runtime/config.js";
import { nearest } from "../../runtime/nearest.js";
import { UsageError } from "../usage-error.js";
import { upward } from "./upward.js";

const FILES = ["tqc.config.ts", "tqc.config.mts", "tqc.config.js", "tqc.config.mjs"];

type Kind = "text" | "number" | "amount" | "list" | "object";
const ENTRIES: Readonly<Record<keyof Config, Kind>> = {
  include: "list",
  outDir: "text",
  rootDir: "text",
  tsconfig: "text",
  broker: "text",
  worker: "object",
};
const WORKER_ENTRIES: Readonly<Record<keyof WorkerConfig, Kind>> = {
  concurrency: "number",
  queues: "list",
  registry: "text",
  lease: "amount",
  maxDeliveries: "number",
  name: "text",
  maxTasks: "number",
  maxMemory: "amount",
  threads: "number",
  shutdownTimeout: "amount",
  healthPort: "number",
  logLevel: "text",
};

/** The config file in a folder or above it. */
export function findConfig(from: string): string | undefined {
  return upward(from, ...FILES);
}

interface Loaded {
  readonly config: Config;
  /** When it and what it imports were changed last. */
  readonly changed: ReadonlyMap<string, number>;
}

const loaded = new Map<string, Loaded>();

/** The default export of a config file. Throws a UsageError where it does not load, or is no config. */
export async function loadConfig(path: string): Promise<Config> {
  const known = loaded.get(path);
  if (known && [...known.changed].every(([file, at]) => changedAt(file) === at)) return known.config;
  const { tsImport } = await import("tsx/esm/api");
  const changed = new Map([[path, changedAt(path)]]);
  const onImport = (url: string): void => {
    if (url.startsWith("file:") && !url.includes("/node_modules/"))
      changed.set(fileURLToPath(url), changedAt(fileURLToPath(url)));
  };
  const module = await tsImport(pathToFileURL(path).href, { parentURL: import.meta.url, onImport }).catch(
    (error: unknown) => {
      throw new UsageError(`${path} does not load: ${error instanceof Error ? error.message : String(error)}`);
    },
  );
  const config = judge(path, unwrap(module));
  loaded.set(path, { config, changed });
  return config;
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
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
  judgeEntries(path, config, ENTRIES);
  const { worker } = config as Config;
  if (worker) judgeEntries(path, worker, WORKER_ENTRIES, "worker.");
  return config;
}

/** Throws a UsageError at the first entry that is unknown, or of a wrong kind. */
function judgeEntries(path: string, entries: object, kinds: Readonly<Record<string, Kind>>, at = ""): void {
  for (const [key, value] of Object.entries(entries)) {
    const wanted = Object.hasOwn(kinds, key) ? kinds[key] : undefined;
    if (wanted === undefined) {
      const near = nearest(key, Object.keys(kinds));
      throw new UsageError(
        `${path} has an entry '${at}${key}' that tqc does not know${near ? `; did you mean '${at}${near}'?` : ""}`,
      );
    }
    if (value === undefined || kindsOf(value).includes(wanted)) continue;
    throw new UsageError(
      `${path}: '${at}${key}' is ${JSON.stringify(value) ?? typeof value}, but ${WANTED[wanted]} was expected`,
    );
  }
}

const WANTED: Readonly<Record<Kind, string>> = {
  text: "text",
  number: "a whole number",
  amount: "a number, or text with a unit",
  list: "a list of texts",
  object: "an object",
};

function kindsOf(value: unknown): readonly Kind[] {
  if (typeof value === "string") return ["text", "amount"];
  if (typeof value === "number") return Number.isInteger(value) && value >= 0 ? ["number", "amount"] : [];
  if (Array.isArray(value)) return value.every((item) => typeof item === "string") ? ["list"] : [];
  return typeof value === "object" && value !== null ? ["object"] : [];
}
