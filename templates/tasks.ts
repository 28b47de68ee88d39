/** `tasks.gen.ts`: a builder per task, for producers. */
import type { Manifest, TaskContract } from "../runtime/manifest.js";
import { builderName, labelName, labelType } from "./builder.js";
import { header } from "./header.js";
import type { BuilderTexts as Texts } from "./known.js";
import { type Imported, importedName, type Location, modulesOf } from "./modules.js";
import { CANVAS } from "./taken.js";
import { comment, json, quoted } from "./text.js";

export type { BuilderTexts as Texts } from "./known.js";

interface Task {
  readonly contract: TaskContract;
  readonly own: Texts;
  /** The implementation's type, which a checker finds without looking at what stands before it: "tasks_math["add"]". */
  readonly reference: string;
}

/** The module's text. Every task is one block, below its module's name, so that adding one touches one place. */
export function tasksText(manifest: Manifest, texts: ReadonlyMap<string, Texts>, location: Location): string {
  const contracts = Object.values(manifest.tasks);
  const modules = [...modulesOf(manifest, location)].map(([path, imported]) => {
    const tasks = contracts.filter(({ module }) => module === path);
    return moduleBlock(
      imported,
      tasks.map((contract) => ({
        contract,
        own: texts.get(contract.name)!,
        reference: [imported.name, ...contract.export.split(".").map((key) => `[${JSON.stringify(key)}]`)].join(""),
      })),
    );
  });
  const byName = contracts.length === 0 ? "byName<object>(app)" : "byName<$Tasks>(app)";
  const body = [
    "export const app = createApp();\n",
    `export { ${[...CANVAS].sort(ignoringCase).join(", ")} } from "tqc";\n`,
    "/** A signature of a task by its name on the wire. */\n",
    `export const signature = ${byName};\n`,
    "/** A signature from what its `toJSON()` gave; anything else is given back unchanged. */\n",
    "export const maybeSignature = reviver(app);\n",
    contracts.length === 0 ? "" : `\n${DECLARE}`,
    ...modules,
  ].join("");
  return [header, importsOf(body), "\n", body].join("");
}

/**
 * The tasks of one module. Its type is named once, since a checker finds a file anew for each mention. There are two forms
 * that would cost a time which grows with the square of the tasks: for `typeof import("...")` TypeScript looks for the
 * place of each "import" and "require" in the text, from the first statement on, and before a plain `typeof x` it walks
 * over all that stands before it, in case x was narrowed. Within a function's type nothing stands before it.
 */
function moduleBlock(imported: Imported, tasks: readonly Task[]): string {
  const blocks = blocksOf(tasks).map((block) => `\n${block}`);
  const own = importedName(imported);
  return [
    `\nimport type * as ${own} from ${JSON.stringify(imported.from)};\n`,
    `type ${imported.name} = ReturnType<() => typeof ${own}>;\n`,
    ...blocks,
  ].join("");
}

/**
 * A function needs no narrowing: a name like `app` would cost a checker a walk over all that stands before it, in each task.
 * What returns never may stand for any builder.
 */
const DECLARE = `// Makes a task known by its contract. It is what the constant says that it becomes.
function declareTask(contract: string): never {
  return createTask<never>(app, contract);
}

// Where a function has changed since the last build, a line of its block is a type error.
`;

/** Names as a reader looks for them; they differ in more than their case. */
function ignoringCase(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}

/** The one type without type arguments. */
const UNTOLD = "Untold";

const VALUES = ["byName", "createApp", "createTask", "reviver"];
const TYPES = [
  ...["Bindable", "Exact", "Gives", "Listed", "Open", "ParameterOf", "PartialOf", "Plain", "ResultOf", "Takes"],
  ...["TaskOf", "Unchanged", UNTOLD],
];

/** What the body needs of the run time, and nothing else: an unused import is an error in some projects. */
function importsOf(body: string): string {
  const needed = (names: readonly string[]) =>
    names.filter((name) =>
      new RegExp(name === UNTOLD ? `(: |=> )${name}[,)> ]` : `(?<![\\w$."])${name}[<(]`).test(body),
    );
  const types = needed(TYPES).map((name) => `type ${name}`);
  return `import { ${[...needed(VALUES), ...types].join(", ")} } from "tqc";\n`;
}

/** One block per task; the tasks of a class share one, since they are one object. */
function blocksOf(tasks: readonly Task[]): string[] {
  const blocks = new Map<string, Task[]>();
  for (const task of tasks) {
    const [head] = task.contract.builder.split(".");
    blocks.set(head!, [...(blocks.get(head!) ?? []), task]);
  }
  return [...blocks].map(([head, members]) =>
    members[0]!.contract.builder === head ? rememberedBlock(members[0]!) : classBlock(head, members),
  );
}

const written = new WeakMap<Texts, { readonly task: Task; readonly text: string }>();

/** While a project is watched, most blocks are written once and needed many times. */
function rememberedBlock(task: Task): string {
  const last = written.get(task.own);
  if (last?.task.contract === task.contract && last.task.reference === task.reference) return last.text;
  const text = functionBlock(task);
  written.set(task.own, { task, text });
  return text;
}

function functionBlock(task: Task): string {
  const { contract } = task;
  const name = builderName(contract);
  const create = `declareTask(${quoted(json(contract))})`;
  return `${typePart(task)}${comment(contract.documentation)}export const ${contract.builder}: ${name} = ${create};\n`;
}

function classBlock(head: string, tasks: readonly Task[]): string {
  const members = tasks.map(({ contract }) => {
    const method = contract.builder.slice(head.length + 1);
    const create = `declareTask(${quoted(json(contract, "  "))})`;
    return `${comment(contract.documentation, "  ")}  ${method}: ${create},\n`;
  });
  const shape = tasks.map(
    ({ contract }) => `  readonly ${contract.builder.slice(head.length + 1)}: ${builderName(contract)};\n`,
  );
  return `${tasks.map(typePart).join("\n")}export const ${head}: {\n${shape.join("")}} = {\n${members.join("")}};\n`;
}

function typePart({ contract, own, reference }: Task): string {
  const entry = `${JSON.stringify(contract.name)}: ${labelName(contract)}`;
  return `// ${contract.name}\n${labelType(contract, own, reference)}interface $Tasks {\n  ${entry};\n}\n`;
}
