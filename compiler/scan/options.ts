/** The options of a task, from the object literal in its tag, its decorator or its call. */

import type { Place, Problem } from "../diagnostic.js";
import { ts } from "../source/ts-morph.js";
import type { OptionEntry } from "./found.js";
import { evaluate, type Scope } from "./static.js";
import { unwrapped } from "./unwrapped.js";

/** Options as they were written, and what cannot be read of them. */
export interface Options {
  readonly entries: readonly OptionEntry[];
  readonly problems: readonly Problem[];
}

/** Reads an expression of options. `place` tells where a node of it stands, which may be in a comment. */
export function readOptions(expression: ts.Expression, scope: Scope, place: (node: ts.Node) => Place): Options {
  const inner = unwrapped(expression);
  if (ts.isObjectLiteralExpression(inner))
    return gathered(inner.properties.map((property) => readProperty(property, scope, place)));
  const known = evaluate(inner, scope);
  if ("value" in known && isRecord(known.value)) return spread(known.value, place(inner));
  return notStatic(inner, "these options are", place);
}

function readProperty(property: ts.ObjectLiteralElementLike, scope: Scope, place: (node: ts.Node) => Place): Options {
  if (ts.isSpreadAssignment(property)) {
    const { entries, problems } = readOptions(property.expression, scope, place);
    return { entries: entries.map((entry) => ({ ...entry, spread: true })), problems };
  }
  if (!property.name || ts.isComputedPropertyName(property.name))
    return notStatic(property, "the name of an option is", place);
  const key = propertyKey(property.name);
  const value = ts.isPropertyAssignment(property)
    ? property.initializer
    : ts.isShorthandPropertyAssignment(property)
      ? property.name
      : undefined;
  if (!value) return notStatic(property, `option '${key}' is`, place);
  const known = evaluate(value, scope);
  if (!("value" in known)) return notStatic(known.unknown, `option '${key}' is`, place);
  return {
    entries: [{ key, value: known.value, keyPlace: place(property.name), valuePlace: place(value) }],
    problems: [],
  };
}

function propertyKey(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)
    ? name.text
    : name.getText();
}

function spread(record: Record<string, unknown>, place: Place): Options {
  const entries = Object.entries(record).map(([key, value]) => ({ key, value, keyPlace: place, valuePlace: place }));
  return { entries, problems: [] };
}

function notStatic(node: ts.Node, what: string, place: (node: ts.Node) => Place): Options {
  const text = node.getText().replace(/\s+/g, " ");
  const message = `${what} '${text.length > 60 ? `${text.slice(0, 57)}...` : text}', which the compiler cannot know`;
  const help = 'write a literal, or a constant of literal type (`const QUEUE = "io"`, `as const` on an object)';
  return { entries: [], problems: [{ code: "TQC3004", place: place(node), message, help }] };
}

function gathered(parts: readonly Options[]): Options {
  return { entries: parts.flatMap(({ entries }) => entries), problems: parts.flatMap(({ problems }) => problems) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
