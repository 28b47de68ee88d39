/** The types of one task in the generated module: its label, and its builder with the function's own names and documentation. */
import type { Parameter, TaskContract } from "../runtime/manifest.js";

/** The type texts that the compiler resolved for a task, valid inside the generated module. */
export interface BuilderTexts {
  /** One per parameter, in order; for a rest parameter, the type of one argument. */
  readonly parameters: readonly string[];
  /** The awaited result, as it arrives on the other side. */
  readonly result: string;
}

/** The name of a task's label type in the generated module: "add$", "Reports$render$". */
export function labelName(contract: TaskContract): string {
  return `${contract.builder.replaceAll(".", "$")}$`;
}

/** The name of a task's builder type in the generated module: "add$Task". */
export function builderName(contract: TaskContract): string {
  return `${labelName(contract)}Task`;
}

/** The label and the builder of one task, as two interfaces that end in a line feed. */
export function builderType(contract: TaskContract, texts: BuilderTexts): string {
  return `${labelType(contract)}${callsType(contract, texts)}`;
}

/** What messages call a task, and the texts of its parameters and result. */
function labelType(contract: TaskContract): string {
  const list = (items: readonly string[]) => `[${items.map((item) => JSON.stringify(item)).join(", ")}]`;
  return [
    `interface ${labelName(contract)} {`,
    `  readonly name: ${JSON.stringify(contract.builder)};`,
    `  readonly names: ${list(contract.parameters.map((parameter) => parameter.name))};`,
    `  readonly takes: ${list(contract.parameters.map((parameter) => oneLine(parameter.text)))};`,
    `  readonly returns: ${JSON.stringify(oneLine(contract.returns))};`,
    "}",
    "",
  ].join("\n");
}

/** The builder: what every task has, and the calls that show the function's own parameters. */
function callsType(contract: TaskContract, texts: BuilderTexts): string {
  const { parameters } = contract;
  const label = labelName(contract);
  const open = tuple(parameters, texts.parameters);
  const whole = callParameters(parameters, texts.parameters);
  const exact = parameters.every((parameter) => !parameter.optional && !parameter.rest);
  const signature = (inside: string) => `Signature<${inside}, ${texts.result}, ${label}>`;
  const partials = exact
    ? everyEnd(parameters, texts.parameters).map(({ bound, left }) => `s(${bound}): ${signature(left)};`)
    : [`s<const Given extends Bindable<${open}>>(...given: Given): ${signature(`Open<${open}, Given>`)};`];
  const calls = [
    ...partials,
    `si(${whole}): ${signature("Anything")};`,
    `delay(${whole}): Promise<AsyncResult<${texts.result}>>;`,
  ];
  const comment = docComment(contract.documentation);
  return [
    `interface ${builderName(contract)} extends Task<${open}, ${texts.result}, ${label}> {`,
    ...calls.map((call) => `${comment}  ${call}`),
    "}",
    "",
  ].join("\n");
}

/** Each way to bind the last arguments: what is bound as a parameter list, what is left as a tuple. */
function everyEnd(parameters: readonly Parameter[], types: readonly string[]): { bound: string; left: string }[] {
  return Array.from({ length: parameters.length + 1 }, (_, left) => ({
    bound: callParameters(parameters.slice(left), types.slice(left)),
    left: tuple(parameters.slice(0, left), types.slice(0, left)),
  }));
}

function tuple(parameters: readonly Parameter[], types: readonly string[]): string {
  return `[${parameters.map((parameter, i) => element(parameter, types[i]!, true)).join(", ")}]`;
}

function callParameters(parameters: readonly Parameter[], types: readonly string[]): string {
  return parameters.map((parameter, i) => element(parameter, types[i]!, false)).join(", ");
}

/** A parameter, or an element of a labelled tuple; there, an optional one must say that `undefined` may be given for it. */
function element(parameter: Parameter, type: string, inTuple: boolean): string {
  if (parameter.rest) return `...${parameter.name}: ${bracketed(type)}[]`;
  if (parameter.optional) return `${parameter.name}?: ${inTuple ? orUndefined(type) : type}`;
  return `${parameter.name}: ${type}`;
}

function orUndefined(type: string): string {
  return /(^|\| )undefined( \||$)/.test(type) ? type : `${type.includes("=>") ? `(${type})` : type} | undefined`;
}

function bracketed(type: string): string {
  return /^[\w$.]+$/.test(type) ? type : `(${type})`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** A doc comment for one member, indented, or nothing. */
export function docComment(documentation: string | undefined): string {
  if (!documentation) return "";
  const lines = documentation.replaceAll("*/", "*\\/").split("\n");
  if (lines.length === 1) return `  /** ${lines[0]} */\n`;
  return `  /**\n${lines.map((line) => `   * ${line}`.trimEnd()).join("\n")}\n   */\n`;
}

/** The names that the types of these tasks import from "tqc", by code unit. */
export function builderImports(contracts: readonly TaskContract[]): string[] {
  if (contracts.length === 0) return [];
  const partly = contracts.some(({ parameters }) => parameters.some(({ optional, rest }) => optional || rest));
  const names = ["Anything", "AsyncResult", "Signature", "Task", ...(partly ? ["Bindable", "Open"] : [])];
  return names.sort((a, b) => (a < b ? -1 : 1));
}
