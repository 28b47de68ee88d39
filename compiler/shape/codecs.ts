/** Which classes have a codec: `codec(Money, { name: "Money", … })` anywhere in what the project reaches. */
import { ts } from "../source/ts-morph.js";

/** Class -> the name of its codec. */
export type Codecs = ReadonlyMap<ts.Symbol, string>;

/** Finds the declared codecs. */
export function codecsOf(program: ts.Program, checker: ts.TypeChecker): Codecs {
  const found = new Map<ts.Symbol, string>();
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile || !file.text.includes("codec")) continue;
    for (const call of callsIn(file)) {
      const [type, definition] = call.arguments;
      const symbol = type && classOf(type, checker);
      const name = definition && nameIn(definition);
      if (symbol && name !== undefined) found.set(symbol, name);
    }
  }
  return found;
}

function callsIn(file: ts.SourceFile): ts.CallExpression[] {
  const calls: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /(?:^|\.)codec$/.test(node.expression.getText(file))) calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return calls;
}

function classOf(expression: ts.Expression, checker: ts.TypeChecker): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(expression);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function nameIn(definition: ts.Expression): string | undefined {
  if (!ts.isObjectLiteralExpression(definition)) return undefined;
  for (const property of definition.properties) {
    const named = ts.isPropertyAssignment(property) && property.name.getText() === "name";
    if (named && ts.isStringLiteralLike(property.initializer)) return property.initializer.text;
  }
  return undefined;
}
