import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { compile, type Memory } from "../../compiler/build.js";
import { ADD, compilerOptions, project } from "./project.js";

// A build loads the libraries of TypeScript; with other work beside it that takes a while.
vi.setConfig({ testTimeout: 120_000 });

const USES = `import type { Point } from "./shapes.js";
/** @task */
export function move(point: Point, by: Point | null): Point {
  return by ?? point;
}
`;
const SOURCES = {
  "src/math.ts": ADD,
  "src/shapes.ts": 'export type { Point } from "./point.js";\n',
  "src/point.ts": "export interface Point { x: number; next?: Point }\n",
  "src/moves.ts": USES,
  "src/world.ts": "/** @task */\nexport function look(at: World): Place | null { return at.place; }\n",
  "src/globals.d.ts": "interface Place { name: string }\ninterface World { place: Place | null }\n",
};

/** One change after the other, each with the file it concerns; no text: the file goes. */
const steps: readonly (readonly [what: string, path: string, text?: string])[] = [
  ["nothing", "src/math.ts", ADD],
  ["a task's own file", "src/math.ts", ADD.replace("y: number", "y: string")],
  ["a type that is reached through another file", "src/point.ts", "export interface Point { x: Date; y?: Point }\n"],
  ["a global type", "src/globals.d.ts", "interface Place { name: Date }\ninterface World { place: Place | null }\n"],
  ["a new file with a task", "src/more.ts", ADD.replace("add", "more")],
  ["a new file without", "src/plain.ts", "export const plain = 1;\n"],
  ["a file that gets its first task", "src/plain.ts", ADD.replace("add", "plain")],
  ["a mistake", "src/moves.ts", USES.replace("by: Point", "by: symbol")],
  ["its mending", "src/moves.ts", USES],
  ["a type that goes away", "src/point.ts"],
  ["and comes back", "src/point.ts", "export interface Point { z: bigint }\n"],
  ["a task that goes away", "src/more.ts"],
  [
    "a source root that moves",
    "tsconfig.json",
    JSON.stringify({ compilerOptions: { ...compilerOptions, rootDir: "." } }),
  ],
];

const one = project(SOURCES);
afterAll(() => one.remove());
const memory: Memory = {};

describe("a build that remembers the one before comes to what a build from nothing comes to, after", () => {
  test.each(steps.map(([what, path, text]) => ({ what, path, text })))("$what", async ({ path, text }) => {
    if (text === undefined) one.remove(path);
    else one.write(path, text);
    const [remembering, anew] = [
      await compile({ cwd: one.folder }, memory),
      await compile({ cwd: one.folder, cache: false }),
    ];
    expect(remembering).toEqual(anew);
  });
});

describe("the same bytes", () => {
  const lines = (text: string): string => text.replaceAll("\n", "\r\n");

  test("from another working directory, with sources of other line ends, in another locale", async () => {
    const crlf = project(Object.fromEntries(Object.entries(SOURCES).map(([path, text]) => [path, lines(text)])));
    const lf = project(SOURCES);
    const before = process.env.LC_ALL;
    const plain = await compile({ cwd: lf.folder, cache: false });
    process.env.LC_ALL = "tr_TR.UTF-8";
    const other = await compile({ cwd: join(crlf.folder, ".."), project: crlf.folder, cache: false });
    if (before === undefined) delete process.env.LC_ALL;
    else process.env.LC_ALL = before;
    expect(plain.files).toHaveLength(3);
    expect(other.files.map(({ text }) => text)).toEqual(plain.files.map(({ text }) => text));
    for (const made of [crlf, lf]) made.remove();
  });
});
