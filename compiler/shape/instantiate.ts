/** Types with other types in the place of type parameters. */
import { ts } from "../source/ts-morph.js";

/** What stands in the place of each type parameter, in the same order. */
export interface Replacement {
  readonly parameters: readonly ts.TypeParameter[];
  readonly by: readonly ts.Type[];
}

/** A symbol as the checker makes them for itself, with what it remembers of it. */
interface OwnSymbol extends ts.Symbol {
  readonly links: { type?: ts.Type; target?: ts.Symbol; mapper?: object };
}

interface Maker {
  createSymbol(flags: ts.SymbolFlags, name: string, checkFlags?: number): OwnSymbol;
}

/** The checker's words for a property whose type is that of another with replacements, and for a list of those. */
const INSTANTIATED = 1;
const LISTED = 1;

/**
 * A type with type parameters replaced, however deep they stand in it. The checker replaces them in the members of what is
 * generic and nowhere else, so it is asked for the type of such a member.
 */
export function instantiated(type: ts.Type, { parameters, by }: Replacement, checker: ts.TypeChecker): ts.Type {
  const maker = checker as ts.TypeChecker & Maker;
  const generic = maker.createSymbol(ts.SymbolFlags.Property, "generic");
  generic.links.type = type;
  const member = maker.createSymbol(ts.SymbolFlags.Property, "member", INSTANTIATED);
  member.links.target = generic;
  member.links.mapper = { kind: LISTED, sources: parameters, targets: by };
  return checker.getTypeOfSymbol(member);
}
