/** How the registry notices that a function is no longer what it was when the module was built: what it was, as types. */
import type { Parameter, TaskContract } from "../runtime/manifest.js";
import type { BuilderTexts as Texts } from "./known.js";
import { dotted, type Imported, TABLES, type Table, tableName } from "./modules.js";
import { property } from "./text.js";
import { bracketed, orUndefined } from "./type-text.js";

/** A task's contract, its texts, its function's type, and its module. */
export interface Recorded {
  readonly contract: TaskContract;
  readonly own: Texts;
  readonly reference: string;
  readonly imported: Imported;
}

/** A line for a table of its module: what it tells under the export's name. */
interface Entry {
  readonly table: Table;
  readonly type: string;
}

/** What is told of a module: where its tables are, as far as it has some. The registry finds them by the module's path. */
export function moduleEntry(path: string, tasks: readonly Recorded[]): string {
  const { imported } = tasks[0]!;
  const used = new Set(tasks.flatMap((task) => entriesOf(task).map(({ table }) => table)));
  const members = [
    `prefix: ${JSON.stringify(prefixOf(path))};`,
    `now: ${imported.name};`,
    ...TABLES.filter((table) => used.has(table)).map((table) => `${table}: ${tableName(imported, table)};`),
  ];
  return `export interface $Modules {\n  ${JSON.stringify(path)}: { ${members.join(" ")} };\n}\n`;
}

/** What a function was, as what its block adds to the tables of its module. */
export function recorded(task: Recorded): string {
  const { contract, imported } = task;
  const texts = entriesOf(task).map(
    ({ table, type }) => `interface ${tableName(imported, table)} {\n  ${property(contract.export)}: ${type};\n}\n`,
  );
  return texts.join("");
}

/**
 * One function type is compared, both ways. To make a list of a function's parameters costs a checker many times as much, so
 * lists are compared only where the parameters are one, and for a method, which TypeScript would let take less than it did.
 */
function entriesOf(task: Recorded): Entry[] {
  const { contract, own, reference } = task;
  const name = JSON.stringify(contract.name);
  if (contract.export.includes(".") || contract.parameters.some(({ rest }) => rest)) {
    const then = `[[${listText(task)}], ${own.result ?? UNTOLD}]`;
    return [{ table: "lists", type: `ListChange<${name}, ${reference}, ${then}>` }];
  }
  const entries: Entry[] = [{ table: "functions", type: functionText(contract, own) }];
  if (contract.parameters.some(({ optional }) => optional)) {
    entries.push({ table: "least", type: leastText(contract, own) });
  }
  if (contract.name !== prefixOf(contract.module) + contract.export) entries.push({ table: "names", type: name });
  return entries;
}

/** What begins the names of a module's tasks, where they are not given another. */
function prefixOf(path: string): string {
  return `${dotted(path)}.`;
}

/** A type that cannot be written down, since it has a name of the user's: it is compared with nothing. */
export const UNTOLD = "Untold";

/** The function as it was, each argument given, and nothing after them: else one that is new and optional would not tell. */
function functionText({ parameters }: TaskContract, own: Texts): string {
  const names = new Set(parameters.map(({ name }) => name));
  let none = "none";
  while (names.has(none)) none += "$";
  const result = own.result === undefined ? UNTOLD : own.promised ? `Promise<${own.result}>` : own.result;
  return `(${[...argumentTexts(parameters, own), `...${none}: never[]`].join(", ")}) => ${result}`;
}

/** What it must do with: the required arguments alone. */
function leastText({ parameters }: TaskContract, own: Texts): string {
  const required = argumentTexts(parameters, own).filter((_, i) => !parameters[i]!.optional);
  return `(${required.join(", ")}) => unknown`;
}

/** Parameters for which something is given, if only `undefined`. */
function argumentTexts(parameters: readonly Parameter[], own: Texts): string[] {
  return parameters.map(({ name, optional }, i) => {
    const type = own.parameters[i];
    return `${name}: ${type === undefined ? UNTOLD : optional ? orUndefined(type) : type}`;
  });
}

/** The parameters as the function had them when it was built, as the elements of a tuple. */
function listText({ contract: { parameters }, own }: Recorded): string {
  const { spread = Number.POSITIVE_INFINITY } = own;
  const list = parameters.map(({ name, optional, rest }, i) => {
    const type = own.parameters[i] ?? UNTOLD;
    if (rest) return `...${name}: ${bracketed(type)}[]`;
    // An optional parameter takes undefined in every project; an element of a tuple does not.
    return optional ? `${name}?: ${i < spread ? `${type} | undefined` : type}` : `${name}: ${type}`;
  });
  return list.join(", ");
}
