import { ts } from "../source/ts-morph.js";

/** An expression without parentheses, `as`, `satisfies` and `!` around it. */
export function unwrapped(expression: ts.Expression): ts.Expression {
  const isWrapped =
    ts.isParenthesizedExpression(expression) ||
    ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isNonNullExpression(expression);
  return isWrapped ? unwrapped(expression.expression) : expression;
}

/** The node that an expression is the whole value of, seen through parentheses, `as`, `satisfies` and `!`. */
export function wholeOf(expression: ts.Expression): ts.Node {
  const { parent } = expression;
  const wraps = ts.isExpression(parent) && unwrapped(parent) !== parent && unwrapped(parent) === unwrapped(expression);
  return wraps ? wholeOf(parent) : parent;
}
