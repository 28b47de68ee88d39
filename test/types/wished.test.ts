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

/** The label of a task, as it is written in the module. */
function label(task: string): string {
  const text = readFileSync(join(wished, "tasks.gen.ts"), "utf8");
  return new RegExp(`interface ${task}\\$ {\\n([\\s\\S]*?)\\n}`).exec(text)?.[1] ?? "";
}

/** How a task's `s` may end its call: the positions of what is bound, where they tell what is then open. */
const ends = (task: string) => / {2}ends: (.*);/.exec(label(task))?.[1];

/** The calls of `s` that are written out: what is bound, and what is then open. */
function partials(task: string): string[] {
  return [...label(task).matchAll(/ {2}s\((.*)\): PartialOf<this, (.*)>;/g)].map(
    ([, bound, open]) => `${bound} -> ${open}`,
  );
}

test("an argument that may be one of several parameters is one end for all of them", () => {
  expect(ends("pow")).toBe("[[0, 1], [base_or_exp: [0, 1]], [1], []]");
});

test("types that have nothing in common need no such end", () => {
  expect(ends("find")).toBe("[[0, 1], [0], [1], []]");
});

test("where no parameter is optional, every end may be bound, and none is told", () => {
  expect([ends("add"), partials("add")]).toEqual([undefined, []]);
});

test("bound arguments may begin at a parameter or within the rest", () => {
  expect(partials("note")).toEqual([
    "about_or_details: string, ...details: string[] -> [level: number] | [level: number, about: string, ...details: string[]]",
    "level: number, about: string, ...details: string[] -> []",
    "...details: string[] -> [level: number, about: string, ...details: string[]]",
  ]);
});
