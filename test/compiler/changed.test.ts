import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "tqc/compiler";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compilerOptions, project } from "./project.js";

const compilers = join(import.meta.dirname, "../../node_modules");
const tsconfig = (include: readonly string[]) =>
  JSON.stringify({ compilerOptions: { ...compilerOptions, noEmit: true, skipLibCheck: true }, include });

/** Sources before and after; the producer imports the generated module only. */
const before = {
  "src/jobs.ts": `/** @task */
export function first(x: number): number { return x; }
/** @task { name: "second.name" } */
export function second(x: string): string { return x; }
`,
  "src/moved.ts": "/** @task */\nexport function moved(): void {}\n/** @task */\nexport function stays(): void {}\n",
  "src/gone.ts": "/** @task */\nexport function gone(): void {}\n",
  "src/same.ts": "/** @task */\nexport function same<T extends string>(x: T[]): T { return x[0]!; }\n",
  "src/web.ts": 'import { first } from "./tasks.gen.js";\nexport const sent = first.delay(1);\n',
};
const after = {
  "src/jobs.ts": `export function first(x: number, y: bigint): number { return x + Number(y); }
export function second(x: string | URL): string { return String(x); }
`,
  "src/moved.ts": "export function stays(): void {}\n",
};

const made = project({ "tsconfig.json": tsconfig(["src"]), "producer.json": tsconfig(["src/web.ts"]), ...before });
afterAll(() => made.remove());
beforeAll(async () => {
  expect((await build({ cwd: made.folder })).diagnostics).toEqual([]);
  for (const [path, text] of Object.entries(after)) made.write(path, text);
  rmSync(join(made.folder, "src/gone.ts"));
}, 120_000);

/** What a compiler says of a program that has only the producer: its first lines. */
function errorsOf(compiler: string): string[] {
  const args = [join(compilers, compiler, "bin/tsc"), "-p", "producer.json", "--pretty", "false"];
  const { stdout } = spawnSync(process.execPath, args, { cwd: made.folder, encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.startsWith("src/"));
}

describe.each(["typescript", "typescript-6", "typescript-5.6"])("a producer alone, under %s", (compiler) => {
  let errors: string[] = [];
  beforeAll(() => {
    errors = errorsOf(compiler);
  }, 120_000);

  test("is told in the registry, once per source file", () => {
    const files = errors.filter((line) => line.startsWith("src/tasks.registry.gen.ts"));
    expect(files).toHaveLength(3);
    // Its builder takes what the function takes now.
    expect(errors.filter((line) => !files.includes(line))).toEqual([expect.stringContaining("src/web.ts(2,")]);
  });

  test("reads each task's name, what its function is, and what it was", () => {
    const told = errors.find((line) => line.includes("first has changed"));
    expect(told).toContain(
      'Changed<"jobs.first has changed since the last build: run `tqc build`", (x: number, y: bigint) => number, (x: number, ...none: never[]) => number>',
    );
    expect(told).toContain('Changed<"second.name has changed since the last build: run `tqc build`"');
  });

  test("reads which task is not exported any more", () => {
    const told = errors.filter((line) => line.includes("moved.moved"));
    expect(told).toEqual([expect.stringContaining('"moved.moved is not exported any more: run `tqc build`"')]);
  });

  test("reads which file is gone", () => {
    expect(errors.filter((line) => line.includes("'./gone.js'"))).toHaveLength(1);
  });
});
