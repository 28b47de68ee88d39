import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "tqc/compiler";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Manifest } from "../../runtime/manifest.js";
import { ADD, compilerOptions, project } from "./project.js";

// A build loads the libraries of TypeScript; with other work beside it that takes a while.
vi.setConfig({ testTimeout: 120_000 });

let open: ReturnType<typeof project>[] = [];
afterEach(() => {
  for (const one of open) one.remove();
  open = [];
});

const config = (more: object, options: object = {}): string =>
  JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, ...more });

/** Builds a project of these files; its contracts, or what was reported. */
async function contracts(files: Record<string, string>, { at = ".", links = {} }: Where = {}) {
  const one = project(files);
  open.push(one);
  for (const [link, target] of Object.entries(links)) {
    mkdirSync(dirname(join(one.folder, link)), { recursive: true });
    symlinkSync(join(one.folder, target), join(one.folder, link));
  }
  const result = await build({ cwd: join(one.folder, at) });
  expect(result.diagnostics).toEqual([]);
  const manifest = result.files.find(({ path }) => path.endsWith(".json"))!;
  const { tasks } = JSON.parse(manifest.text) as Manifest;
  return { tasks, names: Object.keys(tasks), path: manifest.path.slice(one.folder.length + 1) };
}

interface Where {
  readonly at?: string;
  readonly links?: Record<string, string>;
}

const TAKES = (type: string): string => `/** @task */\nexport function take(it: ${type}): void {}\n`;
const DATED = { type: "object", properties: { at: { "x-tqc": "Date" } }, required: ["at"] };

describe("a tsconfig that only refers to others", () => {
  const solution = JSON.stringify({ files: [], references: [{ path: "./tsconfig.app.json" }, { path: "./tools" }] });
  const app = { "tsconfig.json": solution, "tsconfig.app.json": config({ include: ["src"] }) };
  const tools = { "tools/tsconfig.json": config({ include: ["*.ts"] }), "tools/pack.ts": "export default {};\n" };

  test("is followed to the one that holds tasks", async () => {
    const { names, path } = await contracts({ ...app, ...tools, "src/math.ts": ADD });
    expect([names, path]).toEqual([["math.add"], "src/tasks.manifest.json"]);
  });

  test("through others of its kind", async () => {
    const outer = JSON.stringify({ files: [], references: [{ path: "./packages" }] });
    const inner = JSON.stringify({ files: [], references: [{ path: "../app" }] });
    const files = { "packages/tsconfig.json": inner, "app/tsconfig.json": config({}), "app/src/math.ts": ADD };
    expect((await contracts({ "tsconfig.json": outer, ...files })).path).toBe("app/src/tasks.manifest.json");
  });

  test("is refused where several hold tasks, and they are named", async () => {
    const both = { ...app, ...tools, "src/math.ts": ADD, "tools/math.ts": ADD };
    await expect(contracts(both)).rejects.toThrow(/several .*tsconfig\.app\.json, .*tools\/tsconfig\.json.*`-p`/);
  });

  test("is refused where none does, or one is not there", async () => {
    await expect(contracts({ ...app, ...tools, "src/a.ts": "export {};\n" })).rejects.toThrow("none it refers to");
    await expect(contracts({ "tsconfig.json": solution })).rejects.toThrow("tsconfig.app.json, which is not there");
  });
});

test("a tsconfig without files is refused, and says so", async () => {
  await expect(contracts({ "tsconfig.json": config({ include: ["gone"] }) })).rejects.toThrow("lists no source files");
});

test("a tsconfig may extend several", async () => {
  const several = JSON.stringify({ extends: ["./base.json", "./strict.json"], include: ["src"] });
  const files = { "tsconfig.json": several, "base.json": config({}), "strict.json": '{ "compilerOptions": {} }' };
  expect((await contracts({ ...files, "src/math.ts": ADD })).names).toEqual(["math.add"]);
});

describe("types come from", () => {
  test("a package's declarations", async () => {
    const { tasks } = await contracts({
      "tsconfig.json": config({ include: ["src"] }),
      "node_modules/@w/kit/package.json": '{ "name": "@w/kit", "type": "module", "types": "index.d.ts" }',
      "node_modules/@w/kit/index.d.ts": "export interface Dated { at: Date }\n",
      "src/a.ts": `import type { Dated } from "@w/kit";\n${TAKES("Dated")}`,
    });
    expect(tasks["a.take"]?.parameters[0]?.schema).toEqual(DATED);
  });

  test("a package of the same repository, through its link, whose tasks are its own affair", async () => {
    const files = {
      "tsconfig.json": "",
      "packages/kit/package.json": '{ "name": "@w/kit", "type": "module", "exports": "./src/index.ts" }',
      "packages/kit/src/index.ts": `export interface Dated { at: Date }\n${ADD}`,
      "apps/web/package.json": '{ "type": "module" }',
      "apps/web/tsconfig.json": config({ include: ["src"] }),
      "apps/web/src/a.ts": `import type { Dated } from "@w/kit";\n${TAKES("Dated")}`,
    };
    const { tasks, names } = await contracts(files, {
      at: "apps/web",
      links: { "node_modules/@w/kit": "packages/kit" },
    });
    expect(names).toEqual(["a.take"]);
    expect(tasks["a.take"]?.parameters[0]?.schema).toEqual(DATED);
  });

  test("a project that is referred to", async () => {
    const { tasks } = await contracts({
      "tsconfig.json": config({ include: ["src"], references: [{ path: "./kit" }] }),
      "kit/tsconfig.json": config({}, { composite: true }),
      "kit/kit.ts": "export interface Dated { at: Date }\n",
      "src/a.ts": `import type { Dated } from "../kit/kit.js";\n${TAKES("Dated")}`,
    });
    expect(tasks["a.take"]?.parameters[0]?.schema).toEqual(DATED);
  });
});

test(".mts, .cts, .tsx and .js hold tasks like .ts", async () => {
  const add = (name: string) => ADD.replace("add", name);
  const { names } = await contracts({
    "tsconfig.json": config({ include: ["src"] }, { jsx: "preserve", allowJs: true }),
    ...{ "src/a.mts": add("a"), "src/b.cts": add("b") },
    "src/c.tsx": `${add("c")}export const view = <div>{c(1, 2)}</div>;\n`,
    "src/d.js": "/** @task\n * @param {string} text\n * @returns {string} */\nexport const d = (text) => text;\n",
  });
  expect(names).toEqual(["a.a", "b.b", "c.c", "d.d"]);
});

test("a function in JavaScript that says nothing of its parameters may be called without them", async () => {
  const one = project({
    "tsconfig.json": config({ include: ["src"] }, { allowJs: true, checkJs: true }),
    "src/a.js": "/** @task */\nexport const a = (x) => String(x);\n",
  });
  open.push(one);
  const { files } = await build({ cwd: one.folder });
  const { tasks } = JSON.parse(files.at(-1)!.text) as Manifest;
  expect(tasks["a.a"]?.parameters).toMatchObject([{ name: "x", optional: true }]);
});

test("a folder behind a link is a folder", async () => {
  const files = { "tsconfig.json": config({ include: ["src"] }), "real/math.ts": ADD, "src/a.ts": TAKES("string") };
  expect((await contracts(files, { links: { "src/linked": "real" } })).names).toEqual(["a.take", "linked.math.add"]);
});
