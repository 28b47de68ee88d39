import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript-6";
import { expect, test } from "vitest";
import { faces, filesBelow, importsOf, root } from "./imports.js";

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const lines = (path: string): number => read(path).trimEnd().split("\n").length;
const skipped = new Set([".git", "coverage", "dist", "node_modules"]);
const kept = readdirSync(root, { withFileTypes: true })
  .filter(({ name }) => !skipped.has(name))
  .flatMap((entry) => (entry.isDirectory() ? filesBelow(entry.name, () => true) : [entry.name]))
  .filter((path) => !/(^|\/)node_modules\//.test(path));
const sources = ["compiler", "templates", "runtime"].flatMap((floor) =>
  filesBelow(floor, (path) => /\.(tsx?|lua)$/.test(path)),
);
const generated = (path: string): boolean =>
  read(path)
    .slice(0, 400)
    .match(/do not edit/i) !== null;

test("no source file is longer than 300 lines", () => {
  expect(
    sources.filter((path) => !generated(path) && lines(path) > 300).map((path) => `${path}: ${lines(path)}`),
  ).toEqual([]);
});

test("no file is named after nothing in particular", () => {
  expect(
    kept.filter((path) => !path.endsWith(".md") && /^(utils?|helpers?|common|types)\.[a-z]+$/.test(basename(path))),
  ).toEqual([]);
});

test("nothing is left to do in the sources", () => {
  expect(
    [...sources, ...kept.filter((path) => path.startsWith("test/") || path.endsWith(".md"))].filter((path) =>
      /\bTO[D]O\b|\bFIX[M]E\b/.test(read(path)),
    ),
  ).toEqual([]);
});

test("no file names a package registry's host", () => {
  const text = kept.filter((path) => /\.(json|ts|mjs|md|yml|yaml|sh)$|^\.[a-z]+/.test(path));
  expect(text.filter((path) => /registry\.[a-z]+\.(org|com|io)|"resolve[d]": "http/.test(read(path)))).toEqual([]);
});

test("`any` stands once on the public face, behind a name", () => {
  const declarations = new Set(faces.flatMap((face) => [...reachable(`${face}.d.ts`)]));
  const found = [...declarations].flatMap(anywhere);
  expect(found.map(({ alias }) => alias)).toEqual([expect.stringMatching(/^[A-Z]\w+$/)]);
});

/** The declaration files that a declaration file leads to, itself included. */
function reachable(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const { to, kind } of importsOf(path)) if (kind === "own") reachable(to.replace(/\.ts$/, ".d.ts"), seen);
  return seen;
}

/** Each `any` of a declaration file with the type alias that it stands in. */
function anywhere(path: string): { path: string; line: number; alias: string | undefined }[] {
  const found: { path: string; line: number; alias: string | undefined }[] = [];
  const file = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node, alias: string | undefined): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword)
      found.push({ path, line: file.getLineAndCharacterOfPosition(node.pos).line + 1, alias });
    const inside = ts.isTypeAliasDeclaration(node) ? node.name.text : alias;
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(file, undefined);
  return found;
}
