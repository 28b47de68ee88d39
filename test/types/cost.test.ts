import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../repo/imports.js";
import { manyTasks } from "./many-tasks.js";
import { check } from "./program.js";

const MINUTES = 180_000;
const times = (count: number, text: (i: number) => string) => Array.from({ length: count }, (_, i) => text(i)).join("");

/** What `size` more of something costs each, measured between a program with few and one with many. */
function costOfOne(program: (count: number) => string, [few, many]: readonly [number, number]): number {
  const [less, more] = [check(program(few)), check(program(many))];
  expect([...less.messages, ...more.messages]).toEqual([]);
  return (more.instantiations - less.instantiations) / (many - few);
}

const steps = (count: number) => `
  import { add, chain } from "../wished/tasks.gen.js";
  export const long: Promise<number> = chain(add.s(1, 2)${times(count, () => ", add.s(1)")}).apply();`;

describe("a chain", () => {
  test("costs at most 100 instantiations per step", { timeout: MINUTES }, () => {
    expect(costOfOne(steps, [20, 200])).toBeLessThan(100);
  });

  test("costs the same per step, however long it is", { timeout: MINUTES }, () => {
    const [short, long] = [costOfOne(steps, [20, 60]), costOfOne(steps, [160, 200])];
    expect(long).toBeLessThan(short * 1.2 + 1);
  });

  test("that is piped costs at most 100 per step", { timeout: MINUTES }, () => {
    const piped = (count: number) => `
      import { add } from "../wished/tasks.gen.js";
      export const long: Promise<number> = add.s(1, 2)${times(count, () => ".pipe(add.s(1))")}.apply();`;
    expect(costOfOne(piped, [20, 100])).toBeLessThan(100);
  });
});

test("a member of a group costs at most 100 instantiations", { timeout: MINUTES }, () => {
  const members = (count: number) => `
    import { add, group } from "../wished/tasks.gen.js";
    export const wide = group(${times(count, () => "add.s(1, 2), ")}).apply();`;
  expect(costOfOne(members, [20, 100])).toBeLessThan(100);
});

test("a task costs little until it is used: what a checker makes for it has a ceiling", {
  timeout: MINUTES,
}, () => {
  const [few, many] = [check(manyTasks(50)), check(manyTasks(300))];
  expect([...few.messages, ...many.messages]).toEqual([]);
  const each = (count: "instantiations" | "types" | "symbols") => (many[count] - few[count]) / (300 - 50);
  expect(each("instantiations")).toBeLessThan(27);
  expect(each("types")).toBeLessThan(20);
  expect(each("symbols")).toBeLessThan(24);
});

// For the first TypeScript looks through the whole text, for the second over all constants: for each module anew.
test("a module has no import type, and takes a type of a value only where nothing stands before it", () => {
  const text = manyTasks(4);
  expect(text).not.toContain("import(");
  expect(text.match(/.*typeof .*/g)).toEqual(["type tasks_math = ReturnType<() => typeof tasks_math$>;"]);
});

describe("under TypeScript 7", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tqc-cost-"));
    mkdirSync(join(folder, "corpus"));
    symlinkSync(join(root, "test/types/wished"), join(folder, "wished"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** How many types it had to work out for a module of so many tasks. */
  function instantiations(count: number): number {
    writeFileSync(join(folder, "corpus/module.ts"), manyTasks(count));
    const compilerOptions = {
      paths: { tqc: [join(root, "runtime/index.ts")] },
      typeRoots: [join(root, "node_modules/@types")],
      noEmit: true,
    };
    const config = { extends: join(root, "tsconfig.base.json"), compilerOptions, files: ["corpus/module.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const args = [
      join(root, "node_modules/typescript/bin/tsc"),
      "-p",
      folder,
      "--extendedDiagnostics",
      "--singleThreaded",
    ];
    const output = execFileSync(process.execPath, args, { encoding: "utf8" });
    return Number(/Instantiations:\s+(\d+)/.exec(output)?.[1]);
  }

  // It tries the members of a union in an order of its own: the dearer one first cost each task forty more.
  test("a task costs no more than under TypeScript 6", { timeout: MINUTES }, () => {
    expect((instantiations(300) - instantiations(50)) / (300 - 50)).toBeLessThan(28);
  });
});
