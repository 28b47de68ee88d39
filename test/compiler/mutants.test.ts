import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";
import { compile, type Memory } from "../../compiler/build.js";
import { prettyReport } from "../../compiler/report.js";
import { project } from "./project.js";

const golden = join(import.meta.dirname, "../golden");
const folders = [golden, join(golden, "refused")].flatMap((path) =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [join(path, entry.name)] : [])),
);
const cases = folders.map(sourcesOf).filter((sources) => sources.length > 0);
const MUTANTS = Number(process.env.TQC_MUTANTS ?? 60);

type Sources = readonly (readonly [path: string, text: string])[];

function sourcesOf(folder: string): Sources {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return paths.flatMap((path) => {
    const name = relative(folder, path);
    return /^in\/.*\.[cm]?tsx?$/.test(name) ? [[`src/${name.slice(3)}`, readFileSync(path, "utf8")] as const] : [];
  });
}

/** Numbers from 0 to 1 that look random and are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A text with a few of its tokens gone, twice there, or in another's place. */
function mutated(text: string, next: () => number): string {
  const tokens = text.match(/\w+|\s+|[^\w\s]/gu) ?? [];
  for (let left = 1 + Math.floor(next() * 3); left > 0; left--) {
    const at = Math.floor(next() * tokens.length);
    const token = tokens[at] ?? "";
    const other = tokens[Math.floor(next() * tokens.length)] ?? "";
    tokens[at] = ["", token + token, other][Math.floor(next() * 3)] ?? "";
  }
  return tokens.join("");
}

const one = project({ "src/placeholder.ts": "export {};\n" });
afterAll(() => one.remove());

test(`whatever becomes of a source, the build ends with diagnostics or files (${MUTANTS} mutants)`, {
  timeout: 600_000,
}, async () => {
  const memory: Memory = {};
  const ends = { files: 0, diagnostics: 0 };
  for (let seed = 0; seed < MUTANTS; seed++) {
    const next = numbers(seed * 7919 + 1);
    const sources = cases[seed % cases.length]!;
    const victim = Math.floor(next() * sources.length);
    one.remove("src");
    for (const [i, [path, text]] of sources.entries()) one.write(path, i === victim ? mutated(text, next) : text);
    const { diagnostics, files } = await compile({ cwd: one.folder }, memory).catch((error: unknown) => {
      throw new Error(`mutant ${seed} of ${sources[victim]?.[0]}:\n${one.read(sources[victim]![0])}`, { cause: error });
    });
    expect(prettyReport(diagnostics, one.folder)).toBeTypeOf("string");
    const isRefused = diagnostics.some(({ severity }) => severity === "error");
    expect(files).toHaveLength(isRefused ? 0 : 3);
    ends[isRefused ? "diagnostics" : "files"]++;
  }
  expect(Math.min(ends.files, ends.diagnostics)).toBeGreaterThan(0);
});
