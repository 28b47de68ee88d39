/** Under which names a module exports what it declares itself. Names that come from elsewhere are no exports of its own. */
import { ts } from "../source/ts-morph.js";

/** One export of a local name. */
export interface Export {
  readonly name: string;
  /** Where it is exported. */
  readonly node: ts.Node;
}

/** Local name -> its exports, in the order of the file. */
export type Exports = ReadonlyMap<string, readonly Export[]>;

/** Reads a module's own exports. */
export function exportsOf(file: ts.SourceFile): Exports {
  const found = new Map<string, Export[]>();
  const add = (local: string, name: string, node: ts.Node): void => {
    found.set(local, [...(found.get(local) ?? []), { name, node }]);
  };
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement)) {
      if (statement.moduleSpecifier || statement.isTypeOnly) continue;
      if (!statement.exportClause || !ts.isNamedExports(statement.exportClause)) continue;
      for (const element of statement.exportClause.elements) {
        if (!element.isTypeOnly) add((element.propertyName ?? element.name).text, element.name.text, element);
      }
    } else if (ts.isExportAssignment(statement)) {
      if (ts.isIdentifier(statement.expression)) add(statement.expression.text, "default", statement);
    } else if (hasModifier(statement, ts.SyntaxKind.ExportKeyword)) {
      const isDefault = hasModifier(statement, ts.SyntaxKind.DefaultKeyword);
      for (const name of declaredBy(statement)) add(name.text, isDefault ? "default" : name.text, name);
    }
  }
  return found;
}

function declaredBy(statement: ts.Statement): ts.Identifier[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name).filter(ts.isIdentifier);
  }
  const isNamed = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  // Overloads are one export, told by the implementation.
  const isOverload = ts.isFunctionDeclaration(statement) && !statement.body;
  return isNamed && statement.name && !isOverload ? [statement.name] : [];
}

/** Whether a declaration has a modifier such as `export`. */
export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);
}
