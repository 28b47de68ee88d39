/** Finds and loads the registry: TypeScript through tsx, JavaScript as it is. */
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Config } from "../../runtime/config.js";
import type { Logger } from "../../runtime/logger.js";
import type { Worker, WorkerSettings } from "../../runtime/worker/worker.js";
import { UsageError } from "../usage-error.js";

/** What `tqc worker` needs of the application that a registry exports. */
export interface RegisteredApp {
  readonly logger?: Logger | undefined;
  configure(options: { readonly broker: string }): void;
  broker(): Promise<{ readonly embedded?: true }>;
  worker(settings: WorkerSettings): Worker;
  close(): Promise<void>;
}

const NAMES = ["tasks.registry.gen.ts", "tasks.registry.gen.mts", "tasks.registry.gen.js", "tasks.registry.gen.mjs"];

/** Where to look: what was named, else the config's folders, else the usual ones. */
export interface RegistryPlace {
  /** The flag. */
  readonly named: string | undefined;
  readonly config: Config;
  /** The folder of the config file, else the working directory. */
  readonly from: string;
  readonly cwd: string;
}

/** The registry's path. Throws a UsageError that says where it was looked for. */
export function findRegistry({ named, config, from, cwd }: RegistryPlace): string {
  if (named !== undefined) return existing(resolve(cwd, named));
  if (config.worker?.registry !== undefined) return existing(resolve(from, config.worker.registry));
  const folders = config.outDir === undefined ? [join(from, "src"), from] : [resolve(from, config.outDir)];
  for (const folder of folders) {
    for (const name of NAMES) if (existsSync(join(folder, name))) return join(folder, name);
  }
  const places = folders.map((folder) => relative(cwd, join(folder, NAMES[0] ?? "")) || folder).join(" and ");
  throw new UsageError(
    `no registry was found (looked for ${places}); run \`tqc build\` first, or name one with --registry`,
  );
}

function existing(path: string): string {
  if (existsSync(path)) return path;
  throw new UsageError(`there is no registry at ${path}; run \`tqc build\` first, or name another with --registry`);
}

/** Imports the registry, and with it all tasks. Throws a UsageError where it exports no app. */
export async function loadRegistry(path: string): Promise<RegisteredApp> {
  if (/\.[cm]?tsx?$/.test(path)) await readTypeScript(dirname(path));
  process.setSourceMapsEnabled(true);
  const module = await importModule(path);
  const app = appIn(module) ?? appIn(module.default);
  if (app) return app;
  throw new UsageError(
    `${path} exports no app; run \`tqc build\` again, or write \`export { app } from "./tasks.gen.js"\` into a registry of your own`,
  );
}

/** From here on, this process imports TypeScript, as modules and as CommonJS alike. */
async function readTypeScript(folder: string): Promise<void> {
  const tsconfig = nearestTsconfig(folder);
  // tsx reads the path mappings of this tsconfig, not of the one in the working directory.
  if (tsconfig !== undefined) process.env.TSX_TSCONFIG_PATH ??= tsconfig;
  const [esm, cjs] = await Promise.all([import("tsx/esm/api"), import("tsx/cjs/api")]);
  cjs.register();
  esm.register();
}

function nearestTsconfig(folder: string): string | undefined {
  const path = join(folder, "tsconfig.json");
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : nearestTsconfig(dirname(folder));
}

async function importModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    throw new UsageError(
      `${path} does not load: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}

/** The app of a module, or of a module that was loaded as CommonJS. */
function appIn(exports: unknown): RegisteredApp | undefined {
  if (typeof exports !== "object" || exports === null || !("app" in exports)) return undefined;
  const { app } = exports;
  const isApp = typeof app === "object" && app !== null && "worker" in app && "configure" in app;
  return isApp ? (app as RegisteredApp) : undefined;
}
