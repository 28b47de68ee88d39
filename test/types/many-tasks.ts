/** Generated files of any size. */
import type { Manifest, TaskContract } from "../../runtime/manifest.js";
import type { Location } from "../../templates/modules.js";
import { registryText } from "../../templates/registry.js";
import { tasksText } from "../../templates/tasks.js";

const PER_FILE = 10;
const location: Location = { toRoot: "./", importing: "js" };

/**
 * So many tasks of two parameters each, ten to a file; every fourth has an optional one. The sources, and what the compiler
 * would write for them: texts by the names of their files, the registry last, which brings the others along.
 */
export function manyTasks(count: number): Record<string, string> {
  const contracts = Array.from({ length: count }, (_, i) => contract(i));
  const tasks = Object.fromEntries(contracts.map((one) => [one.name, one]));
  const manifest: Manifest = { version: 1, tasks };
  const texts = new Map(contracts.map(({ name }) => [name, { parameters: ["number", "number"], result: "number" }]));
  const files: Record<string, string> = {};
  for (const one of contracts) files[one.module] = (files[one.module] ?? "") + sourceOf(one);
  files["tasks.gen.ts"] = tasksText(manifest, texts, location);
  files["tasks.registry.gen.ts"] = registryText(manifest, location);
  return files;
}

function sourceOf({ export: name, parameters }: TaskContract): string {
  return `export function ${name}(${parameters.map(({ text }) => text).join(", ")}): number { throw 0; }\n`;
}

function contract(index: number): TaskContract {
  const schema = { type: "number" };
  const [name, file] = [`task${index}`, `many${Math.floor(index / PER_FILE)}`];
  return {
    name: `${file}.${name}`,
    module: `${file}.ts`,
    export: name,
    builder: name,
    parameters:
      index % 4 === 0
        ? [
            { name: "base", schema, text: "base: number" },
            { name: "exp", optional: true, schema, text: "exp?: number" },
          ]
        : [
            { name: "x", schema, text: "x: number" },
            { name: "y", schema, text: "y: number" },
          ],
    result: schema,
    returns: "number",
    options: { queue: "default" },
    documentation: "Does something.",
    fingerprint: "0",
    codec: "json",
  };
}
