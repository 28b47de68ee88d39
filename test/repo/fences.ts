/** Reads the code fences of the documentation. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, root } from "./imports.js";

/** A code fence: "ts" and "text" are looked at; a word after "ts" says what is expected of it. */
export interface Fence {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  /** "": compiles. "error": the compiler says what the next text fence says. "run": prints what the next text fence says. */
  readonly expect: string;
  /** Named by a first line `// file: tasks/math.ts`, else after its line. */
  readonly file: string;
  readonly text: string;
}

/** Holds programs that are refused on purpose: one per code, each with what it should be instead. */
const refusals = "docs/diagnostics.md";

/** The pages that are looked after. */
export const pages = ["README.md", "CONTRIBUTING.md", ...filesBelow("docs", (path) => path.endsWith(".md"))];

/** The pages whose code is a program. */
export const programs = pages.filter((page) => page !== refusals);

/** The fences of a page, in order. */
export function fencesOf(page: string, text = readFileSync(join(root, page), "utf8")): Fence[] {
  const found: Fence[] = [];
  let open: { line: number; info: string; body: string[] } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const mark = /^\s*```(.*)$/.exec(line);
    if (!mark) open?.body.push(line);
    else if (!open) open = { line: index + 1, info: mark[1]!.trim(), body: [] };
    else {
      found.push(fence(page, open));
      open = undefined;
    }
  }
  if (open) throw new Error(`${page}:${open.line} opens a fence that is not closed`);
  return found;
}

function fence(page: string, { line, info, body }: { line: number; info: string; body: string[] }): Fence {
  const [language = "", expect = ""] = info.split(" ");
  const file = /^\/\/ file: (\S+)$/.exec(body[0] ?? "")?.[1] ?? `line-${line}.ts`;
  return { page, line, language, expect, file, text: body.join("\n") };
}
