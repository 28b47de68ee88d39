/** Arrays, tuples, and objects with properties. */

import type { JsonSchema } from "../../runtime/manifest.js";
import type { Shaper } from "../shape.js";
import { ts } from "../source/ts-morph.js";
import { plain, remarked, type Shape } from "./made.js";
import { below, gather, propertyStep, type Remark } from "./remark.js";
import { templatePattern } from "./text.js";
import { anyOf } from "./union.js";

const { ElementFlags, SymbolFlags, TypeFlags } = ts;

/** The shape of an array or a tuple. */
export function listShape(type: ts.Type, shaper: Shaper): Shape | undefined {
  if (shaper.checker.isArrayType(type)) {
    const items = shaper.shape(shaper.checker.getTypeArguments(type as ts.TypeReference)[0]!);
    return { schema: { type: "array", items: items.schema }, remarks: below("[]", items.remarks) };
  }
  return shaper.checker.isTupleType(type) ? tupleShape(type as ts.TupleTypeReference, shaper) : undefined;
}

function tupleShape(type: ts.TupleTypeReference, shaper: Shaper): Shape {
  const flags = type.target.elementFlags;
  const elements = shaper.checker.getTypeArguments(type).map((element, i) => {
    const optional = flags[i]! & ElementFlags.Optional;
    const shape = flags[i]! & ElementFlags.Variadic ? itemOf(element, shaper) : shaper.shape(element);
    const schema = optional ? anyOf([shape.schema, { "x-tqc": "undefined" }], shaper) : shape.schema;
    return { schema, remarks: below(`[${i}]`, shape.remarks) };
  });
  const remarks = gather(elements.map((element) => element.remarks));
  const minItems = flags.filter((flag) => flag & ElementFlags.Required).length;
  const schemas = elements.map(({ schema }) => schema);
  const rest = flags.findIndex((flag) => flag & ElementFlags.Variable);
  if (rest >= 0 && rest < flags.length - 1) {
    return { schema: { type: "array", items: anyOf(schemas, shaper), ...(minItems && { minItems }) }, remarks };
  }
  const prefixItems = rest < 0 ? schemas : schemas.slice(0, rest);
  const items = rest < 0 ? false : schemas[rest]!;
  const prefix = prefixItems.length > 0 && { prefixItems };
  return { schema: { type: "array", ...prefix, ...(minItems && { minItems }), items }, remarks };
}

/** What a spread list holds. */
function itemOf(list: ts.Type, shaper: Shaper): Shape {
  const item = shaper.checker.getIndexTypeOfType(list, ts.IndexKind.Number);
  return item ? shaper.shape(item) : plain(true);
}

/** The shape of an object: its properties, and what its index signatures say. */
export function objectShape(type: ts.Type, shaper: Shaper): Shape {
  const { checker } = shaper;
  if (checker.getSignaturesOfType(type, ts.SignatureKind.Call).length > 0) return remarked("function", "function");
  if (checker.getSignaturesOfType(type, ts.SignatureKind.Construct).length > 0)
    return remarked("constructor", shaper.text(type));
  const properties = checker.getPropertiesOfType(type).filter((property) => !isSymbolKeyed(property));
  const infos = checker.getIndexInfosOfType(type);
  if (properties.length === 0 && infos.length === 0) return emptyShape(type, shaper);
  const fields = properties.map((property) => fieldOf(property, shaper)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const index = indexShape(infos, shaper);
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
function emptyShape(type: ts.Type, shaper: Shaper): Shape {
  const symbol = type.getSymbol();
  const bare = !symbol || symbol.flags & SymbolFlags.TypeLiteral;
  return bare && !symbol?.members?.size && !type.aliasSymbol && !(shaper.checker.getPropertiesOfType(type).length > 0)
    ? remarked("unknown", "{}")
    : plain({ type: "object", properties: {} });
}

interface Field {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
  readonly remarks: readonly Remark[];
}

function fieldOf(property: ts.Symbol, shaper: Shaper): Field {
  const name = ts.unescapeLeadingUnderscores(property.escapedName);
  const type = shaper.checker.getTypeOfSymbol(property);
  const { schema, remarks } = isGetterOnly(property) ? remarked("getter", name) : shaper.defined(type);
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

function indexShape(infos: readonly ts.IndexInfo[], shaper: Shaper): { keywords: object; remarks: readonly Remark[] } {
  const entries = infos
    .filter(({ keyType }) => !(keyType.flags & TypeFlags.ESSymbolLike))
    .map(({ keyType, type }) => ({ pattern: keyPattern(keyType), ...shaper.defined(type) }));
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
