/** Arrays, tuples, and objects with properties. */

import type { JsonSchema } from "../../runtime/manifest.js";
import { ts } from "../source/ts-morph.js";
import { plain, remarked, type Shape } from "./made.js";
import { below, gather, propertyStep, type Remark } from "./remark.js";
import type { Shaping } from "./shaping.js";
import { templatePattern } from "./text.js";
import { anyOf } from "./union.js";

const { ElementFlags, SymbolFlags, TypeFlags } = ts;

/** The shape of an array or a tuple. */
export function listShape(type: ts.Type, shaping: Shaping): Shape | undefined {
  if (shaping.checker.isArrayType(type)) {
    const items = shaping.shape(shaping.checker.getTypeArguments(type as ts.TypeReference)[0]!);
    return { schema: { type: "array", items: items.schema }, remarks: below("[]", items.remarks) };
  }
  return shaping.checker.isTupleType(type) ? tupleShape(type as ts.TupleTypeReference, shaping) : undefined;
}

function tupleShape(type: ts.TupleTypeReference, shaping: Shaping): Shape {
  const flags = type.target.elementFlags;
  const elements = shaping.checker.getTypeArguments(type).map((element, i) => {
    const optional = flags[i]! & ElementFlags.Optional;
    const shape = flags[i]! & ElementFlags.Variadic ? itemOf(element, shaping) : shaping.shape(element);
    const schema = optional ? anyOf([shape.schema, { "x-tqc": "undefined" }], shaping) : shape.schema;
    return { schema, remarks: below(`[${i}]`, shape.remarks) };
  });
  const remarks = gather(elements.map((element) => element.remarks));
  const minItems = flags.filter((flag) => flag & ElementFlags.Required).length;
  const schemas = elements.map(({ schema }) => schema);
  const rest = flags.findIndex((flag) => flag & ElementFlags.Variable);
  if (rest >= 0 && rest < flags.length - 1) {
    return { schema: { type: "array", items: anyOf(schemas, shaping), ...(minItems && { minItems }) }, remarks };
  }
  const prefixItems = rest < 0 ? schemas : schemas.slice(0, rest);
  const items = rest < 0 ? false : schemas[rest]!;
  const prefix = prefixItems.length > 0 && { prefixItems };
  return { schema: { type: "array", ...prefix, ...(minItems && { minItems }), items }, remarks };
}

/** What a spread list holds. */
function itemOf(list: ts.Type, shaping: Shaping): Shape {
  const item = shaping.checker.getIndexTypeOfType(list, ts.IndexKind.Number);
  return item ? shaping.shape(item) : plain(true);
}

/** The shape of an object: its properties, and what its index signatures say. */
export function objectShape(type: ts.Type, shaping: Shaping): Shape {
  const { checker } = shaping;
  if (checker.getSignaturesOfType(type, ts.SignatureKind.Call).length > 0) return remarked("function", "function");
  if (checker.getSignaturesOfType(type, ts.SignatureKind.Construct).length > 0)
    return remarked("constructor", shaping.text(type));
  const properties = checker.getPropertiesOfType(type).filter((property) => !isSymbolKeyed(property));
  const infos = checker.getIndexInfosOfType(type);
  if (properties.length === 0 && infos.length === 0) return emptyShape(type, shaping);
  const fields = properties.map((property) => fieldOf(property, shaping)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const index = indexShape(infos, shaping);
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
      ...(required.length > 0 && { required }),
      ...index.keywords,
    },
    remarks: gather([...fields.map(({ remarks }) => remarks), index.remarks]),
  };
}

/** `{}` takes anything; an interface without properties takes any object. */
function emptyShape(type: ts.Type, shaping: Shaping): Shape {
  const symbol = type.getSymbol();
  const bare = !symbol || symbol.flags & SymbolFlags.TypeLiteral;
  return bare && !symbol?.members?.size && !type.aliasSymbol && !(shaping.checker.getPropertiesOfType(type).length > 0)
    ? remarked("unknown", "{}")
    : plain({ type: "object", properties: {} });
}

interface Field {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
  readonly remarks: readonly Remark[];
}

function fieldOf(property: ts.Symbol, shaping: Shaping): Field {
  const name = ts.unescapeLeadingUnderscores(property.escapedName);
  const type = shaping.checker.getTypeOfSymbol(property);
  const { schema, remarks } = isGetterOnly(property) ? remarked("getter", name) : shaping.defined(type);
  return {
    name,
    schema,
    required: !(property.flags & SymbolFlags.Optional) && !takesUndefined(type),
    remarks: below(propertyStep(name), remarks),
  };
}

/** What is worked out by an object that stays behind is not part of what arrives. */
function isGetterOnly({ flags }: ts.Symbol): boolean {
  return (flags & SymbolFlags.Accessor) === SymbolFlags.GetAccessor;
}

function takesUndefined(type: ts.Type): boolean {
  const members = type.isUnion() ? type.types : [type];
  return members.some(
    ({ flags }) => flags & (TypeFlags.Undefined | TypeFlags.Void | TypeFlags.Any | TypeFlags.Unknown),
  );
}

/** Properties under a symbol are brands: they exist for the type checker only. */
function isSymbolKeyed(property: ts.Symbol): boolean {
  return property.escapedName.toString().startsWith("__@");
}

function indexShape(
  infos: readonly ts.IndexInfo[],
  shaping: Shaping,
): { keywords: object; remarks: readonly Remark[] } {
  const entries = infos
    .filter(({ keyType }) => !(keyType.flags & TypeFlags.ESSymbolLike))
    .map(({ keyType, type }) => ({ pattern: keyPattern(keyType), ...shaping.defined(type) }));
  const all = entries.find(({ pattern }) => pattern === undefined);
  const some = entries.filter(({ pattern }) => pattern !== undefined).map(({ pattern, schema }) => [pattern, schema]);
  const keywords = {
    ...(all && all.schema !== true && { additionalProperties: all.schema }),
    ...(some.length > 0 && { patternProperties: Object.fromEntries(some.sort()) }),
  };
  return { keywords, remarks: gather(entries.map(({ remarks }) => below("[key]", remarks))) };
}

function keyPattern(key: ts.Type): string | undefined {
  if (key.flags & TypeFlags.Number) return "^-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?$";
  return key.flags & TypeFlags.TemplateLiteral ? templatePattern(key as ts.TemplateLiteralType) : undefined;
}
