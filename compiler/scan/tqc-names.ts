/** What a module calls `task`, however it came by it. */
import { ts } from "../source/ts-morph.js";

const PACKAGE = "tqc";

/** Whether an expression is tqc's `task`: `task`, `import { task as job }`, `tqc.task`, or re-exported by a module of the user's. */
export function isTask(expression: ts.Expression, checker: ts.TypeChecker): boolean {
  if (ts.isPropertyAccessExpression(expression)) {
    return (
      expression.name.text === "task" &&
      ts.isIdentifier(expression.expression) &&
      isPackage(expression.expression, checker)
    );
  }
  return ts.isIdentifier(expression) && leadsToTask(checker.getSymbolAtLocation(expression), checker);
}

/** Follows imports and re-exports one by one, so that it works where `tqc` itself cannot be resolved. */
function leadsToTask(symbol: ts.Symbol | undefined, checker: ts.TypeChecker, left = 10): boolean {
  if (!symbol || left === 0) return false;
  for (const declaration of symbol.declarations ?? []) {
    if (ts.isImportSpecifier(declaration) || ts.isExportSpecifier(declaration)) {
      const imported = (declaration.propertyName ?? declaration.name).text;
      const from = specifierOf(declaration);
      if (from === PACKAGE) return imported === "task";
      if (leadsToTask(nextOf(declaration, symbol, checker), checker, left - 1)) return true;
    }
  }
  return false;
}

function nextOf(
  node: ts.ImportSpecifier | ts.ExportSpecifier,
  symbol: ts.Symbol,
  checker: ts.TypeChecker,
): ts.Symbol | undefined {
  if (ts.isExportSpecifier(node) && !specifierOf(node)) return checker.getExportSpecifierLocalTargetSymbol(node);
  const module = specifierNodeOf(node);
  const exported =
    module && checker.getSymbolAtLocation(module)?.exports?.get((node.propertyName ?? node.name).text as ts.__String);
  return exported === symbol ? undefined : exported;
}

function specifierNodeOf(node: ts.ImportSpecifier | ts.ExportSpecifier): ts.Expression | undefined {
  return ts.isImportSpecifier(node) ? node.parent.parent.parent.moduleSpecifier : node.parent.parent.moduleSpecifier;
}

function specifierOf(node: ts.ImportSpecifier | ts.ExportSpecifier): string | undefined {
  const module = specifierNodeOf(node);
  return module && ts.isStringLiteral(module) ? module.text : undefined;
}

function isPackage(name: ts.Identifier, checker: ts.TypeChecker): boolean {
  const [declaration] = checker.getSymbolAtLocation(name)?.declarations ?? [];
  if (!declaration || !ts.isNamespaceImport(declaration)) return false;
  const { moduleSpecifier } = declaration.parent.parent;
  return ts.isStringLiteral(moduleSpecifier) && moduleSpecifier.text === PACKAGE;
}
