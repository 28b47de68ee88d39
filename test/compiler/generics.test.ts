/** What a generic task is said to take and give is what TypeScript itself says. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "tqc";
import { build } from "tqc/compiler";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compilerOptions, project } from "./project.js";

const SOURCE = readFileSync(join(import.meta.dirname, "../golden/generics/in/tasks.ts"), "utf8");

/** Constraints that refer to themselves, to each other, and to what is nested in each other. */
const CIRCULAR = `
interface Tree<Child> { readonly value: number; readonly children: readonly Child[] }
/** @task */
export function tree<T extends Tree<T>>(tree: T): T["value"] { return tree.value; }
/** @task */
export function branch<T extends Tree<T>>(tree: T): T["children"] { return tree.children; }
/** @task */
export function pair<A extends Box<B>, B extends Box<A>>(a: A, b: B): [A, B] { return [a, b]; }
/** @task */
export function three<A extends Box<B>, B extends Box<C>, C extends Row>(a: A, b: B[], c?: C): B["item"] { throw [a, b, c]; }
/** @task */
export function backwards<C extends Row, B extends Box<C>, A extends Box<B>>(a: A): A["item"]["item"] { return a.item.item; }
/** @task */
export function inferred<T extends readonly Box<unknown>[]>(boxes: T): { [I in keyof T]: T[I] extends Box<infer Item> ? Item : never } { throw boxes; }
/** @task */
export function picked<T extends Row, K extends keyof T = keyof T>(row: T, ...keys: K[]): Pick<T, K> { throw [row, keys]; }
/** @task */
export function nested<T extends { readonly rows: readonly Row[] }>(table: T, row: T["rows"][number]): Map<T["rows"][number]["id"], T> { throw [table, row]; }
/** @task */
export function templated<T extends "a" | "b">(name: T): \`on-\${T}\` { return \`on-\${name}\`; }
/** @task */
export const typed: <T extends Row, U extends T[]>(rows: U) => Promise<T> = async (rows) => rows[0] as never;
`;

/** ReturnType gives `any` where a function cannot be called with just anything; a builder tells all the same. */
const CHECK = `
import type { ResultOf } from "tqc";
type Alike<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Returned<F extends (...given: never) => unknown, Out> = 0 extends 1 & ReturnType<F> ? true : Alike<Awaited<ReturnType<F>>, Out>;
type Told<F extends (...given: never) => unknown, Takes, Out> =
  [Alike<Parameters<F>, Takes>, Alike<ResultOf<{ readonly function: F }>, Out>, Returned<F, Out>];
`;

const tsconfig = JSON.stringify({ compilerOptions: { ...compilerOptions, noEmit: true }, include: ["src"] });
const made = project({ "tsconfig.json": tsconfig, "src/tasks.ts": SOURCE + CIRCULAR });
afterAll(() => made.remove());

let count = 0;
beforeAll(async () => {
  const { diagnostics } = await build({ cwd: made.folder });
  expect(diagnostics.filter(({ code }) => code !== "TQC2002")).toEqual([]);
  const { tasks } = JSON.parse(made.read("src/tasks.manifest.json")) as Manifest;
  const claims = Object.values(tasks).map((task, i) => {
    const takes = task.parameters.map(({ text }) => text).join(", ");
    return `export const told${i}: Told<typeof ${task.export}, [${takes}], ${task.returns}> = [true, true, true];\n`;
  });
  count = claims.length;
  made.write("src/tasks.ts", SOURCE + CIRCULAR + CHECK + claims.join(""));
}, 120_000);

describe("the texts of a generic task are the types that Parameters and ReturnType give", () => {
  test.each(["typescript", "typescript-6", "typescript-5.6"])("under %s", { timeout: 120_000 }, (compiler) => {
    const tsc = join(import.meta.dirname, "../../node_modules", compiler, "bin/tsc");
    const args = [tsc, "-p", made.folder, "--pretty", "false"];
    const { stdout } = spawnSync(process.execPath, args, { cwd: made.folder, encoding: "utf8" });
    const lines = stdout.split("\n").filter((line) => line.startsWith("src/"));
    const source = made.read("src/tasks.ts").split("\n");
    expect(lines.map((line) => `${line} ${source[Number(/\((\d+)/.exec(line)?.[1]) - 1]}`)).toEqual([]);
    expect(count).toBeGreaterThan(25);
  });
});
