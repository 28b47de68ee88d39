import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { compile, type Memory } from "../../compiler/build.js";
import { type Rebuild, watchProject } from "../../compiler/watch.js";
import type { Manifest } from "../../runtime/manifest.js";
import { ADD, compilerOptions, project } from "./project.js";

// A build loads the libraries of TypeScript; with other work beside it that takes a while.
vi.setConfig({ testTimeout: 120_000 });

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** What a watch told: a rebuild, or why there was none. */
type Told = Rebuild | { readonly error: string };

/** Watches a project of these files, built once. */
async function watched(files: Record<string, string> | undefined, { at = ".", links = {} }: Where = {}) {
  const one = project(files);
  for (const [link, target] of Object.entries(links)) {
    mkdirSync(dirname(join(one.folder, link)), { recursive: true });
    symlinkSync(join(one.folder, target), join(one.folder, link));
  }
  const told: Told[] = [];
  const stop = new AbortController();
  const watching = watchProject(
    { cwd: join(one.folder, at), signal: stop.signal },
    (rebuild) => told.push(rebuild),
    (error) => told.push({ error: String(error) }),
  );
  ends.push(async () => {
    stop.abort();
    await watching;
    one.remove();
  });
  const next = async (): Promise<Told> => {
    await vi.waitUntil(() => told.length > 0, { timeout: 180_000 });
    return told.shift()!;
  };
  await next();
  /** Makes a change; what came of it. */
  const after = (change: () => void): Promise<Told> => {
    change();
    return next();
  };
  return { ...one, after, next };
}

interface Where {
  readonly at?: string;
  readonly links?: Record<string, string>;
}

/** The contracts that a rebuild came to. */
function tasksOf(told: Told): Manifest["tasks"] {
  if ("error" in told) throw new Error(told.error);
  return (JSON.parse(told.result.files.at(-1)!.text) as Manifest).tasks;
}

const config = (more: object): string => JSON.stringify({ compilerOptions, ...more });
const TAKES_DATED = (from: string) =>
  `import type { Dated } from "${from}";\n/** @task */\nexport function take(it: Dated): void {}\n`;
const DATED = (type: string) => `export interface Dated { at: ${type} }\n`;
const typeOf = (told: Told) => tasksOf(told)["a.take"]?.parameters[0]?.schema;
const dated = (schema: object) => ({ type: "object", properties: { at: schema }, required: ["at"] });

test("a change is built, an unchanged result is told, and a mistake does not end the watch", async () => {
  const { after, write } = await watched(undefined);
  const refused = await after(() => write("src/math.ts", ADD.replace("x: number", "x: symbol")));
  expect(refused).toMatchObject({ because: ["src/math.ts"], result: { files: [] } });
  const mended = await after(() => write("src/math.ts", ADD));
  expect(mended).toMatchObject({ result: { files: [{ changed: false }, { changed: false }, { changed: false }] } });
});

test("files that go, come, and are half written are all one to it", async () => {
  const { after, next, write, remove } = await watched({
    "src/math.ts": ADD,
    "src/more.ts": ADD.replace("add", "more"),
  });
  expect(Object.keys(tasksOf(await after(() => remove("src/more.ts"))))).toEqual(["math.add"]);
  const half = await after(() => write("src/math.ts", ADD.slice(0, ADD.indexOf("number,"))));
  expect(half).toMatchObject({ result: { diagnostics: [{ code: "TQC1013" }, { code: "TQC1013" }], files: [] } });
  expect(await after(() => write("src/math.ts", ""))).toMatchObject({ result: { diagnostics: [] } });
  let back = await after(() => {
    write("src/math.ts", ADD);
    write("src/deep/more.ts", ADD.replace("add", "more"));
  });
  // What is in a new folder is found a little later.
  while (Object.keys(tasksOf(back)).length < 2) back = await next();
  expect(Object.keys(tasksOf(back))).toEqual(["deep.more.more", "math.add"]);
});

test("a package of the same repository is looked at through its link, also in files that it gets later", async () => {
  const { after, write } = await watched(
    {
      "tsconfig.json": "",
      "packages/kit/package.json": '{ "name": "@w/kit", "type": "module", "exports": "./src/index.ts" }',
      "packages/kit/src/index.ts": DATED("Date"),
      "apps/web/package.json": '{ "type": "module" }',
      "apps/web/tsconfig.json": config({ include: ["src"] }),
      "apps/web/src/a.ts": TAKES_DATED("@w/kit"),
    },
    { at: "apps/web", links: { "node_modules/@w/kit": "packages/kit" } },
  );
  const edited = await after(() => write("packages/kit/src/index.ts", DATED("bigint")));
  expect(edited).toMatchObject({ because: ["../../packages/kit/src/index.ts"] });
  expect(typeOf(edited)).toEqual(dated({ "x-tqc": "bigint" }));
  const missing = await after(() => write("packages/kit/src/index.ts", 'export type { Dated } from "./dated.js";\n'));
  expect(missing).toMatchObject({ result: { diagnostics: [{ code: "TQC2002" }] } });
  expect(typeOf(await after(() => write("packages/kit/src/dated.ts", DATED("string"))))).toEqual(
    dated({ type: "string" }),
  );
});

test("a project that is referred to, and settings that are extended, are looked at wherever they stand", async () => {
  const { after, write } = await watched(
    {
      "tsconfig.json": "",
      "settings/strict.json": config({}),
      "kit/tsconfig.json": JSON.stringify({ compilerOptions: { ...compilerOptions, composite: true } }),
      "kit/kit.ts": DATED("Date"),
      "app/package.json": '{ "type": "module" }',
      "app/tsconfig.json":
        '{ "extends": "../settings/strict.json", "include": ["src"], "references": [{ "path": "../kit" }] }',
      "app/src/a.ts": TAKES_DATED("../../kit/kit.js"),
    },
    { at: "app" },
  );
  expect(typeOf(await after(() => write("kit/kit.ts", DATED("URL"))))).toEqual(dated({ "x-tqc": "URL" }));
  const moved = await after(() =>
    write("settings/strict.json", JSON.stringify({ compilerOptions: { ...compilerOptions, rootDir: "../app" } })),
  );
  expect(moved).toMatchObject({ because: ["../settings/strict.json"] });
  expect(Object.keys(tasksOf(moved))).toEqual(["src.a.take"]);
});

test("its config is read anew, with what that imports; one that does not load is told, and mended", async () => {
  const { after, write } = await watched({
    "tqc.config.ts": 'import { rootDir } from "./where.js";\nexport default { rootDir };\n',
    "where.ts": 'export const rootDir = "src";\n',
    "src/math.ts": ADD,
  });
  const moved = await after(() => write("where.ts", 'export const rootDir = ".";\n'));
  expect(Object.keys(tasksOf(moved))).toEqual(["src.math.add"]);
  const broken = await after(() => write("tqc.config.ts", "export default { rootDir: "));
  expect(broken).toMatchObject({ error: expect.stringContaining("does not load") });
  const mended = await after(() => write("tqc.config.ts", 'export default { rootDir: "src" };\n'));
  expect(Object.keys(tasksOf(mended))).toEqual(["math.add"]);
  const wrong = await after(() => write("tsconfig.json", "{ nonsense"));
  expect(wrong).toMatchObject({ error: expect.stringContaining("does not parse") });
});

describe("what is remembered from one build to the next", () => {
  test("does not grow with the edits", async () => {
    const one = project();
    ends.push(async () => one.remove());
    const memory: Memory = {};
    const sizes: number[] = [];
    for (let edit = 0; edit < 90; edit++) {
      const types = Array.from({ length: 8 }, (_, i) => `interface T${edit}_${i} { a: string }\n`).join("");
      const taken = Array.from({ length: 8 }, (_, i) => `t${i}: T${edit}_${i}`).join(", ");
      one.write("src/math.ts", `${types}${ADD.replace("x: number", `${taken}, x: number`)}`);
      await compile({ cwd: one.folder }, memory);
      sizes.push(memory.scan?.entries.size ?? 0);
    }
    expect(Math.max(...sizes.slice(60))).toBeLessThanOrEqual(Math.max(...sizes.slice(0, 60)));
  });
});
