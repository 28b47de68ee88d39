import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nextSteps, notes } from "../../compiler/init/advice.js";
import { makeChanges, planChanges } from "../../compiler/init/changes.js";
import { packageManagerOf } from "../../compiler/init/package-manager.js";
import { lookAround, packageName } from "../../compiler/init/surroundings.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tqc-init-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const read = (path: string): string => readFileSync(join(folder, path), "utf8");
const plan = () => planChanges(lookAround(folder, undefined), "1.2.3");
const kinds = () => Object.fromEntries(plan().map(({ path, kind }) => [path, kind]));
const init = () => makeChanges(folder, plan());

function everything(): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => join(entry.parentPath, entry.name)).map((path) => [path, readFileSync(path, "utf8")]),
  );
}

describe("in an empty folder", () => {
  test("all that a first run needs is made", () => {
    expect(kinds()).toEqual({
      "package.json": "create",
      "tsconfig.json": "create",
      "src/tasks/hello.ts": "create",
      "src/hello.ts": "create",
      ".gitattributes": "create",
      ".gitignore": "create",
      ".github/workflows/tasks.yml": "create",
    });
    init();
    expect(JSON.parse(read("package.json"))).toMatchObject({ type: "module", dependencies: { tqc: "^1.2.3" } });
    expect(JSON.parse(read("tsconfig.json")).compilerOptions).toMatchObject({ strict: true, rootDir: "src" });
    expect(nextSteps(lookAround(folder, undefined), "shop")[0]).toBe("cd shop");
  });

  test("so it is in one that is not there yet", () => {
    const there = join(folder, "apps/shop");
    const changes = planChanges(lookAround(there, undefined), "1.2.3");
    makeChanges(there, changes);
    expect(JSON.parse(read("apps/shop/package.json")).name).toBe("shop");
  });

  test("a second time changes nothing", () => {
    init();
    const before = everything();
    expect(plan().filter(({ kind }) => kind !== "keep")).toEqual([]);
    init();
    expect(everything()).toEqual(before);
  });
});

describe("in a project", () => {
  const packageJson =
    '{\n    "name": "shop",\n    "scripts": {\n        "worker": "mine"\n    },\n    "files": ["dist", "bin"],\n    "devDependencies": { "next": "1" }\n}\n';

  test("what is there is completed, in its own indentation, and nothing of it is changed", () => {
    put({
      "package.json": packageJson,
      ".gitattributes": "*.png binary\ntasks.gen.ts linguist-generated eol=lf",
      "tsconfig.json": "{}",
    });
    init();
    expect(JSON.parse(read("package.json")).scripts).toMatchObject({ worker: "mine", "tasks:build": "tqc build" });
    expect(read("package.json")).toMatch(
      /^\{\n {4}"name": "shop",\n {4}"scripts": \{\n {8}"worker": "mine",\n {8}"tasks/,
    );
    expect(read("package.json")).toContain('\n    "files": ["dist", "bin"],\n');
    expect(read(".gitattributes")).toBe(
      "*.png binary\ntasks.gen.ts linguist-generated eol=lf\ntasks.registry.gen.ts linguist-generated eol=lf\ntasks.manifest.json linguist-generated eol=lf\n",
    );
    expect(read("tsconfig.json")).toBe("{}");
  });

  test("a file of the same name is kept", () => {
    put({ "package.json": packageJson, "src/tasks/hello.ts": "export {};\n" });
    expect(kinds()["src/tasks/hello.ts"]).toBe("keep");
    init();
    expect(read("src/tasks/hello.ts")).toBe("export {};\n");
  });

  test("tasks go where the tsconfig's root is", () => {
    put({
      "package.json": "{}",
      "tsconfig.json": '{\n  // our sources\n  "compilerOptions": {\n    "rootDir": "./lib"\n  }\n}',
    });
    expect(kinds()).toHaveProperty(["lib/tasks/hello.ts"], "create");
    expect(plan().find(({ path }) => path.endsWith("tasks.yml"))).toMatchObject({
      text: expect.stringContaining(":lib/tasks.manifest.json"),
    });
  });

  test("without src beside a tsconfig, they go into the folder itself", () => {
    put({ "package.json": "{}", "tsconfig.json": "{}" });
    expect(kinds()).toHaveProperty(["tasks/hello.ts"], "create");
  });

  test("below a repository's root, the workflow goes to the root and runs below", () => {
    put({ ".git/HEAD": "", "apps/shop/package.json": "{}", "apps/shop/tsconfig.json": "{}" });
    const changes = planChanges(lookAround(join(folder, "apps/shop"), undefined), "1.2.3");
    const workflow = changes.find(({ path }) => path.includes("workflows"));
    expect(workflow).toMatchObject({
      path: "../../.github/workflows/tasks-apps-shop.yml",
      text: expect.stringContaining("working-directory: apps/shop"),
    });
  });

  test("what cannot be set up without changing what is there is said", () => {
    put({ "package.json": packageJson, "eslint.config.js": "export default made();", ".gitlab-ci.yml": "" });
    const said = notes(lookAround(folder, undefined), plan()).join("\n");
    expect(said).toMatch(/"type": "module"/);
    expect(said).toMatch(/eslint\.config\.js: add this entry to the list it exports: \{ ignores: /);
    expect(kinds()["eslint.config.js"]).toBe("advise");
    expect(said).toMatch(/in \.gitlab-ci\.yml, run `npx tqc build --check`/);
    expect(said).toMatch(/Next\.js: .* without \.js, .*serverExternalPackages/);
    expect(kinds()).not.toHaveProperty([".github/workflows/tasks.yml"]);
  });

  test("what is missing is installed first", () => {
    put({ "package.json": '{ "devDependencies": { "typescript": "6" } }', "pnpm-lock.yaml": "", "src/x.ts": "" });
    expect(nextSteps(lookAround(folder, undefined), ".")).toEqual([
      "pnpm add tqc",
      "pnpm add --save-dev tsx @types/node",
      "pnpm exec tqc build",
      "pnpm exec tsx src/hello.ts",
    ]);
  });

  test("the first script is written for what the package is: ES modules await at their top, CommonJS cannot", () => {
    const script = (type: string) => {
      put({ "package.json": JSON.stringify({ type }), "src/x.ts": "" });
      const change = planChanges(lookAround(folder, undefined), "1.2.3").find(({ path }) => path === "src/hello.ts");
      return change?.kind === "create" ? change.text : "";
    };
    expect(script("module")).toMatch(/^const result = await /m);
    expect(script("commonjs")).toMatch(/^async function main/m);
    expect(script("commonjs")).not.toMatch(/^(const .*)?await /m);
  });

  test("a package.json that is no JSON is named", () => {
    put({ "package.json": "{ nope" });
    expect(() => lookAround(folder, undefined)).toThrow(/package\.json is not JSON/);
  });
});

describe("the package manager is", () => {
  test.each([
    ["what package.json declares", { declared: "yarn@4.1.0" }, "pnpm-lock.yaml", "yarn"],
    ["that of the lockfile", { userAgent: "npm/10" }, "pnpm-lock.yaml", "pnpm"],
    ["what started tqc", { userAgent: "bun/1.1 npm/? node/v20" }, "other.txt", "bun"],
    ["npm, where nothing is known", {}, "other.txt", "npm"],
  ] as const)("%s", (_, hints, file, want) => {
    put({ [file]: "", ".git/HEAD": "" });
    expect(packageManagerOf(folder, hints)).toBe(want);
  });
});

test("a folder's name becomes one that a package may have", () => {
  expect(packageName("/home/ada/My Shop!")).toBe("my-shop");
  expect(packageName("/")).toBe("tasks");
});
