import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { beforeAll, expect, test } from "vitest";

const dist = join(import.meta.dirname, "../../dist");

/** The emitted declarations that lead from a face of the package, by path, without comments and texts. */
function reachable(face: string): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    const text = readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    found.set(path, text.replace(/(["'`])(?:(?!\1)[^\\\n]|\\.)*\1/g, '""'));
    for (const [, specifier] of text.matchAll(/(?:from|import\()\s*"(\.[^"]*)\.js"/g)) {
      visit(join(dirname(path), `${specifier}.d.ts`));
    }
  };
  visit(join(dist, face));
  return found;
}

beforeAll(() => {
  if (!existsSync(join(dist, "runtime/index.d.ts"))) throw new Error("dist is missing: run `npm run build` first");
});

test("`any` appears once on the public face, behind a name", () => {
  const uses = ["runtime/index.d.ts", "runtime/testing.d.ts"].flatMap((face) =>
    [...reachable(face)].flatMap(([path, text]) =>
      [...text.matchAll(/^.*\bany\b.*$/gm)].map(([line]) => `${relative(dist, path)}: ${line.trim()}`),
    ),
  );
  expect([...new Set(uses)]).toEqual(["runtime/canvas/open.d.ts: export type Anything = any[];"]);
});

test("the face leads to no library's declarations: a type checker would read them for every user", () => {
  const libraries = ["runtime/index.d.ts", "runtime/testing.d.ts"].flatMap((face) =>
    [...reachable(face).keys()].flatMap((path) => {
      const text = readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
      return [...text.matchAll(/(?:from|import\()\s*"(?!\.|node:)([^"]*)"/g)].map(([, name]) => `${path}: ${name}`);
    }),
  );
  expect(libraries).toEqual([]);
});

test("the face leads to the signature, the builder and the results", () => {
  const paths = [...reachable("runtime/index.d.ts").keys()].map((path) => relative(dist, path));
  expect(paths).toEqual(
    expect.arrayContaining([
      "runtime/canvas/signature.d.ts",
      "runtime/canvas/builder.d.ts",
      "runtime/result/result.d.ts",
      "runtime/canvas/fits.d.ts",
    ]),
  );
});
