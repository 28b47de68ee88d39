/** Generic functions. A message has no type arguments, so what constrains a type parameter stands for it. */

import type { Problem } from "../diagnostic.js";
import { instantiated } from "../shape/instantiate.js";
import type { Remark } from "../shape/remark.js";
import { ts } from "../source/ts-morph.js";
import type { Mark } from "./marks.js";
import { placeOf } from "./place.js";

/** How the types of a function are read: as they are, or with its type parameters replaced. */
export interface Reading {
  /** A type that stands in the function's signature, without the function's type parameters. */
  readonly typeOf: (type: ts.Type) => ts.Type;
  /** Whether what is written there says the same without them. */
  readonly isPlain: (node: ts.TypeNode) => boolean;
  /** What is written there and depends on the caller, since no value fits what stands for it. */
  readonly lostIn: (node: ts.TypeNode | undefined) => readonly Remark[];
}

const AS_IT_IS: Reading = { typeOf: (type) => type, isPlain: () => true, lostIn: () => [] };

/** How to read a signature, or what stands in the way. */
export function readingOf(signature: ts.Signature, mark: Mark, checker: ts.TypeChecker): Reading | Problem {
  const parameters = signature.typeParameters ?? [];
  if (parameters.length === 0) return AS_IT_IS;
  const constraints = parameters.map((parameter) => constraintOf(parameter, checker));
  const open = parameters.filter((_, i) => !constraints[i]).map(({ symbol }) => symbol.name);
  if (open.length > 0) return genericProblem(mark, open);
  const by = baseOf(parameters, constraints as ts.Type[], checker);
  const names = parameters.map(({ symbol }) => symbol.name);
  const lost = names.filter((_, i) => by[i]!.flags & ts.TypeFlags.Never);
  return {
    typeOf: (type) => instantiated(type, { parameters, by }, checker),
    isPlain: (node) => !names.some((name) => mentions(node, name)),
    lostIn: (node) =>
      lost.filter((name) => node && mentions(node, name)).map((what) => ({ path: "", kind: "parameter", what })),
  };
}

function genericProblem(mark: Mark, open: readonly string[]): Problem {
  return {
    code: "TQC1007",
    place: placeOf(mark.name),
    message: `'${mark.export}' is generic in ${open.join(", ")}, which nothing constrains; a message has no type arguments`,
    help: `give ${open[0]} a constraint, which then stands for it (${open[0]} extends string | number), or name the types it is used with`,
  };
}

/** What a type parameter is declared to extend; undefined where that is nothing, or leads back to itself. */
function constraintOf(parameter: ts.TypeParameter, checker: ts.TypeChecker): ts.Type | undefined {
  const base = checker.getBaseConstraintOfType(parameter);
  // Asked for where a constraint leads, the checker has found and kept the constraint itself.
  return base && base !== parameter ? (parameter as { readonly constraint?: ts.Type }).constraint : undefined;
}

/**
 * What stands for each type parameter in `Parameters<>` and `ReturnType<>`: its constraint, with constraints in place of the
 * type parameters in that, as often as there are type parameters; what is left of those then refers to itself, and is `any`.
 */
function baseOf(
  parameters: readonly ts.TypeParameter[],
  constraints: readonly ts.Type[],
  checker: ts.TypeChecker,
): readonly ts.Type[] {
  const replaced = (types: readonly ts.Type[], by: readonly ts.Type[]) =>
    types.map((type) => instantiated(type, { parameters, by }, checker));
  const resolved = parameters.slice(1).reduce((types) => replaced(types, constraints), constraints);
  const unknowable = parameters.map(() => checker.getAnyType());
  return replaced(resolved, unknowable);
}

function mentions(node: ts.Node, name: string): boolean {
  if (ts.isIdentifier(node) && node.text === name) return true;
  return ts.forEachChild(node, (child) => mentions(child, name) || undefined) ?? false;
}
