/** `tasks.gen.ts`: a builder per task, for producers. */
import type { Manifest, TaskContract } from "../runtime/manifest.js";
import { type BuilderTexts, builderName, builderType } from "./builder.js";
import { header } from "./header.js";
import { type Location, modulesOf } from "./modules.js";
import { CANVAS } from "./taken.js";
import { comment, literal } from "./text.js";

/** The type texts of a task that need no name of its module; undefined where one does. */
export interface Texts {
  readonly parameters: readonly (string | undefined)[];
  readonly result: string | undefined;
  /** From this parameter on they are the elements of a rest parameter of tuple type. */
  readonly spread?: number;
}

interface Task {
  readonly contract: TaskContract;
  readonly own: Texts;
  readonly texts: BuilderTexts;
  /** The implementation's type: "typeof tasks_math.add". */
  readonly reference: string;
  readonly spread: number | undefined;
}

/** The module's text. Every task is one block, so that adding one touches one place. */
export function tasksText(manifest: Manifest, texts: ReadonlyMap<string, Texts>, location: Location): string {
  const modules = modulesOf(manifest, location);
  const tasks = Object.values(manifest.tasks).map((contract) => {
    const reference = `typeof ${modules.get(contract.module)!.name}.${contract.export}`;
    const own = texts.get(contract.name)!;
    return { contract, reference, own, texts: filled(own, reference), spread: own.spread };
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
    tasks.length === 0 ? "" : `\n${FRESHNESS}`,
    ...blocks.map((block) => `\n${block}`),
  ].join("");
  return [header, importsOf(body), ...[...modules.values()].map(moduleImport), "\n", body].join("");
}

/** Names as a reader looks for them; they differ in more than their case. */
function ignoringCase(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}

function moduleImport({ name, from }: { readonly name: string; readonly from: string }): string {
  return `import type * as ${name} from ${JSON.stringify(from)};\n`;
}

const VALUES = ["byName", "createApp", "createTask", "reviver"];
const TYPES = ["Anything", "AsyncResult", "Bindable", "Open", "Signature", "Task"];

/** What the body needs of the run time, and nothing else: an unused import is an error in some projects. */
function importsOf(body: string): string {
  const needed = (names: readonly string[]) =>
    names.filter((name) => new RegExp(`(?<![\\w$."])${name}[<(]`).test(body));
  const anything = body.includes("Signature<Anything,") ? ["Anything"] : [];
  const types = [...anything, ...needed(TYPES)].map((name) => `type ${name}`);
  return `import { ${[...needed(VALUES), ...types].join(", ")} } from "tqc";\n`;
}

/** The same in every project; the sentence is what the type checker prints where it does not hold. */
const FRESHNESS = `// Where a function has changed since the last build, its line in Tasks$ below is a type error.
type Built<Builder, Verdict extends true> = Verdict extends true ? Builder : never;
type Same<Name extends string, Now, Takes, Gives> = Now extends (...args: infer Args) => infer Out
  ? [Args, Awaited<Out>] extends [Takes, Gives] ? [Takes, Gives] extends [Args, Awaited<Out>] ? true : Stale<Name> : Stale<Name>
  : Stale<Name>;
type Stale<Name extends string> = \`\${Name} has changed since the last build: run \\\`tqc build\\\`\`;
`;

/** Texts with what needs a name of the module written as a lookup in the function's own type. */
function filled({ parameters, result }: Texts, reference: string): BuilderTexts {
  return {
    parameters: parameters.map((text, i) => text ?? `Parameters<${reference}>[${i}]`),
    result: result ?? `Awaited<ReturnType<${reference}>>`,
  };
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
  const create = `createTask<${name}>(app, ${literal(contract)})`;
  return `${typePart(task)}${comment(contract.documentation)}export const ${contract.builder}: ${name} = ${create};\n`;
}

function classBlock(head: string, tasks: readonly Task[]): string {
  const members = tasks.map(({ contract }) => {
    const method = contract.builder.slice(head.length + 1);
    const create = `createTask<${builderName(contract)}>(app, ${literal(contract, "  ")})`;
    return `${comment(contract.documentation, "  ")}  ${method}: ${create},\n`;
  });
  const shape = tasks.map(
    ({ contract }) => `  readonly ${contract.builder.slice(head.length + 1)}: ${builderName(contract)};\n`,
  );
  return `${tasks.map(typePart).join("\n")}export const ${head}: {\n${shape.join("")}} = {\n${members.join("")}};\n`;
}

function typePart(task: Task): string {
  const { contract, texts, reference } = task;
  const name = JSON.stringify(contract.name);
  const fresh = `Built<${builderName(contract)}, Same<${name}, ${reference}, [${takesText(task)}], ${texts.result}>>`;
  return `// ${contract.name}\n${builderType(contract, texts)}interface Tasks$ {\n  ${name}: ${fresh};\n}\n`;
}

/** The parameters as the function had them when it was built, as a tuple. */
function takesText({ contract, texts, spread = Number.POSITIVE_INFINITY }: Task): string {
  const list = contract.parameters.map(({ name, optional, rest }, i) => {
    const type = texts.parameters[i]!;
    if (rest) return `...${name}: (${type})[]`;
    // An optional parameter takes undefined in every project; an element of a tuple does not.
    return optional ? `${name}?: ${i < spread ? `${type} | undefined` : type}` : `${name}: ${type}`;
  });
  return list.join(", ");
}
