/** A generated project: many files of functions, of which every file or some hold tasks. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How large a project is, and how much of it is tasks. */
export interface Size {
  readonly files: number;
  readonly perFile: number;
  /** One file in so many holds tasks. */
  readonly oneIn: number;
}

/** Writes a project into an empty folder. `tqc` is the folder of the package it depends on. */
export function generateProject(folder: string, { files, perFile, oneIn }: Size, tqc: string): void {
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  mkdirSync(join(folder, "src/tasks"), { recursive: true });
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(tqc, join(folder, "node_modules/tqc"));
  write("package.json", JSON.stringify({ name: "bench", type: "module" }));
  write("tsconfig.json", JSON.stringify({ compilerOptions: OPTIONS, include: ["src"] }));
  write("src/shapes.ts", SHAPES);
  for (let i = 0; i < files; i++) write(`src/tasks/f${i}.ts`, fileText(i, perFile, i % oneIn === 0));
}

const OPTIONS = {
  ...{ target: "es2022", module: "nodenext", moduleResolution: "nodenext", rootDir: "src" },
  ...{ strict: true, noEmit: true, skipLibCheck: true, types: [] },
};

const SHAPES = `export interface Page<T> { readonly items: readonly T[]; readonly next?: string }
export interface Customer { id: string; name: string; since: Date; tags: string[] }
`;

function fileText(file: number, perFile: number, holdsTasks: boolean): string {
  const head = `import type { Customer, Page } from "../shapes.js";

/** What file ${file} works with. */
export interface Item${file} { id: string; amount: number; kind: "a" | "b" | "c${file}"; owner?: Customer }
`;
  const functions = Array.from({ length: perFile }, (_, i) => functionText(file, i, holdsTasks));
  return [head, ...functions].join("\n");
}

function functionText(file: number, index: number, isTask: boolean): string {
  const name = `f${file}_${index}`;
  const head = `/** Does work number ${index} of file ${file}.${isTask ? "\n *  @task" : ""} */\nexport `;
  switch (index % 5) {
    case 0:
      return `${head}function ${name}(x: number, y: number): number {\n  return x * ${index + 1} + y;\n}\n`;
    case 1:
      return `${head}async function ${name}(item: Item${file}, times = 1): Promise<Item${file}[]> {\n  return Array.from({ length: times }, () => ({ ...item }));\n}\n`;
    case 2:
      return `${head}async function ${name}(page: Page<Item${file}>): Promise<Map<string, Item${file}>> {\n  return new Map(page.items.map((item) => [item.id, item]));\n}\n`;
    case 3:
      return `${head}function ${name}(names: string[], since?: Date) {\n  return names.map((name) => ({ name, since, length: name.length }));\n}\n`;
    default:
      return `${head}async function ${name}(by: { customer: Customer; limit?: number }): Promise<Page<Customer>> {\n  return { items: [by.customer].slice(0, by.limit) };\n}\n`;
  }
}
