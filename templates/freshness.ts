/** How the generated module notices that a function is no longer what it was when the module was built. */
import type { Parameter, TaskContract } from "../runtime/manifest.js";
import type { BuilderTexts as Texts } from "./builder.js";
import { bracketed, orUndefined } from "./type-text.js";

/** A task's contract, its texts, and its function's type. */
export interface Recorded {
  readonly contract: TaskContract;
  readonly own: Texts;
  readonly reference: string;
}

/**
 * The verdict on one task, as a type: true, or the sentence that says what to run. The function is held against two others,
 * one that it must be able to stand in for and one that must be able to stand in for it: that is a fraction of what it
 * costs a checker to make a list of its parameters and to compare two lists. Where that would not tell, lists are compared.
 */
export function verdict({ contract, own, reference }: Recorded): string {
  const name = JSON.stringify(contract.name);
  if (contract.parameters.some(({ rest }) => rest) || mayBeNothing(own.result)) {
    const gives = own.result ?? `Awaited<ReturnType<${reference}>>`;
    return `SameList<${name}, ${reference}, [${listText(contract.parameters, own, reference)}], ${gives}>`;
  }
  // What stands in for a method may take less than it does.
  const now = contract.export.includes(".") ? `Plain<${reference}>` : reference;
  return `Same<${name}, ${now}, ${leastText(contract, own)}, ${mostText(contract, own)}>`;
}

/** Whether a result's type has a member that an intersection loses, or that takes a promise in. */
function mayBeNothing(result: string | undefined): boolean {
  return result !== undefined && /\b(null|undefined|unknown)\b/.test(result);
}

/** What the function must be able to stand in for: it takes no more than this, and needs no more. */
function leastText({ parameters }: TaskContract, own: Texts): string {
  const whole = parameters.map((parameter, i) => parameterText(parameter, own.parameters[i] ?? "never"));
  const required = whole.filter((_, i) => !parameters[i]!.optional);
  const result = own.result === undefined ? "unknown" : `${bracketed(own.result)} | Promise<${own.result}>`;
  if (required.length === whole.length) return `(${whole.join(", ")}) => ${result}`;
  return `{ (${required.join(", ")}): unknown; (${whole.join(", ")}): ${result} }`;
}

/** What must be able to stand in for the function: it takes no less than this, and has no parameter that this lacks. */
function mostText({ parameters }: TaskContract, own: Texts): string {
  const whole = parameters.map((parameter, i) => parameterText(parameter, own.parameters[i] ?? "unknown"));
  const names = new Set(parameters.map(({ name }) => name));
  let none = "none";
  while (names.has(none)) none += "$";
  const result = own.result === undefined ? "never" : `${bracketed(own.result)} & Promise<${own.result}>`;
  return `(${[...whole, `...${none}: never[]`].join(", ")}) => ${result}`;
}

/** A parameter for which something is given, if only `undefined`. */
function parameterText({ name, optional }: Parameter, type: string): string {
  return `${name}: ${optional ? orUndefined(type) : type}`;
}

/** The parameters as the function had them when it was built, as the elements of a tuple. */
function listText(parameters: readonly Parameter[], own: Texts, reference: string): string {
  const { spread = Number.POSITIVE_INFINITY } = own;
  const list = parameters.map(({ name, optional, rest }, i) => {
    const type = own.parameters[i] ?? `Parameters<${reference}>[${i}]`;
    if (rest) return `...${name}: ${bracketed(type)}[]`;
    // An optional parameter takes undefined in every project; an element of a tuple does not.
    return optional ? `${name}?: ${i < spread ? `${type} | undefined` : type}` : `${name}: ${type}`;
  });
  return list.join(", ");
}

const HEAD = `// Where a function has changed since the last build, its line in Tasks$ below is a type error.
type Built<Label, Verdict extends true> = Verdict extends true ? Label : never;
`;
const SAME = `type Same<Name extends string, Now, Least, Most> = Now extends Least ? Most extends Now ? true : SamePlain<Name, Plain<Now>, Least, Most>
  : SamePlain<Name, Plain<Now>, Least, Most>;
type SamePlain<Name extends string, Now, Least, Most> = Now extends Least ? Most extends Now ? true : Stale<Name> : Stale<Name>;
type Plain<Now> = Now extends (...args: infer Args) => infer Out ? (...args: Args) => Awaited<Out> : never;
`;
const SAME_LIST = `type SameList<Name extends string, Now, Takes, Gives> = Now extends (...args: infer Args) => infer Out
  ? [Args, Awaited<Out>] extends [Takes, Gives] ? [Takes, Gives] extends [Args, Awaited<Out>] ? true : Stale<Name> : Stale<Name>
  : Stale<Name>;
`;
const STALE = `type Stale<Name extends string> = \`\${Name} has changed since the last build: run \\\`tqc build\\\`\`;
`;

/** The types that verdicts are made of: those that are needed, since an unused one is an error in some projects. */
export function verdictTypes(verdicts: readonly string[]): string {
  const needs = (name: string) => verdicts.some((text) => text.includes(`${name}<`));
  const needed = [needs("Same") && SAME, needs("SameList") && SAME_LIST].filter(Boolean);
  return [HEAD, ...needed, STALE].join("");
}
