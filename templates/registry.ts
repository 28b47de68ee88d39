/** `tasks.registry.gen.ts`: the implementations, registered with the app. */
import type { Manifest, TaskContract } from "../runtime/manifest.js";
import { header } from "./header.js";
import { type Location, modulesOf, sibling } from "./modules.js";

/** The registry's text: plain static imports, so that every tool can follow them. */
export function registryText(manifest: Manifest, location: Location): string {
  const modules = modulesOf(manifest, location);
  const imports = [...modules.values()].map(({ name, from }) => `import * as ${name} from ${JSON.stringify(from)};\n`);
  const entries = Object.values(manifest.tasks).map((contract) => entry(contract, modules.get(contract.module)!.name));
  const object = entries.length === 0 ? "{}" : `{\n${entries.join("")}}`;
  return [
    header,
    `import { app } from ${JSON.stringify(sibling("tasks.gen", location))};\n`,
    ...imports,
    `\napp.register(${object}${needsModule(manifest) ? ", { module: import.meta.url }" : ""});\n`,
    "\nexport { app };\n",
  ].join("");
}

/** A thread loads this module anew to run its tasks. Where none does, what builds to CommonJS needs no `import.meta`. */
function needsModule({ tasks }: Manifest): boolean {
  return Object.values(tasks).some(({ options }) => options.thread);
}

/** A static method keeps its class as `this`. */
function entry({ name, export: path }: TaskContract, module: string): string {
  const owner = path.includes(".") ? `${module}.${path.slice(0, path.lastIndexOf("."))}` : undefined;
  const value = owner === undefined ? `${module}.${path}` : `${module}.${path}.bind(${owner})`;
  return `  ${JSON.stringify(name)}: ${value},\n`;
}
