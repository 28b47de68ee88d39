/** How the generated module notices that a function is no longer what it was when the module was built. */
import type { Parameter, TaskContract } from "../runtime/manifest.js";
import type { BuilderTexts as Texts } from "./known.js";
import { bracketed, orUndefined } from "./type-text.js";

/** A task's contract, its texts, and its function's type. */
export interface Recorded {
  readonly contract: TaskContract;
  readonly own: Texts;
  readonly reference: string;
}

/**
 * The members of a label that hold a function against what it was: an error says what to run. One function type is
 * compared, both ways. To make a list of a function's parameters costs a checker many times as much, so lists are
 * compared only where the parameters are one.
 */
export function freshness(recorded: Recorded): string[] {
  const { contract, own, reference } = recorded;
  if (contract.parameters.some(({ rest }) => rest)) {
    const gives = own.result ?? `Awaited<ReturnType<${reference}>>`;
    const then = `[[${listText(recorded)}], ${gives}]`;
    return [functionMember(`Exact<${reference}>`), member("list", unchanged(recorded, `Listed<${reference}>`, then))];
  }
  // TypeScript would let a method take less than it did.
  if (contract.export.includes(".")) {
    const then = thenText(recorded, own.result);
    return [functionMember(`Exact<${reference}>`), member("method", unchanged(recorded, `Plain<${reference}>`, then))];
  }
  const result = own.promised && own.result !== undefined ? `Promise<${own.result}>` : own.result;
  return [functionMember(unchanged(recorded, reference, thenText(recorded, result)))];
}

const functionMember = (type: string) => member("function", type);
const member = (name: string, type: string) => `${name}: ${type};`;

function unchanged({ contract, own }: Recorded, now: string, then: string): string {
  const name = JSON.stringify(contract.name);
  const hasOptional = contract.parameters.some(({ optional }) => optional) && !then.startsWith("[");
  return hasOptional
    ? `Unchanged<${name}, Exact<${now}, ${now}>, ${then}, ${leastText(contract, own)}>`
    : `Unchanged<${name}, Exact<${now}>, ${then}>`;
}

/** The function as it was, each argument given, and nothing after them: else one that is new and optional would not tell. */
function thenText({ contract: { parameters }, own }: Recorded, result: string | undefined): string {
  const names = new Set(parameters.map(({ name }) => name));
  let none = "none";
  while (names.has(none)) none += "$";
  return `(${[...argumentTexts(parameters, own), `...${none}: never[]`].join(", ")}) => ${result ?? "Untold"}`;
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
    return `${name}: ${type === undefined ? "Untold" : optional ? orUndefined(type) : type}`;
  });
}

/** The parameters as the function had them when it was built, as the elements of a tuple. */
function listText({ contract: { parameters }, own, reference }: Recorded): string {
  const { spread = Number.POSITIVE_INFINITY } = own;
  const list = parameters.map(({ name, optional, rest }, i) => {
    const type = own.parameters[i] ?? `Parameters<${reference}>[${i}]`;
    if (rest) return `...${name}: ${bracketed(type)}[]`;
    // An optional parameter takes undefined in every project; an element of a tuple does not.
    return optional ? `${name}?: ${i < spread ? `${type} | undefined` : type}` : `${name}: ${type}`;
  });
  return list.join(", ");
}
