/** Arguments are validated however a program was put together, and where code from text is forbidden it says so. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuildOptions, build as bundle } from "esbuild";
import { build as vite } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "./imports.js";
import { outside } from "./processes.js";

const project = realpathSync(mkdtempSync(join(tmpdir(), "tqc-validation-")));
/** Here no package can be found: a program that runs here brings all it needs. */
const alone = realpathSync(mkdtempSync(join(tmpdir(), "tqc-alone-")));

const program = (parameter: object, wrong: string, right: string): string => `
import { createApp, createTask } from "tqc";
const app = createApp();
app.configure({ broker: "memory://" });
const count = createTask(app, {
  name: "count", module: "tasks.ts", export: "count", builder: "count",
  parameters: [${JSON.stringify(parameter)}],
  result: { type: "number" }, returns: "number", options: {}, fingerprint: "1", codec: "superjson",
});
app.register({ count: (tags) => tags.length });
await count.delay(${wrong}).catch((error) => console.log(error.name + ": " + error.message));
await count.delay(${right}).then((handle) => handle.get()).then(console.log, () => {});
await app.close();
`;
const tags = { name: "tags", text: "tags: string[]", schema: { type: "array", items: { type: "string" } } };
const label = { name: "label", text: "label: string", schema: { type: "string" } };
const said = "InvalidArgumentsError: count: argument 1 'tags[1]' must be string, but is 2 (number)\n2\n";

beforeAll(() => {
  mkdirSync(join(project, "node_modules"));
  symlinkSync(root, join(project, "node_modules/tqc"));
  symlinkSync(join(root, "node_modules/ajv"), join(project, "node_modules/ajv"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(project, "lists.js"), program(tags, `["a", 2]`, `["a", "b"]`));
  writeFileSync(join(project, "texts.js"), program(label, "2", `"ab"`));
});
afterAll(() => {
  for (const folder of [project, alone]) rmSync(folder, { recursive: true, force: true });
});

function run(folder: string, ...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8", env: outside() });
}

async function esbuild(outfile: string, more: BuildOptions = {}): Promise<void> {
  const how = { bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "error", ...more } as const;
  await bundle({ absWorkingDir: project, entryPoints: ["lists.js"], outfile, ...how });
}

describe("a wrong argument is told", () => {
  test("by node, from the package", () => expect(run(project, "lists.js")).toBe(said));

  // What CommonJS packages such as ioredis need; it declares a name that the package must not declare as well.
  const banner = { js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);` };
  test.each<[string, BuildOptions]>([
    ["plain.mjs", { banner }],
    ["small.mjs", { banner, minify: true }],
  ])("by a bundle of esbuild that stands alone: %s", async (outfile, more) => {
    await esbuild(join(alone, outfile), more);
    expect(run(alone, outfile)).toBe(said);
  });

  test.each<[string, BuildOptions]>([
    ["tqc", { packages: "external" }],
    ["Ajv", { banner, external: ["ajv"] }],
  ])("by a bundle that leaves %s outside", async (_, more) => {
    await esbuild(join(project, "thin.mjs"), more);
    expect(run(project, "thin.mjs")).toBe(said);
  });

  test("by a bundle of Vite that stands alone", async () => {
    await vite({
      root: project,
      configFile: false,
      logLevel: "error",
      build: { ssr: "lists.js", outDir: join(alone, "vite"), emptyOutDir: true },
      ssr: { noExternal: true },
    });
    expect(run(alone, "vite/lists.js")).toBe(said);
  });
});

describe("where node forbids code from text", () => {
  const forbidding = "--disallow-code-generation-from-strings";

  test("a schema that has to be compiled is a clear error", () => {
    const output = run(project, forbidding, "lists.js");
    expect(output).toMatch(/^ConfigurationError: count: the schema of 'tags' is compiled to a function/);
    expect(output).toContain(forbidding);
  });

  test("tasks that take and give single values work as ever", () => {
    expect(run(project, forbidding, "texts.js")).toBe(
      "InvalidArgumentsError: count: argument 1 'label' must be string, but is 2 (number)\n2\n",
    );
  });
});
