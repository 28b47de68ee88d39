/** A canvas that a module exports -> what is drawn. The module is loaded as a worker loads its registry: TypeScript through tsx. */
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { fromJson, type TreeJson } from "../../runtime/canvas/json.js";
import { nearest } from "../../runtime/nearest.js";
import { lower } from "../../runtime/plan/plan.js";
import { upward } from "../settings/upward.js";
import { UsageError } from "../usage-error.js";
import type { Drawable } from "./graph.js";

/** Loads `MODULE#EXPORT` (EXPORT is "default" where it is left out) and lowers what it finds. */
export async function loadCanvas(address: string): Promise<Drawable> {
  const [path = "", name = "default"] = address.split("#");
  const file = resolve(path);
  if (!existsSync(file)) throw new UsageError(`there is no module at ${file}; say \`tqc graph src/flows.ts#nightly\``);
  const canvas = await canvasOf(exported(await load(file), { name, path }), address);
  const { nodes, result } = lower(fromJson(withoutArguments(canvas)), [], {
    contract: () => undefined,
    encode: () => "[]",
    now: Date.now(),
  });
  return { nodes, result };
}

async function load(file: string): Promise<Readonly<Record<string, unknown>>> {
  const { tsImport } = await import("tsx/esm/api");
  const tsconfig = upward(dirname(file), "tsconfig.json");
  const loading: Promise<Readonly<Record<string, unknown>>> = tsImport(pathToFileURL(file).href, {
    parentURL: import.meta.url,
    ...(tsconfig !== undefined && { tsconfig }),
  });
  return loading.then(exportsOf, (error: unknown) => {
    throw new UsageError(
      `${file} does not load: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  });
}

/** A module that was loaded as CommonJS has all its exports under `default`. */
function exportsOf(module: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const inner = module.default;
  return typeof inner === "object" && inner !== null && "__esModule" in inner ? { ...inner } : module;
}

function exported(module: Readonly<Record<string, unknown>>, { name, path }: { name: string; path: string }): unknown {
  if (Object.hasOwn(module, name)) return module[name];
  const names = Object.keys(module).sort();
  const near = nearest(name, names);
  const hint = near === undefined ? `it exports ${names.join(", ") || "nothing"}` : `did you mean '${near}'?`;
  throw new UsageError(`${path} has no export '${name}'; ${hint}`);
}

/** A signature as it is, a task as its signature without arguments, and a function that takes nothing by what it gives. */
async function canvasOf(value: unknown, address: string): Promise<TreeJson> {
  const canvas = jsonOf(value) ?? jsonOf(hasS(value) ? value.s() : undefined);
  if (canvas) return canvas;
  const made = typeof value === "function" && value.length === 0 ? jsonOf(await value()) : undefined;
  if (made) return made;
  throw new UsageError(
    `${address} is ${kindOf(value)}, but a canvas was expected: a signature, a task's builder, or a function without parameters that returns one`,
  );
}

/** The module may have a run time of its own, so a signature is known by its JSON, not by its class. */
function jsonOf(value: unknown): TreeJson | undefined {
  if (typeof value !== "object" || value === null || !("toJSON" in value) || typeof value.toJSON !== "function")
    return undefined;
  const json: unknown = value.toJSON();
  const isCanvas = typeof json === "object" && json !== null && "tqc" in json && "canvas" in json;
  return isCanvas ? (json.canvas as TreeJson) : undefined;
}

function hasS(value: unknown): value is { s(): unknown } {
  const holds = (typeof value === "object" && value !== null) || typeof value === "function";
  return holds && "s" in value && typeof value.s === "function";
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === "function"
    ? "a function that takes arguments, or returns none"
    : `a value of type ${typeof value}`;
}

/** Nothing is drawn of the arguments, and some need the module's own codecs to be read. */
function withoutArguments(canvas: TreeJson): TreeJson {
  const text = JSON.stringify(canvas, (key, value: unknown) =>
    key === "args" && typeof value === "string" ? "[]" : value,
  );
  return JSON.parse(text) as TreeJson;
}
