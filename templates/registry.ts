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
  const generated = JSON.stringify(sibling("tasks.gen", location));
  const imports =
    blocks.length === 0
      ? `import { app } from ${generated};\n`
      : `import type { Unchanged } from "tqc";\nimport { type $Modules, app } from ${generated};\n${TELLS}`;
  return [header, imports, ...blocks, "\nexport { app };\n"].join("");
}

const TELLS = "\n// Where a function has changed since the last build, the line of its module is a type error.\n";

/** A new module is one more block: nothing else moves, so that two branches merge. */
function block({ name, from }: Imported, contracts: readonly TaskContract[]): string {
  const file = JSON.stringify(contracts[0]!.module);
  // A thread loads this module anew to run its tasks. Where none does, what builds to CommonJS needs no `import.meta`.
  const where = contracts.some(({ options }) => options.thread) ? ", { module: import.meta.url }" : "";
  const checked = `${name} satisfies Unchanged<$Modules[${file}]>`;
  return `\nimport * as ${name} from ${JSON.stringify(from)};\napp.registerModules({ ${file}: ${checked} }${where});\n`;
}
