import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../compiler/build.js";

const wished = join(import.meta.dirname, "wished");

test("the corpus stands on the module that the compiler writes today", async () => {
  const { files } = await compile({ cwd: wished, project: "tsconfig.json", cache: false });
  expect(files.map(({ path }) => path)).toHaveLength(3);
  for (const { path, text } of files) expect(readFileSync(path, "utf8"), path).toBe(text);
});

/** The calls of `s` that a task's builder shows: what is bound, and what is then open. */
function partials(task: string): string[] {
  const text = readFileSync(join(wished, "tasks.gen.ts"), "utf8");
  const [, body = ""] = new RegExp(`interface ${task}\\$ {\\n([\\s\\S]*?)\\n}`).exec(text) ?? [];
  return [...body.matchAll(/ {2}s\((.*)\): PartialOf<this, (.*)>;/g)].map(([, bound, open]) => `${bound} -> ${open}`);
}

test("an argument that may be one of several parameters leaves open what is in front of any of them", () => {
  expect(partials("pow")).toEqual([
    "base: number, exp: number | undefined -> []",
    "base_or_exp: number -> [] | [base: number]",
    "exp: number | undefined -> [base: number]",
    " -> [base: number, exp?: number | undefined]",
  ]);
});

test("types that have nothing in common need no such overload", () => {
  expect(partials("find").map((text) => text.split(":", 1)[0])).toEqual(["key", "key", "from", " -> [key"]);
});

test("bound arguments may begin at a parameter or within the rest", () => {
  expect(partials("note")).toEqual([
    "about_or_details: string, ...details: string[] -> [level: number] | [level: number, about: string, ...details: string[]]",
    "level: number, about: string, ...details: string[] -> []",
    "...details: string[] -> [level: number, about: string, ...details: string[]]",
  ]);
});
