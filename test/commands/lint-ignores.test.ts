import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Change } from "../../compiler/init/change.js";
import { makeChanges, planChanges } from "../../compiler/init/changes.js";
import { lookAround } from "../../compiler/init/surroundings.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tqc-lint-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Runs init in a project below the folder; what became of one file, and its text, by its path from there. */
function init(path: string, project = "."): Change | undefined {
  const changes = planChanges(lookAround(join(folder, project), undefined), "1.2.3");
  makeChanges(join(folder, project), changes);
  return changes.find((change) => change.path === path);
}

const read = (path: string): string => readFileSync(join(folder, path), "utf8");

/** Given the file, init completes it so; a second time it is kept. */
function completes(path: string, given: string, wanted: string): void {
  put({ "package.json": "{}", [path]: given });
  expect(init(path)?.kind).toBe("complete");
  expect(read(path)).toBe(wanted);
  expect(init(path)?.kind).toBe("keep");
  expect(read(path)).toBe(wanted);
}

const entry = '{ ignores: ["**/tasks.gen.ts", "**/tasks.registry.gen.ts", "**/tasks.manifest.json"] }';

describe("a flat configuration of ESLint gets an entry of its own", () => {
  test.each([
    ["eslint.config.js", "export default [js];\n", `export default [\n  js,\n  ${entry},\n];\n`],
    ["eslint.config.js", "export default [];\n", `export default [\n  ${entry},\n];\n`],
    [
      "eslint.config.mjs",
      "export default [\n    a, // mine\n    b, /* last */\n];\n",
      `export default [\n    a, // mine\n    b, /* last */\n    ${entry},\n];\n`,
    ],
    [
      "eslint.config.ts",
      "export default defineConfig([\n  a,\n  b // no comma\n]);\n",
      `export default defineConfig([\n  a,\n  b, // no comma\n  ${entry}\n]);\n`,
    ],
    [
      "eslint.config.mjs",
      "export default tseslint.config(\n  a.recommended,\n  { rules: {} },\n);\n",
      `export default tseslint.config(\n  a.recommended,\n  { rules: {} },\n  ${entry},\n);\n`,
    ],
    ["eslint.config.cjs", "module.exports = [\n\ta,\n];\n", `module.exports = [\n\ta,\n\t${entry},\n];\n`],
    [
      "eslint.config.mjs",
      "const eslintConfig = [...compat.extends('next'), 'x'];\nexport default eslintConfig;\n",
      `const eslintConfig = [\n  ...compat.extends('next'),\n  'x',\n  ${entry.replaceAll('"', "'")},\n];\nexport default eslintConfig;\n`,
    ],
    [
      "eslint.config.ts",
      "export default [\n  a,\n] satisfies Linter.Config[];\n",
      `export default [\n  a,\n  ${entry},\n] satisfies Linter.Config[];\n`,
    ],
  ])("%s: %j", completes);

  test.each([
    "export default makeConfig();",
    "export default list;\nlet list = [];",
    "export default other;",
    "const a = 1;",
    "export default [ oops",
    "export default base.concat([a]);",
  ])("but one that is computed, or no program, is left to its owner, with the entry to add: %j", (text) => {
    put({ "package.json": "{}", "eslint.config.js": text });
    expect(init("eslint.config.js")).toMatchObject({ kind: "advise", advice: expect.stringContaining(entry) });
    expect(read("eslint.config.js")).toBe(text);
  });
});

describe("ESLint before 9", () => {
  const lines = "tasks.gen.ts\ntasks.registry.gen.ts\ntasks.manifest.json\n";

  test.each([
    [".eslintrc.json", "{ // mine\n}"],
    [".eslintrc.cjs", "module.exports = make();"],
    [".eslintrc.yml", "root: true"],
    ["package.json", '{ "eslintConfig": {} }'],
  ])("is told in .eslintignore, whatever language its configuration has: %s", (path, text) => {
    put({ "package.json": "{}", [path]: text });
    expect(init(".eslintignore")?.kind).toBe("create");
    expect(read(".eslintignore")).toBe(lines);
  });

  test("an .eslintignore is completed", () => completes(".eslintignore", "dist", `dist\n${lines}`));

  test("is told by its owner where package.json lists what is ignored: a file would take the list's place", () => {
    put({ "package.json": '{ "eslintIgnore": ["dist"] }' });
    const changes = planChanges(lookAround(folder, undefined), "1.2.3");
    expect(changes).toContainEqual(
      expect.objectContaining({
        kind: "advise",
        path: "package.json",
        advice: expect.stringContaining("eslintIgnore"),
      }),
    );
    expect(changes.map(({ path }) => path)).not.toContain(".eslintignore");
  });

  test("is not meant where a flat configuration is there too", () => {
    put({ "package.json": "{}", "eslint.config.js": "export default [];", ".eslintrc.json": "{}" });
    expect(init(".eslintignore")).toBeUndefined();
    expect(read("eslint.config.js")).toContain(entry);
  });
});

describe("Prettier is told in .prettierignore", () => {
  test.each([
    ["prettier.config.cjs", ""],
    [".prettierrc.yml", ""],
    [".prettierrc", ""],
    ["package.json", '{ "prettier": {} }'],
    ["package.json", '{ "devDependencies": { "prettier": "3" } }'],
  ])("%s %j", (path, text) => {
    put({ "package.json": "{}", [path]: text });
    expect(init(".prettierignore")?.kind).toBe("create");
  });
});

describe("oxlint", () => {
  test("gets patterns, and the comments of its file stay", () =>
    completes(
      ".oxlintrc.json",
      '{\n  // ours\n  "ignorePatterns": ["dist"] // done\n}\n',
      '{\n  // ours\n  "ignorePatterns": [\n    "dist",\n    "**/tasks.gen.ts",\n    "**/tasks.registry.gen.ts",\n    "**/tasks.manifest.json"\n  ] // done\n}\n',
    ));
});

describe("Biome", () => {
  test("of version 1 has a list of what is ignored", () =>
    completes(
      "biome.json",
      '{\n\t"$schema": "https://biomejs.dev/schemas/1.9.4/schema.json",\n\t"files": { "maxSize": 1 }\n}\n',
      '{\n\t"$schema": "https://biomejs.dev/schemas/1.9.4/schema.json",\n\t"files": {\n\t\t"maxSize": 1,\n\t\t"ignore": [\n\t\t\t"**/tasks.gen.ts",\n\t\t\t"**/tasks.registry.gen.ts",\n\t\t\t"**/tasks.manifest.json"\n\t\t]\n\t}\n}\n',
    ));

  test.each([
    [{ files: { ignore: ["dist"] } }, "9", "ignore"],
    [{ organizeImports: {} }, "9", "ignore"],
    [{ files: { includes: ["src/**"] } }, "1.9.4", "includes"],
    [{}, "^1.9.4", "ignore"],
    [{}, "^2.0.0", "includes"],
    [{}, "latest", "includes"],
  ])("is of the version that %j shows, where %s is asked for: %s", (file, version, list) => {
    const packageJson = JSON.stringify({ devDependencies: { "@biomejs/biome": version } });
    put({ "package.json": packageJson, "biome.jsonc": JSON.stringify(file) });
    init("biome.jsonc");
    expect(JSON.parse(read("biome.jsonc")).files[list]).toContainEqual(expect.stringContaining("**/tasks.gen.ts"));
  });

  test("a file that is no JSON is left to its owner", () => {
    put({ "package.json": "{}", "biome.json": "{ nope" });
    expect(init("biome.json")).toMatchObject({ kind: "advise", advice: expect.stringContaining("files.includes") });
    expect(read("biome.json")).toBe("{ nope");
  });

  test.each([
    ["{}", "no setting at all"],
    ['{\n\t"linter": { "enabled": true }\n}\n', "no list"],
    ['{\n\t// what we look at\n\t"files": { "includes": ["src/**", "*.json"] }\n}\n', "a list in a line"],
    ['{\n\t"files": {\n\t\t"includes": [\n\t\t\t"**", // all\n\t\t\t"!dist"\n\t\t]\n\t}\n}\n', "a list on lines"],
  ])("itself passes over what is generated, and only that: %s (%s)", (text) => {
    const ugly = "var x  = 1\nif (x == 2) debugger\n";
    put({ "package.json": "{}", "biome.jsonc": text, "src/mine.ts": ugly, "src/tasks.gen.ts": ugly });
    const before = biome();
    expect(before).toContain("tasks.gen.ts");
    init("biome.jsonc");
    const after = biome();
    expect(after).not.toContain("tasks.gen.ts");
    expect(after).toContain("mine.ts");
    expect(biome("biome.jsonc")).not.toMatch(/biome\.jsonc.*(?:parse|deserialize)/);
  });
});

/** The real Biome, over the project's sources. */
function biome(...paths: string[]): string {
  const bin = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  const look = paths.length > 0 ? paths : ["src"];
  const { stdout, stderr } = spawnSync(process.execPath, [bin, "check", "--colors=off", ...look], {
    cwd: folder,
    encoding: "utf8",
  });
  return stdout + stderr;
}

describe("in a repository of many packages", () => {
  test("the linters of its root are told there, by paths that lead up", () => {
    put({
      ".git/HEAD": "",
      "biome.json": '{\n\t"root": true\n}\n',
      "eslint.config.js": "export default [\n  a,\n];\n",
      "apps/shop/package.json": "{}",
      "apps/shop/.oxlintrc.json": "{}",
    });
    expect(init("../../biome.json", "apps/shop")?.kind).toBe("complete");
    expect(JSON.parse(read("biome.json")).files.includes).toContain("!**/tasks.gen.ts");
    expect(read("eslint.config.js")).toContain(entry);
    expect(JSON.parse(read("apps/shop/.oxlintrc.json")).ignorePatterns).toContain("**/tasks.gen.ts");
  });

  test("what lies above the repository is nobody's business", () => {
    put({ "biome.json": "{}", "repo/.git/HEAD": "", "repo/package.json": "{}" });
    init("package.json", "repo");
    expect(read("biome.json")).toBe("{}");
  });
});
