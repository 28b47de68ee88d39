/** The types of one task in the generated module: its label, and its builder with the function's own names and documentation. */
import type { JsonSchema, Parameter, TaskContract } from "../runtime/manifest.js";
import { type Overload, overloadsOf, type Slot } from "./alignments.js";
import { freshness } from "./freshness.js";
import type { BuilderTexts } from "./known.js";
import { bracketed, orUndefined } from "./type-text.js";

/** The name of a task's label in the generated module: "add$", "Reports$render$". */
export function labelName(contract: TaskContract): string {
  return `${contract.builder.replaceAll(".", "$")}$`;
}

/** The type of a task's builder in the generated module: "TaskOf<add$>". */
export function builderName(contract: TaskContract): string {
  return `TaskOf<${labelName(contract)}>`;
}

/**
 * The label of one task, as an interface that ends in a line feed: what messages call the task, its function's type, held
 * against what it was, and the calls that have the function's documentation.
 */
export function labelType(contract: TaskContract, texts: BuilderTexts, reference: string): string {
  const list = (items: readonly string[]) => `[${items.map((item) => JSON.stringify(item)).join(", ")}]`;
  const comment = docComment(contract.documentation);
  const { ends, calls } = callsOf(contract, texts, reference);
  return [
    `interface ${labelName(contract)} {`,
    `  name: ${JSON.stringify(contract.builder)};`,
    `  takes: ${list(contract.parameters.map((parameter) => oneLine(parameter.text)))};`,
    `  returns: ${JSON.stringify(oneLine(contract.returns))};`,
    ...freshness({ contract, own: texts, reference }).map((member) => `  ${member}`),
    ...(ends === undefined ? [] : [`  ends: ${ends};`]),
    ...calls.map((call) => `${comment}  ${call}`),
    "}",
    "",
  ].join("\n");
}

const PLAIN_CALL = "call(...given: Takes<this>): Gives<this>;";

/** The members of a label that tell its calls: how `s` may end one, where parameters are optional, and the calls themselves. */
interface Calls {
  readonly ends?: string;
  readonly calls: readonly string[];
}

function callsOf(contract: TaskContract, texts: BuilderTexts, reference: string): Calls {
  const { parameters } = contract;
  const types = parameters.map((_, i) => texts.parameters[i] ?? `ParameterOf<this, ${i}>`);
  const isTold = texts.spread === undefined && parameters.every(({ name, rest }) => !rest && !/^arg\d+$/.test(name));
  if (isTold && parameters.every(({ optional }) => !optional)) return { calls: [PLAIN_CALL] };
  const typed = parameters.map((parameter, i) => ({
    parameter,
    position: i,
    type: types[i]!,
    structure: isStructure(parameter.schema, contract),
  }));
  const overloads = overloadsOf(typed);
  if (isTold && overloads) return { ends: `[${overloads.map(endText).join(", ")}]`, calls: [PLAIN_CALL] };
  return { calls: ownCalls({ contract, texts, reference, types, overloads }) };
}

/**
 * What an overload binds, by the positions of the parameters: "[0, 1]". An argument that may be one of several has a name
 * of its own, "[base_or_exp: [0, 1]]"; elsewhere it would cost a checker a type per task.
 */
function endText({ bound }: Overload): string {
  const isShared = bound.some(({ positions }) => positions.length > 1);
  const places = bound.map(({ name, positions: [position, ...more] }) =>
    isShared ? `${name}: [${[position, ...more].join(", ")}]` : `${position}`,
  );
  return `[${places.join(", ")}]`;
}

interface Written {
  readonly contract: TaskContract;
  readonly texts: BuilderTexts;
  readonly reference: string;
  readonly types: readonly string[];
  readonly overloads: readonly Overload[] | undefined;
}

/** The call as a whole, and those of `s`, written out: what each binds, and what is then open. */
function ownCalls({ contract: { parameters }, texts, reference, types, overloads }: Written): string[] {
  const whole = `call(${callParameters(parameters, types)}): Gives<this>;`;
  if (overloads) {
    return [
      whole,
      ...overloads.map((overload) => `s(${boundText(overload)}): PartialOf<this, ${leftText(overload)}>;`),
    ];
  }
  const all = tuple(
    parameters,
    parameters.map((_, i) => texts.parameters[i] ?? `Parameters<${reference}>[${i}]`),
  );
  return [whole, `s<const Given extends Bindable<${all}>>(...given: Given): PartialOf<this, Open<${all}, Given>>;`];
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
