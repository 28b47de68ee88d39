import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { structuredPatch } from "diff";
import { type BuildOptions, build, check } from "tqc/compiler";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ADD, compilerOptions, project } from "./project.js";

// A build loads the libraries of TypeScript; with other work beside it that takes a while.
vi.setConfig({ testTimeout: 120_000 });

let open: ReturnType<typeof project>[] = [];
afterEach(() => {
  for (const one of open) one.remove();
  open = [];
});

function made(files?: Readonly<Record<string, string>>) {
  const one = project(files);
  open.push(one);
  return { ...one, build: (options?: BuildOptions) => build({ cwd: one.folder, ...options }) };
}

const names = (files: readonly { path: string }[], folder: string) =>
  files.map(({ path }) => path.slice(folder.length + 1));

describe("a build", () => {
  test("writes three files at the source root, and tells which", async () => {
    const { folder, build, read } = made();
    const { diagnostics, files } = await build();
    expect(diagnostics).toEqual([]);
    expect(names(files, folder)).toEqual(["src/tasks.gen.ts", "src/tasks.registry.gen.ts", "src/tasks.manifest.json"]);
    expect(files.every(({ changed }) => changed)).toBe(true);
    expect(JSON.parse(read("src/tasks.manifest.json")).tasks).toHaveProperty("math.add");
  });

  test("again changes nothing, and touches nothing", async () => {
    const { folder, build } = made();
    await build();
    const before = statSync(join(folder, "src/tasks.gen.ts")).mtimeMs;
    const { files } = await build();
    expect(files.some(({ changed }) => changed)).toBe(false);
    expect(statSync(join(folder, "src/tasks.gen.ts")).mtimeMs).toBe(before);
  });

  test("gives the same bytes wherever the project stands, and whatever the order of its files", async () => {
    const sources = {
      "src/a.ts": "export type U = 'x' | 'y';\n/** @task */\nexport function a(u: U | null | 1) { return u; }\n",
      "src/b.ts": "import type { U } from './a.js';\n/** @task */\nexport function b(u: null | 1 | U) { return u; }\n",
    };
    const reversed = Object.fromEntries(Object.entries(sources).reverse());
    const [one, other] = [await made(sources).build(), await made(reversed).build()];
    expect(other.files.map(({ text }) => text)).toEqual(one.files.map(({ text }) => text));
  });

  test("that is refused leaves the last good files", async () => {
    const { build, read, write } = made();
    await build();
    const before = read("src/tasks.gen.ts");
    write("src/math.ts", ADD.replace("x: number", "x: symbol"));
    const { diagnostics, files } = await build();
    expect(diagnostics.map(({ code }) => code)).toEqual(["TQC2001"]);
    expect(files).toEqual([]);
    expect(read("src/tasks.gen.ts")).toBe(before);
  });

  test("goes on with type errors elsewhere", async () => {
    const { build } = made({ "src/math.ts": ADD, "src/wrong.ts": "export const task: number = 'text';" });
    expect((await build()).diagnostics).toEqual([]);
  });

  test("does not depend on what it wrote before", async () => {
    const { build, write } = made({
      "src/math.ts": `import { add as other } from "./tasks.gen.js";\n${ADD}export { other };`,
    });
    const first = await build();
    write("src/tasks.gen.ts", "export const add = 1 as unknown as { s(): string };");
    expect((await build()).files.map(({ text }) => text)).toEqual(first.files.map(({ text }) => text));
  });

  test("of a project without tasks is fine", async () => {
    const { build, read } = made({ "src/nothing.ts": "export {};" });
    expect((await build()).files).toHaveLength(3);
    expect(read("src/tasks.registry.gen.ts")).not.toContain("app.register");
  });
});

describe("in a merge, a new task is one hunk in each file that tells of it, and the registry tells of source files only", () => {
  const letters = ["b", "d", "f", "h"];
  const named = (names: readonly string[]) => names.map((name) => ADD.replaceAll("add", name)).join("\n");
  const files = ["bb", "dd", "ff"].map((file) => [`src/${file}.ts`, named(letters.map((one) => file + one))] as const);

  test.each([
    ["at the beginning", "bb", ["a", ...letters], 0],
    ["in the middle", "dd", ["b", "d", "e", "f", "h"], 0],
    ["at the end", "ff", [...letters, "z"], 0],
    ["in a file of its own, before all others", "aa", ["a"], 1],
    ["in a file of its own, between two", "cc", ["a"], 1],
    ["in a file of its own, after all others", "gg", ["a"], 1],
  ])("%s", async (_where, file, all, inRegistry) => {
    const { build, write } = made(Object.fromEntries(files));
    const before = await build();
    write(`src/${file}.ts`, named(all.map((one) => file + one)));
    const after = await build();
    const hunks = after.files.map(({ path, text }, i) => {
      const old = before.files[i]?.text ?? "";
      return structuredPatch(path, path, old, text, "", "", { context: 3 }).hunks.length;
    });
    expect(hunks).toEqual([1, inRegistry, 1]);
  });
});

describe("the cache", () => {
  const cached = () =>
    made({ "node_modules/x/package.json": "{}", "src/math.ts": ADD, "src/kinds.ts": "export type N = number;" });

  test("gives the same result, and heals what was changed by hand", async () => {
    const { build, write } = cached();
    const first = await build();
    write("src/tasks.gen.ts", "// changed by hand");
    const second = await build();
    expect(second.files.map(({ text }) => text)).toEqual(first.files.map(({ text }) => text));
    expect(second.files.map(({ changed }) => changed)).toEqual([true, false, false]);
  });

  test.each([
    ["a task file changes", "src/math.ts", ADD.replaceAll("add", "mul"), "math.mul"],
    ["a file without tasks gets one", "src/kinds.ts", ADD.replaceAll("add", "mul"), "kinds.mul"],
    ["a new file has a task", "src/new.ts", ADD.replaceAll("add", "mul"), "new.mul"],
    ["a new folder has a task", "src/deep/down/new.ts", ADD.replaceAll("add", "mul"), "deep.down.new.mul"],
    [
      "the tsconfig moves the source root",
      "tsconfig.json",
      JSON.stringify({ compilerOptions: { ...compilerOptions, rootDir: "." } }),
      "src.math.add",
    ],
    ["a config file appears", "tqc.config.ts", "export default { rootDir: '.' }", "src.math.add"],
  ])("is not believed when %s", async (_name, path, text, task) => {
    const { build, write } = cached();
    await build();
    write(path, text);
    expect((await build()).files[2]!.text).toContain(`"${task}"`);
  });

  test("keeps diagnostics too", async () => {
    const { build } = made({ "node_modules/x/package.json": "{}", "src/math.ts": ADD.replace("x: number", "x: any") });
    expect((await build()).diagnostics).toHaveLength(1);
    expect((await build()).diagnostics).toHaveLength(1);
  });
});

describe("where things are", () => {
  test("without src, the source root is the tsconfig's folder", async () => {
    const { build, folder } = made({ "lib/math.ts": ADD });
    const { files } = await build();
    expect(names(files, folder)[0]).toBe("tasks.gen.ts");
    expect(files[2]!.text).toContain('"lib.math.add"');
  });

  test("rootDir of the tsconfig, of an extended one too", async () => {
    const { build, read } = made({
      "base.json": JSON.stringify({ compilerOptions: { ...compilerOptions, rootDir: "app" } }),
      "tsconfig.json": '{ "extends": "./base.json" /* a comment */, }',
      "app/deep/math.ts": ADD,
    });
    await build();
    expect(read("app/tasks.gen.ts")).toContain("deep.math.add");
  });

  test("the config file says, relative to itself, and is searched upward", async () => {
    const { folder, read } = made({
      "tqc.config.ts": 'export default { rootDir: "code", outDir: "generated", include: ["code/**/*.task.ts"] };',
      "code/math.task.ts": ADD,
      "code/ignored.ts": ADD,
    });
    await build({ cwd: join(folder, "code") });
    expect(read("generated/tasks.gen.ts")).toContain('from "../code/math.task.js"');
    expect(read("generated/tasks.gen.ts")).not.toContain("ignored");
  });

  test("imports end in .ts where the tsconfig allows it", async () => {
    const options = { ...compilerOptions, allowImportingTsExtensions: true, noEmit: true };
    const { build, read } = made({ "tsconfig.json": JSON.stringify({ compilerOptions: options }), "src/math.ts": ADD });
    await build();
    expect(read("src/tasks.registry.gen.ts")).toContain('from "./math.ts"');
    expect(read("src/tasks.registry.gen.ts")).toContain('from "./tasks.gen.ts"');
  });

  test("paths of the tsconfig lead to types", async () => {
    const options = { ...compilerOptions, paths: { ...compilerOptions.paths, "#lib/*": ["./lib/*"] } };
    const { build, read } = made({
      "tsconfig.json": JSON.stringify({ compilerOptions: options }),
      "lib/shape.ts": "export interface Box { width: number }",
      "src/math.ts":
        'import type { Box } from "#lib/shape.ts";\n/** @task */\nexport function area(box: Box): number { return box.width; }',
    });
    expect((await build()).diagnostics).toEqual([]);
    expect(read("src/tasks.manifest.json")).toContain('"width"');
  });

  test.each([
    ["no tsconfig", { "tsconfig.json": "" }, /no tsconfig\.json in/],
    ["a tsconfig that does not parse", { "tsconfig.json": "{ nonsense" }, /does not parse/],
    ["a tsconfig that extends nothing", { "tsconfig.json": '{ "extends": "./gone.json" }' }, /gone\.json/],
    ["an unknown entry of the config", { "tqc.config.ts": "export default { outdir: 'x' }" }, /did you mean 'outDir'/],
    ["a config of another kind", { "tqc.config.ts": "export default { include: 5 }" }, /'include' is 5/],
    ["a config that throws", { "tqc.config.ts": "throw new Error('boom')" }, /boom/],
    ["a config without a default export", { "tqc.config.ts": "export const a = 1" }, /default export/],
  ])("%s is told", async (_name, files, message) => {
    await expect(made(files).build()).rejects.toThrow(message);
  });
});

describe("a check", () => {
  test("writes nothing, and names what is stale", async () => {
    const { folder, build } = made();
    const stale = await check({ cwd: folder });
    expect(
      names(
        stale.stale.map((path) => ({ path })),
        folder,
      ),
    ).toHaveLength(3);
    expect(existsSync(join(folder, "src/tasks.gen.ts"))).toBe(false);
    await build();
    expect((await check({ cwd: folder })).stale).toEqual([]);
  });

  test("against an older manifest tells what changed", async () => {
    const { folder, build, read, write } = made();
    await build();
    write("old.json", read("src/tasks.manifest.json"));
    write("src/math.ts", ADD.replace("y: number", "y: number, z: number"));
    const { changes } = await check({ cwd: folder, against: "old.json" });
    expect(changes).toMatchObject([{ task: "math.add", kind: "parameter-added", severity: "breaking" }]);
  });
});
