import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { faces, root } from "./imports.js";

/** Prints the address of every module that is loaded, by import or by require. */
const watch = `
  import { register, createRequire } from "node:module";
  import { writeSync } from "node:fs";
  const hooks = 'import { writeSync } from "node:fs";' +
    'export async function load(url, context, next) { writeSync(1, url + "\\\\n"); return next(url, context); }';
  register("data:text/javascript," + encodeURIComponent(hooks));
  const { cache } = createRequire(process.cwd() + "/x.js");
  await import(process.argv[1]);
  for (const path of Object.keys(cache)) writeSync(1, path + "\\n");
  process.exit(0);
`;

function packagesLoadedBy(entry: string): Set<string> {
  const args = ["--no-warnings", "--input-type=module", "--eval", watch, join(root, entry)];
  const output = execFileSync(process.execPath, args, { encoding: "utf8", cwd: root });
  expect(output).toContain(entry);
  return new Set([...output.matchAll(/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)/g)].map(([, name]) => name!));
}

test("there is a run time to import", () => expect(faces).toContain("dist/runtime/index"));

test("importing the run time loads neither ts-morph nor TypeScript, and no Ajv before a schema needs it", () => {
  for (const entry of faces.map((face) => `${face}.js`)) {
    const packages = packagesLoadedBy(entry);
    expect([...packages].filter((name) => /^(@?ts-morph|typescript|ajv)/.test(name))).toEqual([]);
  }
});

test("importing the run time loads nothing of OpenTelemetry, and no logger", () => {
  const packages = packagesLoadedBy("dist/runtime/index.js");
  expect([...packages].filter((name) => /^(@opentelemetry|pino|prom-client)/.test(name))).toEqual([]);
});

test("the watch above is awake: it sees what the codec and the scanner load", () => {
  expect(packagesLoadedBy("dist/runtime/codec/codec.js")).toContain("superjson");
  expect(packagesLoadedBy("dist/compiler/source.js")).toContain("ts-morph");
});
