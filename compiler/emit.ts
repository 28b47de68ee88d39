/** Model -> the generated files. */
import { join, relative } from "node:path";
import { manifestText } from "../templates/manifest.js";
import type { Location } from "../templates/modules.js";
import { registryText } from "../templates/registry.js";
import { tasksText } from "../templates/tasks.js";
import type { Model } from "./model.js";
import type { Layout } from "./source/layout.js";

/** One file to write. The path is absolute. */
export interface Output {
  readonly path: string;
  readonly text: string;
  /** It is known that the file there has this text. */
  readonly isOnDisk?: true;
}

/** Writes out a model, without touching the disk. */
export function emit({ manifest, texts }: Model, layout: Layout): Output[] {
  const location = locate(layout);
  const at = (name: string, text: string): Output => ({ path: join(layout.outDir, name), text });
  return [
    at("tasks.gen.ts", tasksText(manifest, texts, location)),
    at("tasks.registry.gen.ts", registryText(manifest, location)),
    at("tasks.manifest.json", manifestText(manifest)),
  ];
}

function locate({ rootDir, outDir, importing }: Layout): Location {
  const path = relative(outDir, rootDir).replaceAll("\\", "/");
  const toRoot = path === "" ? "./" : path.startsWith(".") ? `${path}/` : `./${path}/`;
  return { toRoot, importing };
}
