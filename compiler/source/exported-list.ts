/** The list that a module's default export is, as its text shows it. */
import { ts } from "./ts-morph.js";

/** Where the list's entries stand. */
export interface ExportedList {
  /** Just behind the opening bracket. */
  readonly open: number;
  /** The closing bracket. */
  readonly close: number;
  readonly entries: readonly { readonly start: number; readonly end: number }[];
}

/**
 * Finds `export default [...]`, and what configurations are written with: `defineConfig([...])`, `defineConfig(a, b)`,
 * `tseslint.config(a, b)`, `module.exports = [...]`, or a constant that is one of them. Undefined where the list is
 * computed, or the text does not parse.
 */
export function exportedList(text: string): ExportedList | undefined {
  const file = ts.createSourceFile("module.ts", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const { parseDiagnostics } = file as ts.SourceFile & { readonly parseDiagnostics?: readonly unknown[] };
  if (parseDiagnostics && parseDiagnostics.length > 0) return undefined;
  const exported = file.statements.map(exportedBy).find((expression) => expression !== undefined);
  return exported && listOf(exported, file);
}

function exportedBy(statement: ts.Statement): ts.Expression | undefined {
  if (ts.isExportAssignment(statement)) return statement.expression;
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return undefined;
  const { left, operatorToken, right } = statement.expression;
  const assigns = operatorToken.kind === ts.SyntaxKind.EqualsToken && left.getText() === "module.exports";
  return assigns ? right : undefined;
}

/** Functions that give back the configurations they are given. */
const PASSING = /^(?:defineConfig|(?:tseslint|tsEslint|typescriptEslint|ts)\.config)$/;

function listOf(expression: ts.Expression, file: ts.SourceFile): ExportedList | undefined {
  if (
    ts.isParenthesizedExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isAsExpression(expression)
  ) {
    return listOf(expression.expression, file);
  }
  if (ts.isArrayLiteralExpression(expression)) return placeOf(expression.elements, expression.getEnd(), file);
  if (ts.isIdentifier(expression)) return listOfConstant(expression.text, file);
  if (!ts.isCallExpression(expression) || !PASSING.test(expression.expression.getText())) return undefined;
  const [only, another] = expression.arguments;
  if (only && !another && ts.isArrayLiteralExpression(only)) return listOf(only, file);
  return placeOf(expression.arguments, expression.getEnd(), file);
}

function listOfConstant(name: string, file: ts.SourceFile): ExportedList | undefined {
  const constants = file.statements
    .filter(ts.isVariableStatement)
    .filter(({ declarationList }) => (declarationList.flags & ts.NodeFlags.Const) !== 0);
  const declared = constants
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find((declaration) => ts.isIdentifier(declaration.name) && declaration.name.text === name);
  const value = declared?.initializer;
  return value === undefined || ts.isIdentifier(value) ? undefined : listOf(value, file);
}

function placeOf(nodes: ts.NodeArray<ts.Expression>, end: number, file: ts.SourceFile): ExportedList {
  const entries = nodes.map((node) => ({ start: node.getStart(file), end: node.getEnd() }));
  return { open: nodes.pos, close: end - 1, entries };
}
