/** `tasks.gen.ts`: a builder per task, for producers. */
import type { Manifest, TaskContract } from "../runtime/manifest.js";
import { builderName, labelName, labelType, type BuilderTexts as Texts } from "./builder.js";
import { verdict, verdictTypes } from "./freshness.js";
import { header } from "./header.js";
import { type Location, specifierOf } from "./modules.js";
import { CANVAS } from "./taken.js";
import { comment, json, quoted } from "./text.js";

export type { BuilderTexts as Texts } from "./builder.js";

interface Task {
  readonly contract: TaskContract;
  readonly own: Texts;
  /** The implementation's type, which a checker finds without looking at what stands before it: "typeof import("./math.js").add". */
  readonly reference: string;
  readonly verdict: string;
}

/** The module's text. Every task is one block, so that adding one touches one place. */
export function tasksText(manifest: Manifest, texts: ReadonlyMap<string, Texts>, location: Location): string {
  const tasks = Object.values(manifest.tasks).map((contract): Task => {
    const reference = `typeof import(${JSON.stringify(specifierOf(contract.module, location))}).${contract.export}`;
    const own = texts.get(contract.name)!;
    return {
      contract,
      reference,
      own,
      verdict: verdict({ contract, own, reference: `${labelName(contract)}["function"]` }),
    };
  });
  const blocks = blocksOf(tasks);
  const byName = tasks.length === 0 ? "byName<object>(app)" : "byName<Tasks$>(app)";
  const body = [
    "export const app = createApp();\n",
    `export { ${[...CANVAS].sort(ignoringCase).join(", ")} } from "tqc";\n`,
    "/** A signature of a task by its name on the wire. */\n",
    `export const signature = ${byName};\n`,
    "/** A signature from what its `toJSON()` gave; anything else is given back unchanged. */\n",
    "export const maybeSignature = reviver(app);\n",
    tasks.length === 0 ? "" : `\n${DECLARE}\n${verdictTypes(tasks.map((task) => task.verdict))}`,
    ...blocks.map((block) => `\n${block}`),
  ].join("");
  return [header, importsOf(body), "\n", body].join("");
}

/**
 * A function needs no narrowing: a name like `app` would cost a checker a walk over all that stands before it, in each task.
 * What returns never may stand for any builder.
 */
const DECLARE = `// Makes a task known by its contract. It is what the constant says that it becomes.
function declareTask(contract: string): never {
  return createTask<never>(app, contract);
}
`;

/** Names as a reader looks for them; they differ in more than their case. */
function ignoringCase(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}

const VALUES = ["byName", "createApp", "createTask", "reviver"];
const TYPES = ["Bindable", "Gives", "Open", "ParameterOf", "PartialOf", "ResultOf", "Takes", "TaskOf"];

/** What the body needs of the run time, and nothing else: an unused import is an error in some projects. */
function importsOf(body: string): string {
  const needed = (names: readonly string[]) =>
    names.filter((name) => new RegExp(`(?<![\\w$."])${name}[<(]`).test(body));
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

function typePart({ contract, own, reference, verdict }: Task): string {
  const fresh = `${JSON.stringify(contract.name)}: Built<${labelName(contract)}, ${verdict}>`;
  return `// ${contract.name}\n${labelType(contract, own, reference)}interface Tasks$ {\n  ${fresh};\n}\n`;
}
