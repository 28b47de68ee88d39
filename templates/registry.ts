/** `tasks.registry.gen.ts`: the implementations, registered with the app. */
import type { Manifest, TaskContract } from "../runtime/manifest.js";
import { header } from "./header.js";
import { type Imported, type Location, modulesOf, sibling } from "./modules.js";

/**
 * The registry's text: plain static imports, so that every tool can follow them, each beside what it is imported for. The
 * contracts say where in a module a task's function is, so that no task is named here.
 */
export function registryText(manifest: Manifest, location: Location): string {
  const blocks = [...modulesOf(manifest, location)].map(([module, imported]) => {
    const contracts = Object.values(manifest.tasks).filter((contract) => contract.module === module);
    return block(imported, contracts);
  });
  const app = `import { app } from ${JSON.stringify(sibling("tasks.gen", location))};\n`;
  return [header, app, ...blocks, "\nexport { app };\n"].join("");
}

/** A new module is one more block: nothing else moves, so that two branches merge. */
function block({ name, from }: Imported, contracts: readonly TaskContract[]): string {
  const file = JSON.stringify(contracts[0]!.module);
  // A thread loads this module anew to run its tasks. Where none does, what builds to CommonJS needs no `import.meta`.
  const where = contracts.some(({ options }) => options.thread) ? ", { module: import.meta.url }" : "";
  return `\nimport * as ${name} from ${JSON.stringify(from)};\napp.registerModules({ ${file}: ${name} }${where});\n`;
}
