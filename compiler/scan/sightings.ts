/** Every place in a file where something is marked as a task: tags, decorators and calls, right or wrong. */
import { ts } from "../source/ts-morph.js";
import { commentsOf, missedComments, strayTag, type Tag, tagsIn } from "./tag.js";
import { isTask } from "./tqc-names.js";

/** One mark. */
export type Sighting =
  | { readonly kind: "tag"; readonly node: ts.Node; readonly tag: Tag }
  | { readonly kind: "stray"; readonly node: ts.Node; readonly start: number }
  | {
      readonly kind: "decorator";
      readonly node: ts.Node;
      readonly decorator: ts.Decorator;
      readonly options: ts.Expression | undefined;
    }
  | { readonly kind: "call"; readonly node: ts.CallExpression };

/** Finds them, in the order of the file. */
export function sightingsIn(file: ts.SourceFile, checker: ts.TypeChecker): Sighting[] {
  const found: Sighting[] = [];
  const seen = new Set<number>();
  const visit = (node: ts.Node): void => {
    for (const comment of [...commentsOf(node), ...missedComments(file, node)]) {
      // One comment may be attached to several nodes; the outermost is what it is about.
      if (seen.has(comment.pos)) continue;
      seen.add(comment.pos);
      found.push(...inComment(file, node, comment));
    }
    const mark = markAt(node, checker);
    if (mark) found.push(mark);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function inComment(file: ts.SourceFile, node: ts.Node, comment: ts.TextRange): Sighting[] {
  const tags = tagsIn(file.text, comment).map((tag): Sighting => ({ kind: "tag", node, tag }));
  if (tags.length > 0 || !mayBeTask(node)) return tags;
  const stray = strayTag(file.text.slice(comment.pos, comment.end));
  return stray === undefined ? [] : [{ kind: "stray", node, start: comment.pos + stray }];
}

/** Prose about other things may speak of `@task`. */
function mayBeTask(node: ts.Node): boolean {
  return ts.isFunctionLike(node) || ts.isVariableStatement(node) || ts.isExportAssignment(node);
}

function markAt(node: ts.Node, checker: ts.TypeChecker): Sighting | undefined {
  if (ts.isDecorator(node)) {
    const { expression } = node;
    if (ts.isCallExpression(expression)) {
      if (!isTask(expression.expression, checker)) return undefined;
      return { kind: "decorator", node: node.parent, decorator: node, options: expression.arguments[0] };
    }
    return isTask(expression, checker)
      ? { kind: "decorator", node: node.parent, decorator: node, options: undefined }
      : undefined;
  }
  const isCall = ts.isCallExpression(node) && !ts.isDecorator(node.parent) && isTask(node.expression, checker);
  return isCall ? { kind: "call", node } : undefined;
}
