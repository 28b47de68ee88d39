import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build } from "tqc/compiler";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compilerOptions, project } from "./project.js";

const compilers = join(import.meta.dirname, "../../node_modules");

/** What a function was when it was built, and what it is now. */
const changes: readonly (readonly [string, before: string, after: string])[] = [
  ["anotherType", "(x: number): void {}", "(x: bigint): void {}"],
  ["widerType", "(url: string): void {}", "(url: string | URL): void {}"],
  ["newParameter", "(x: number): void {}", "(x: number, y?: string): void {}"],
  ["required", "(x?: number): void {}", "(x: number): void {}"],
  ["optionalGone", "(x: number, y?: string): void {}", "(x: number): void {}"],
  ["mustBeGiven", "(x?: number): void {}", "(x: number | undefined): void {}"],
  ["narrowerResult", "(): string | number { throw 0; }", "(): string { throw 0; }"],
  ["neverMissing", "(): string | undefined { throw 0; }", "(): string { throw 0; }"],
  [
    "fewerNamed",
    "(box: { width: number }, y: number): void { throw [box, y]; }",
    "(box: { width: number }): void { throw box; }",
  ],
  ["anotherResult", "(): Promise<string> { throw 0; }", "(): Promise<number> { throw 0; }"],
  ["anotherRest", "(...rest: number[]): void {}", "(...rest: string[]): void {}"],
  ["widerConstraint", "<T extends string>(x: T): void {}", "<T extends string | number>(x: T): void {}"],
  ["narrowerConstraint", "<T extends string>(x: T[]): void {}", '<T extends "a">(x: T[]): void {}'],
  ["noConstraint", "<T extends string>(x: T[]): T[] { return x; }", "<T>(x: T[]): T[] { return x; }"],
  ["genericResult", "<T extends string>(x: T): T { return x; }", "<T extends string>(x: T): T[] { return [x]; }"],
  ["genericParameter", "<T extends string>(x: T): void {}", "<T extends string>(x: T, y?: T): void {}"],
  ["genericRest", "<T extends string[]>(...rest: T): void {}", "<T extends number[]>(...rest: T): void {}"],
  ["anotherTuple", "(...args: [from: Date, to?: Date]): void {}", "(...args: [from: Date, to?: number]): void {}"],
];
/** What may change without a word. */
const same: readonly (readonly [string, before: string, after: string])[] = [
  ["nothing", "(x: number, y?: string): number { throw 0; }", "(x: number, y?: string): number { throw 0; }"],
  ["named", "(box: { width: number }): { width: number } { return box; }", "(it: { width: number }) { return it; }"],
  ["promised", "(x: number): string { throw x; }", "(x: number): Promise<string> { throw x; }"],
  ["thenable", "(x: number): string { throw x; }", "(x: number): PromiseLike<string> { throw x; }"],
  [
    "generic",
    "<T extends { id: string }, K extends keyof T>(x: T[], y: K, z?: T[K]): T[K] { throw [x, y, z]; }",
    "<A extends { id: string }, B extends keyof A>(x: A[], y: B, z?: A[B]): A[B] { throw [x, y, z]; }",
  ],
  ["nowGeneric", "(x: string): string { return x; }", "<T extends string>(x: T): T { return x; }"],
  ["generalized", "<T extends Date>(...x: T[]): T { throw x; }", "(...x: Date[]): Date { throw x; }"],
  [
    "tuple",
    "(...args: [from: Date, to?: Date]): string[] { throw args; }",
    "(...args: [a: Date, b?: Date]): string[] { throw args; }",
  ],
];

const strict = { noEmit: true, skipLibCheck: true, exactOptionalPropertyTypes: true, noUnusedLocals: true };
const tsconfig = JSON.stringify({ compilerOptions: { ...compilerOptions, ...strict }, include: ["src"] });
const sources = (which: 1 | 2) =>
  [...changes, ...same].map((one): [string, string] => [
    `src/${one[0]}.ts`,
    `/** @task */\nexport function ${one[0]}${one[which]}\n`,
  ]);
const method = (which: 1 | 2): [string, string] => [
  "src/statics.ts",
  `export class Statics {\n  /** @task */\n  static widened(url: string${which === 1 ? "" : " | URL"}): void {}\n}\n`,
];
const made = project({ "tsconfig.json": tsconfig, ...Object.fromEntries([...sources(1), method(1)]) });
afterAll(() => made.remove());

beforeAll(async () => {
  const { diagnostics } = await build({ cwd: made.folder });
  expect(diagnostics).toEqual([]);
  for (const [path, text] of [...sources(2), method(2)]) made.write(path, text);
}, 120_000);

/** What a compiler says about the generated module. */
function errorsOf(compiler: string): string[] {
  const tsc = join(compilers, compiler, "bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", made.folder, "--pretty", "false"], {
    cwd: made.folder,
    encoding: "utf8",
  });
  return stdout.split("\n").filter((line) => line.startsWith("src/tasks.gen.ts"));
}

describe.each(["typescript", "typescript-6", "typescript-5.6"])("under %s", (compiler) => {
  let errors: string[] = [];
  beforeAll(() => {
    errors = errorsOf(compiler);
  }, 120_000);

  describe("a signature that changed since the last build is a type error that says what to run", () => {
    test.each(changes.map(([name]) => name))("%s", (name) => {
      const says = `"${name}.${name} has changed since the last build: run \`tqc build\`"`;
      expect(errors.filter((line) => line.includes(says))).toHaveLength(1);
    });
  });

  test("a method is judged as strictly as a function, though TypeScript compares methods both ways", () => {
    expect(errors.filter((line) => line.includes('"statics.Statics.widened has changed'))).toHaveLength(1);
  });

  test("what is still the same is none", () => {
    expect(errors).toHaveLength(changes.length + 1);
  });
});
