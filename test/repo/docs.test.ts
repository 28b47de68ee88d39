import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { build } from "tqc/compiler";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Fence, fencesOf, programs } from "./fences.js";
import { root } from "./imports.js";
import { outside } from "./processes.js";

/** What a fence that imports nothing is understood to have imported. */
const prelude = `
import { currentTask, task, defineConfig, StampingVisitor, type AsyncResult, type GroupResult, type Signature, type TaskFailure, type Settled } from "tqc";
import { app, add, mul, sum, upper, resize, gallery, sendMail, alertOnDuty, cleanUp, chain, group, chord, chunks, xmap, xstarmap, signature, maybeSignature } from "./tasks.gen.js";
import type { Image } from "./tasks/images.js";
export {};
`.replaceAll("\n", " ");

const book = realpathSync(mkdtempSync(join(tmpdir(), "tqc-book-")));
const fences = programs.flatMap((page) => fencesOf(page));
const code = fences.filter(({ language }) => language === "ts");
/** The lines of text in the README's picture of an editor. */
const picture = [
  ...readFileSync(join(root, "docs/images/error.svg"), "utf8").matchAll(/<text [^>]*>(.*?)<\/text>/g),
].map(([, line]) =>
  line!
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">"),
);
const folder = (page: string): string => page.replace(/\.md$/, "").replaceAll("/", "-");
const place = (fence: Fence): string => join(folder(fence.page), fence.file);
let messages: string[] = [];

/** Every page with code becomes a project: the book's tasks and its own, the files its fences name, built by `tqc build`. */
beforeAll(async () => {
  mkdirSync(join(book, "node_modules"));
  symlinkSync(root, join(book, "node_modules", "tqc"));
  for (const name of ["@types", "@opentelemetry", "pino", "vitest"])
    symlinkSync(join(root, "node_modules", name), join(book, "node_modules", name));
  writeFileSync(join(book, "package.json"), `{ "type": "module" }`);
  cpSync(join(root, "test/repo/book/tsconfig.json"), join(book, "tsconfig.json"));
  cpSync(join(root, "test/repo/book"), join(book, "common"), { recursive: true });
  await buildIn("common");
  const shown = programs.filter((page) => code.some((fence) => fence.page === page));
  for (const page of shown) cpSync(join(book, "common"), join(book, folder(page)), { recursive: true });
  for (const fence of code) {
    const path = join(book, place(fence));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, /^(import|export) /m.test(fence.text) ? fence.text : `${prelude}\n${fence.text}`);
  }
  const pictured = picture.filter((line) => line.startsWith("const ")).join("\n");
  const imports = `import { chain, countWords, group, headline } from "./tasks.gen.js";\ndeclare const files: string[];\n`;
  writeFileSync(join(book, "README", "picture.ts"), imports + pictured);
  // A page without tasks of its own has the generated files of the others already.
  for (const page of shown.filter(hasTasks)) await buildIn(folder(page));
  const { stdout } = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "--pretty", "false"], {
    cwd: book,
    encoding: "utf8",
  });
  messages = stdout.trim().split("\n").filter(Boolean);
}, 240_000);

async function buildIn(project: string): Promise<void> {
  const { diagnostics } = await build({ project: join(book, project, "tsconfig.json") });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
}

function hasTasks(page: string): boolean {
  return code.some((fence) => fence.page === page && /@task\b|\btask\(/.test(fence.text));
}

afterAll(() => rmSync(book, { recursive: true, force: true }));

test("every fence that should compile does", () => {
  const refused = [...code.filter(({ expect }) => expect === "error").map(place), "README/picture.ts"];
  expect(messages.filter((line) => !refused.some((path) => line.startsWith(path)))).toEqual([]);
});

describe("what the compiler says is what the page says", () => {
  test.each(follows("error"))("$page:$line", (fence) => {
    const said = messages
      .filter((line) => line.startsWith(place(fence)))
      .map((line) => line.slice(folder(fence.page).length + 1).replaceAll("\u200b", ""));
    expect(said.join("\n")).toBe(fence.output);
  });
});

test("the picture in the README shows what the compiler says", () => {
  const [said, ...more] = messages.filter((line) => line.startsWith("README/picture.ts"));
  expect(more).toEqual([]);
  expect(said).toContain("TS2345");
  const start = picture.findIndex((line) => line.startsWith("Argument of type"));
  expect(said?.replaceAll("\u200b", "").replaceAll(/'(?=")|(?<=")'/g, "")).toContain(
    `${picture.slice(start, start + 3).join(" ")}.`,
  );
});

describe("what a program prints is what the page says", () => {
  test.each(follows("run"))("$page:$line", (fence) => {
    const program = join(book, place(fence));
    const args = ["--import", "tsx", program];
    const env = { ...process.env, TSX_TSCONFIG_PATH: join(dirname(program), "tsconfig.json") };
    const printed = execFileSync(process.execPath, args, { cwd: root, env, encoding: "utf8", timeout: 180_000 });
    expect(shape(printed)).toBe(shape(fence.output));
  });
});

test("the tests that a page shows pass", { timeout: 120_000 }, () => {
  const shown = code.filter(({ file }) => file.endsWith(".test.ts"));
  const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--reporter", "json", "--root", book];
  const { stdout } = spawnSync(process.execPath, args, { cwd: book, env: outside(), encoding: "utf8" });
  const report: Report = JSON.parse(stdout.slice(stdout.indexOf("{")));
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(results.flatMap(({ failureMessages }) => failureMessages)).toEqual([]);
  expect(report.testResults.map(({ name }) => basename(name)).sort()).toEqual(shown.map(({ file }) => file).sort());
  expect(results.length).toBeGreaterThan(shown.length);
});

/** What vitest says of a run, as far as it is read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly failureMessages: readonly string[] }[];
  }[];
}

/** The fences of which something is expected, with the text that follows each. */
function follows(expectation: string): (Fence & { output: string })[] {
  return fences.flatMap((fence, index) =>
    fence.expect === expectation ? [{ ...fence, output: outputAfter(index) }] : [],
  );
}

/** The text fence that comes next. */
function outputAfter(index: number): string {
  return fences.slice(index).find(({ language }) => language === "text")?.text ?? "";
}

/** Numbers change with the files that are counted. */
function shape(text: string): string {
  return text.trim().replaceAll(/\d+/g, "N");
}
