/** Callable -> parameters and result. */

import type { Place, Problem } from "../diagnostic.js";
import { inlineText, unionText } from "../shape/inline.js";
import type { Remark } from "../shape/remark.js";
import type { Shaper } from "../shape.js";
import { ts } from "../source/ts-morph.js";
import type { FoundParameter, FoundResult } from "./found.js";
import { type Reading, readingOf } from "./generic.js";
import { isProblem, type Mark, markPlace } from "./marks.js";
import { placeOf } from "./place.js";

/** What a call of a task takes and gives. */
export interface Contract {
  readonly parameters: readonly FoundParameter[];
  readonly result: FoundResult;
}

/** A task's function, and how its types are understood. */
interface Reader {
  readonly mark: Mark;
  readonly shaper: Shaper;
  readonly reading: Reading;
}

/** The contract of what is marked, or what stands in the way of one. */
export function contractOf(mark: Mark, shaper: Shaper): Contract | Problem {
  const type = shaper.checker.getTypeAtLocation(mark.callable);
  const [signature, ...others] = shaper.checker.getSignaturesOfType(type, ts.SignatureKind.Call);
  const place = placeOf(mark.name);
  if (!signature) return notCallable(mark, shaper.text(type));
  if (others.length > 0) {
    return {
      code: "TQC1008",
      place,
      message: `'${mark.export}' has ${others.length + 1} overloads; a task has one contract`,
      help: "write one signature with a union type",
    };
  }
  const reading = readingOf(signature, mark, shaper.checker);
  if (isProblem(reading)) return reading;
  const [first] = signature.getDeclaration()?.parameters ?? [];
  if (
    first &&
    first.name.getText() === "this" &&
    !(shaper.checker.getTypeAtLocation(first).flags & ts.TypeFlags.Void)
  ) {
    return {
      code: "TQC1014",
      place: placeOf(first),
      message: `'${mark.export}' needs a \`this\`, which no message carries`,
      help: "pass it as a parameter",
    };
  }
  const reader = { mark, shaper, reading };
  const parameters = signature.parameters.flatMap((parameter, i) => parametersOf(parameter, i, reader));
  const misplaced = parameters.find(({ rest }, i) => rest && i < parameters.length - 1);
  if (misplaced) {
    return {
      code: "TQC1015",
      place: misplaced.place,
      message: `'${mark.export}' takes a rest, '...${misplaced.name}', that is not last`,
      help: "put it at the end, or take a list",
    };
  }
  return { parameters, result: resultOf(signature, reader) };
}

function notCallable(mark: Mark, text: string): Problem {
  if (mark.sighting.kind === "call") {
    return {
      code: "TQC1011",
      place: placeOf(mark.callable),
      message: `task(...) is given '${text}', which is not a function`,
      help: "give it a function, or options and a function",
    };
  }
  return {
    code: "TQC1002",
    place: markPlace(mark.sighting),
    message: `@task stands on '${mark.export}', a value of type '${text}', which is not a function`,
    help: "a task is an exported function, an arrow function in an exported constant, or a static method",
  };
}

/** One parameter; a rest parameter of tuple type is several. */
function parametersOf(symbol: ts.Symbol, index: number, { mark, shaper, reading }: Reader): FoundParameter[] {
  const { checker } = shaper;
  const declaration = symbol.valueDeclaration;
  const node = declaration && ts.isParameter(declaration) ? declaration : undefined;
  const type = reading.typeOf(checker.getTypeOfSymbolAtLocation(symbol, mark.callable));
  const place = node && isOwn(node, mark) ? placeOf(node) : placeOf(mark.name);
  const name = node && !ts.isIdentifier(node.name) ? `arg${index + 1}` : symbol.name;
  const written = node?.type && reading.isPlain(node.type) ? node.type : undefined;
  const lost = reading.lostIn(node?.type);
  if (node?.dotDotDotToken) return restOf(name, type, { place, written, lost, shaper });
  const optional = node !== undefined && (checker.isOptionalParameter(node) || isUntyped(node.parent));
  return [parameter(name, type, { optional, rest: false, place, written, lost, shaper })];
}

/** In JavaScript, a function that says nothing of its parameters may be called without them. */
function isUntyped(node: ts.SignatureDeclaration): boolean {
  const isScript = /\.[cm]?jsx?$/.test(node.getSourceFile().fileName);
  return isScript && ts.isFunctionLike(node) && !ts.hasJSDocParameterTags(node) && !ts.getJSDocType(node);
}

/** Whether a parameter is declared where its task is, so that a diagnostic may point at it. */
function isOwn(node: ts.Node, mark: Mark): boolean {
  return node.getSourceFile() === mark.callable.getSourceFile() || !node.getSourceFile().isDeclarationFile;
}

/** How a parameter is declared. */
interface Declared {
  readonly place: Place;
  /** Its type as its author wrote it, where that says what it is. */
  readonly written: ts.TypeNode | undefined;
  readonly lost: readonly Remark[];
  readonly shaper: Shaper;
}

function restOf(name: string, type: ts.Type, declared: Declared): FoundParameter[] {
  const { written, shaper } = declared;
  const { checker } = shaper;
  if (!checker.isTupleType(type)) {
    const item = checker.getIndexTypeOfType(type, ts.IndexKind.Number) ?? type;
    const found = parameter(name, item, { ...declared, optional: false, rest: true, written: undefined });
    return [{ ...found, text: `...${name}: ${written ? textOf(written) : shaper.text(type)}` }];
  }
  const { target } = type as ts.TupleTypeReference;
  return checker.getTypeArguments(type as ts.TypeReference).map((element, i) => {
    const label = target.labeledElementDeclarations?.[i]?.name;
    const flags = target.elementFlags[i]!;
    const rest = (flags & ts.ElementFlags.Variable) !== 0;
    const optional = (flags & ts.ElementFlags.Optional) !== 0;
    const named = label && ts.isIdentifier(label) ? label.text : `${name}${i + 1}`;
    const found = parameter(named, element, { ...declared, optional, rest, written: undefined });
    return { ...found, spread: true, ...(rest && { text: `...${named}: ${shaper.text(element)}[]` }) };
  });
}

function parameter(
  name: string,
  type: ts.Type,
  how: Declared & { readonly optional: boolean; readonly rest: boolean },
): FoundParameter {
  const { optional, rest, place, written, lost, shaper } = how;
  const { schema, remarks: found } = optional ? shaper.defined(type) : shaper.shape(type);
  const remarks = [...lost, ...found];
  const text = written ? textOf(written) : shaper.text(optional ? withoutUndefined(type, shaper) : type);
  const inline = inlineOf(type, optional, shaper);
  const whole = { name, optional, rest, schema, remarks, place, text: `${name}${optional ? "?" : ""}: ${text}` };
  return inline === undefined ? whole : { ...whole, inline };
}

function inlineOf(type: ts.Type, optional: boolean, shaper: Shaper): string | undefined {
  if (!optional || !type.isUnion()) return inlineText(type, shaper);
  return unionText(
    type.types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined)),
    shaper,
  );
}

function withoutUndefined(type: ts.Type, shaper: Shaper): ts.Type {
  const takesNull = type.isUnion() && type.types.some(({ flags }) => flags & ts.TypeFlags.Null);
  return takesNull ? type : shaper.checker.getNonNullableType(type);
}

/** A type as its author wrote it, on one line and without comments. */
function textOf(node: ts.TypeNode): string {
  const text = node.getText().replace(/\/\*[\s\S]*?\*\/|(?<![:"'`\w])\/\/[^\n]*/g, "");
  return text.replace(/\s+/g, " ").trim();
}

function resultOf(signature: ts.Signature, { mark, shaper, reading }: Reader): FoundResult {
  const returned = shaper.checker.getReturnTypeOfSignature(signature);
  const type = awaitedType(reading.typeOf(returned), shaper);
  const node = signature.getDeclaration()?.type;
  const isNever = (type.flags & ts.TypeFlags.Never) !== 0;
  const { schema, remarks: found } = shaper.shape(type);
  const remarks = [...reading.lostIn(node), ...found];
  const inline = inlineText(type, shaper);
  const place = node && isOwn(node, mark) ? placeOf(node) : placeOf(mark.name);
  const text = node && reading.isPlain(node) ? awaited(node) : shaper.text(type);
  const promised = isPromise(returned, shaper);
  const whole = { schema: isNever ? true : schema, remarks, text, place, ...(promised && { promised }) };
  return inline === undefined ? whole : { ...whole, inline };
}

function isPromise(type: ts.Type, shaper: Shaper): boolean {
  const symbol = type.getSymbol();
  return symbol?.name === "Promise" && shaper.isForeign(symbol);
}

/** What a call gives once it is awaited. Asking for the members of `Promise<T>` for each `T` costs more than all else. */
function awaitedType(type: ts.Type, shaper: Shaper): ts.Type {
  const { checker } = shaper;
  if (!isPromise(type, shaper)) return checker.getAwaitedType(type) ?? type;
  const [inner] = checker.getTypeArguments(type as ts.TypeReference);
  return inner ? awaitedType(inner, shaper) : type;
}

/** A return type as its author wrote it, without the promise around it. */
function awaited(node: ts.TypeNode): string {
  const [inner] =
    (ts.isTypeReferenceNode(node) && /^Promise(?:Like)?$/.test(node.typeName.getText()) && node.typeArguments) || [];
  return inner ? awaited(inner) : ts.isTypePredicateNode(node) ? "boolean" : textOf(node);
}
