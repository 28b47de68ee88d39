/** Expressions whose value the compiler can know: literals, and constants of literal type. */

import { literalOf } from "../shape/text.js";
import { ts } from "../source/ts-morph.js";
import { unwrapped } from "./unwrapped.js";

/** A known value, or the expression that has none. */
export type Known = { readonly value: unknown } | { readonly unknown: ts.Expression };

/** How the type of a name is found; in a doc comment, names are looked up from where the comment stands. */
export interface Scope {
  readonly checker: ts.TypeChecker;
  typeOf(expression: ts.Expression): ts.Type | undefined;
}

/** The scope of expressions that are part of the program. */
export function programScope(checker: ts.TypeChecker): Scope {
  return { checker, typeOf: (expression) => checker.getTypeAtLocation(expression) };
}

/** The scope of expressions in a doc comment of a node. */
export function commentScope(checker: ts.TypeChecker, node: ts.Node): Scope {
  const typeOf = (expression: ts.Expression): ts.Type | undefined => {
    if (ts.isIdentifier(expression)) {
      const symbol = checker.resolveName(expression.text, node, ts.SymbolFlags.Value, false);
      return symbol && checker.getTypeOfSymbolAtLocation(symbol, node);
    }
    if (!ts.isPropertyAccessExpression(expression)) return undefined;
    const property = typeOf(expression.expression)?.getProperty(expression.name.text);
    return property && checker.getTypeOfSymbolAtLocation(property, node);
  };
  return { checker, typeOf };
}

/** The value of an expression. */
export function evaluate(expression: ts.Expression, scope: Scope): Known {
  const inner = unwrapped(expression);
  if (ts.isStringLiteralLike(inner)) return { value: inner.text };
  if (ts.isNumericLiteral(inner)) return { value: Number(inner.text) };
  if (inner.kind === ts.SyntaxKind.TrueKeyword) return { value: true };
  if (inner.kind === ts.SyntaxKind.FalseKeyword) return { value: false };
  if (inner.kind === ts.SyntaxKind.NullKeyword) return { value: null };
  if (ts.isIdentifier(inner) && inner.text === "undefined") return { value: undefined };
  if (ts.isPrefixUnaryExpression(inner) && inner.operator === ts.SyntaxKind.MinusToken) return negated(inner, scope);
  if (ts.isArrayLiteralExpression(inner)) return listOf(inner, scope);
  const type = scope.typeOf(inner);
  return (type && constantOf(type, scope.checker)) ?? { unknown: expression };
}

function negated(expression: ts.PrefixUnaryExpression, scope: Scope): Known {
  const known = evaluate(expression.operand, scope);
  if (!("value" in known)) return known;
  return typeof known.value === "number" ? { value: -known.value } : { unknown: expression };
}

function listOf(list: ts.ArrayLiteralExpression, scope: Scope): Known {
  const items: unknown[] = [];
  for (const element of list.elements) {
    const known = evaluate(ts.isSpreadElement(element) ? element.expression : element, scope);
    if (!("value" in known)) return known;
    if (!ts.isSpreadElement(element)) items.push(known.value);
    else if (Array.isArray(known.value)) items.push(...known.value);
    else return { unknown: element.expression };
  }
  return { value: items };
}

/** The one value a type has: a literal, a tuple of such, or an object of such. */
export function constantOf(type: ts.Type, checker: ts.TypeChecker): { readonly value: unknown } | undefined {
  const literal = literalOf(type);
  if (literal !== undefined) return { value: literal };
  if (type.flags & ts.TypeFlags.Undefined) return { value: undefined };
  if (type.flags & ts.TypeFlags.Null) return { value: null };
  if (checker.isTupleType(type)) {
    const items = checker.getTypeArguments(type as ts.TypeReference).map((item) => constantOf(item, checker));
    return items.includes(undefined) ? undefined : { value: items.map((item) => item!.value) };
  }
  return type.flags & ts.TypeFlags.Object && !checker.isArrayType(type) ? objectValue(type, checker) : undefined;
}

function objectValue(type: ts.Type, checker: ts.TypeChecker): { readonly value: unknown } | undefined {
  if (
    checker.getSignaturesOfType(type, ts.SignatureKind.Call).length > 0 ||
    type.getSymbol()?.flags === ts.SymbolFlags.Class
  ) {
    return undefined;
  }
  const entries: [string, unknown][] = [];
  for (const property of checker.getPropertiesOfType(type)) {
    const known = constantOf(checker.getTypeOfSymbol(property), checker);
    if (!known) return undefined;
    entries.push([property.name, known.value]);
  }
  return { value: Object.fromEntries(entries) };
}
