/** The contracts of the project that a tool is called in, if it is called in one: they tell what a run does not say of itself. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Manifest, TaskContract } from "../../runtime/manifest.js";
import { findConfig, loadConfig } from "../settings/config.js";

/** The tasks by name; empty where no manifest is at hand. */
export async function contractsNear(folder: string): Promise<Manifest["tasks"]> {
  const config = findConfig(folder);
  const { outDir, rootDir } = config === undefined ? {} : await loadConfig(config);
  const configured = [outDir, rootDir].flatMap((path) => (path === undefined ? [] : [resolve(dirname(config!), path)]));
  const places = [...configured, join(folder, "src"), folder].map((place) => join(place, "tasks.manifest.json"));
  const found = places.find((path) => existsSync(path));
  return found === undefined ? {} : (JSON.parse(readFileSync(found, "utf8")) as Manifest).tasks;
}

/** The contract of a task, by its name or an older one. */
export function contractOf(tasks: Manifest["tasks"], name: string): TaskContract | undefined {
  return tasks[name] ?? Object.values(tasks).find(({ options }) => options.aliases?.includes(name));
}
