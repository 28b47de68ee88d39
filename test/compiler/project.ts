/** A project in a folder of its own, for one test. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const runtime = join(import.meta.dirname, "../../runtime/index.ts");

/** What a project's tsconfig holds where a test says nothing else. */
export const compilerOptions = {
  target: "es2022",
  module: "nodenext",
  moduleResolution: "nodenext",
  strict: true,
  types: [],
  paths: { tqc: [runtime] },
};

/** Makes a project of these files; a `src` folder with one task where none is given. */
export function project(files: Readonly<Record<string, string>> = { "src/math.ts": ADD }) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "tqc-project-")));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const defaults = { "package.json": '{ "type": "module" }', "tsconfig.json": JSON.stringify({ compilerOptions }) };
  for (const [path, text] of Object.entries({ ...defaults, ...files })) if (text !== "") write(path, text);
  return {
    folder,
    write,
    read: (path: string): string => readFileSync(join(folder, path), "utf8"),
    remove: (path = "."): void => rmSync(join(folder, path), { recursive: true, force: true }),
  };
}

/** A module with one task. */
export const ADD = `/** Adds two numbers.
 *  @task */
export function add(x: number, y: number): number {
  return x + y;
}
`;
