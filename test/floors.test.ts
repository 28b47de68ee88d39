import { describe, expect, test } from "vitest";
import { circles, filesBelow, type Import, importsOf } from "./repo/imports.js";

/** Imports -> those that point up, or at a library outside its files, each as one line. */
function wrong(imports: readonly Import[]): string[] {
  return imports.filter((entry) => !allowed(entry)).map(({ from, to }) => `${from} -> ${to}`);
}

/** The only files that know a library. */
const keepers: Readonly<Record<string, RegExp>> = {
  "ts-morph": /^compiler\/source\/ts-morph\.ts$/,
  ioredis: /^runtime\/brokers\/redis\b/,
  superjson: /^runtime\/codec\/codec\.ts$/,
  ajv: /^runtime\/schema\b/,
  typescript: /^$/,
};

/** The only files that ask the compiler, by what `compiler/source/ts-morph.ts` gives of it. */
const ASKERS = /^compiler\/(source|scan|shape)\b/;

function allowed({ from, to, kind }: Import): boolean {
  if (kind === "package") return keepers[to]?.test(from) ?? true;
  if (to === "compiler/source/ts-morph.ts") return ASKERS.test(from);
  if (kind === "node") return !from.startsWith("templates/");
  if (from.startsWith("runtime/")) return to.startsWith("runtime/");
  if (from.startsWith("templates/")) return to.startsWith("templates/") || to === "runtime/manifest.ts";
  return /^(compiler|templates|runtime)\//.test(to);
}

/** The rooms of the run time, lowest floor first; files beside them are the ground. */
const floors: readonly (readonly string[])[] = [
  ["codec"],
  ["canvas", "brokers", "schema"],
  ["plan"],
  ["result"],
  ["attempt"],
  ["threads"],
  ["worker"],
  ["client"],
  ["index.ts", "testing.ts", "testing"],
];

function floorOf(path: string): number {
  const room = path.split("/")[1] ?? "";
  return floors.findIndex((rooms) => rooms.includes(room));
}

/** Imports of values that lead upstairs within the run time. */
function upstairs(imports: readonly Import[]): string[] {
  const within = imports.filter(
    ({ from, to, typeOnly }) => !typeOnly && from.startsWith("runtime/") && to.startsWith("runtime/"),
  );
  return within.filter(({ from, to }) => floorOf(to) > floorOf(from)).map(({ from, to }) => `${from} -> ${to}`);
}

const sources = ["compiler", "templates", "runtime"].flatMap((floor) =>
  filesBelow(floor, (path) => /\.(tsx?|css)$/.test(path)),
);
const imports = sources.filter((path) => !path.endsWith(".css")).flatMap((path) => importsOf(path));
const own = imports.filter(({ kind }) => kind === "own");

describe("the house", () => {
  test("no arrow points up, and each library stays in its files", () => expect(wrong(imports)).toEqual([]));

  test("within the run time, what is called stands below", () => expect(upstairs(imports)).toEqual([]));

  test("no module needs itself to be loaded", () => {
    expect(circles(own.filter(({ typeOnly }) => !typeOnly))).toEqual([]);
  });

  test("no module needs itself to be understood, but for what a signature is and what may follow one: that is one thought", () => {
    const [fits, signature] = ["runtime/canvas/fits.ts", "runtime/canvas/signature.ts"];
    expect(circles(own)).toEqual([[fits, signature, fits]]);
  });

  test("every relative import ends in .js and leads to a file", () => {
    expect(own.filter(({ to }) => !sources.includes(to))).toEqual([]);
  });
});

describe("this test sees", () => {
  test.each([
    ["runtime/a.ts", `import { scan } from "../compiler/scan.js"`, "compiler/scan.ts"],
    ["runtime/brokers/a.ts", `import type { Text } from "../../templates/text.js"`, "templates/text.ts"],
    ["templates/tasks.ts", `export { codec } from "../runtime/codec/codec.js"`, "runtime/codec/codec.ts"],
    ["compiler/scan.ts", `import { Project } from "ts-morph"`, "ts-morph"],
    ["compiler/model.ts", `import { ts } from "./source/ts-morph.js"`, "compiler/source/ts-morph.ts"],
    ["compiler/scan.ts", `import ts from "typescript"`, "typescript"],
    ["runtime/worker/worker.ts", `const { Redis } = await import("ioredis")`, "ioredis"],
    ["runtime/wire.ts", `type T = import("superjson").SuperJSONResult`, "superjson"],
    ["runtime/attempt/fit.ts", `import type { ErrorObject } from "ajv/dist/2020.js"`, "ajv"],
    ["runtime/client/client.ts", `const { Ajv2020 } = require("ajv/dist/2020.js")`, "ajv"],
    ["compiler/model.ts", `createRequire(import.meta.url)("ajv")`, "ajv"],
  ])("in %s: %s", (path, text, to) => expect(wrong(importsOf(path, text))).toEqual([`${path} -> ${to}`]));

  test("a call upstairs, and none where only a type is meant", () => {
    expect(upstairs(importsOf("runtime/plan/a.ts", `import { App } from "../client/client.js"`))).toHaveLength(1);
    expect(upstairs(importsOf("runtime/wire.ts", `import { encode } from "./codec/codec.js"`))).toHaveLength(1);
    expect(upstairs(importsOf("runtime/plan/a.ts", `import type { App } from "../client/client.js"`))).toEqual([]);
  });

  test.each([
    ["compiler/source/ts-morph.ts", `createRequire(import.meta.url)("ts-morph")`],
    ["compiler/shape/union.ts", `import { ts } from "../source/ts-morph.js"`],
    ["runtime/brokers/redis/client.ts", `import { Redis } from "ioredis"`],
    ["runtime/schema/library.ts", `const { Ajv2020 } = require("ajv/dist/2020.js")`],
    ["templates/tasks.ts", `import type { Manifest } from "../runtime/manifest.js"`],
  ])("nothing wrong in %s: %s", (path, text) => expect(wrong(importsOf(path, text))).toEqual([]));

  test("a circle of values, and none through types", () => {
    const ring = [
      importsOf("runtime/a.ts", `import "./b.js"`),
      importsOf("runtime/b.ts", `export * from "./a.js"`),
    ].flat();
    expect(circles(ring)).toEqual([["runtime/a.ts", "runtime/b.ts", "runtime/a.ts"]]);
    expect(importsOf("runtime/b.ts", `import type { A } from "./a.js"`)).toMatchObject([{ typeOnly: true }]);
  });
});
