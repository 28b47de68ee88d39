/** The types of one task in the generated module: its label, and its builder with the function's own names and documentation. */
import type { JsonSchema, Parameter, TaskContract } from "../runtime/manifest.js";
import { type Overload, overloadsOf, type Slot } from "./alignments.js";

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
  const signature = (inside: string) => `Signature<${inside}, ${texts.result}, ${label}>`;
  const typed = parameters.map((parameter, i) => ({
    parameter,
    type: texts.parameters[i]!,
    structure: isStructure(parameter.schema, contract),
  }));
  const overloads = overloadsOf(typed);
  const partials = overloads
    ? overloads.map((overload) => `s(${boundText(overload)}): ${signature(leftText(overload))};`)
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

/** Whether a schema says that a value is an object or a list, which no text or number is. */
function isStructure(schema: JsonSchema, contract: TaskContract): boolean {
  if (typeof schema !== "object") return false;
  const { $ref, type } = schema;
  const named = typeof $ref === "string" ? contract.definitions?.[$ref.replace("#/$defs/", "")] : undefined;
  return named === undefined ? type === "object" || type === "array" : isStructure(named, contract);
}

/** What an overload binds, as a parameter list. */
function boundText({ bound }: Overload): string {
  return bound.map(slotText).join(", ");
}

function slotText({ name, type, rest }: Slot): string {
  return rest ? `...${name}: ${bracketed(type)}[]` : `${name}: ${type}`;
}

/** What an overload leaves open, as a union of tuples. */
function leftText({ left }: Overload): string {
  const tuples = left.map((typed) =>
    tuple(
      typed.map(({ parameter }) => parameter),
      typed.map(({ type }) => type),
    ),
  );
  return tuples.join(" | ");
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
