/** The `@task` tag of a doc comment, with the options that follow it. */
import { ts } from "../source/ts-morph.js";

/** A tag at the start of a line. */
export interface Tag {
  /** Where the tag stands in its file. */
  readonly start: number;
  readonly end: number;
  /** What follows it up to the next tag, as text of an expression at its own place in the file; absent: nothing. */
  readonly options?: { readonly text: string; readonly start: number; readonly end: number };
}

/** The doc comments of a node. */
export function commentsOf(node: ts.Node): readonly ts.JSDoc[] {
  return (node as ts.Node & { readonly jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? [];
}

/**
 * The doc comments that TypeScript attaches to nothing, because they begin on the line of what stands before them:
 * `class Reports { /** @task *\/ static render() {} }`.
 */
export function missedComments(file: ts.SourceFile, node: ts.Node): readonly ts.TextRange[] {
  if (!ts.isClassElement(node) && !ts.isStatement(node)) return [];
  const ranges = ts.getTrailingCommentRanges(file.text, node.pos) ?? [];
  return ranges.filter(({ pos }) => file.text.startsWith("/**", pos));
}

/** `@task` at the start of a line: after the comment's opening, or after its star. */
const TAG = /(^\/\*\*|\n[ \t]*\*?)([ \t]*)@task(?![\w$-])/g;
const NEXT_TAG = /\n[ \t]*\*?[ \t]*@[a-zA-Z]/;

/** The tags between two places of a text. Those in a fenced example are not tags. */
export function tagsIn(text: string, { pos, end }: { readonly pos: number; readonly end: number }): Tag[] {
  const comment = text.slice(pos, end);
  const tags: Tag[] = [];
  for (const match of comment.matchAll(TAG)) {
    const start = pos + match.index + match[0].length - "@task".length;
    if (isFenced(comment.slice(0, match.index))) continue;
    tags.push(tagAt(text, start, end));
  }
  return tags;
}

/** `@task` in the middle of a line of prose, where it is no tag but may be meant as one. */
export function strayTag(comment: string): number | undefined {
  for (const match of comment.matchAll(/(?<=[^\n]*?[^\s*`{][^\n`]*?\s)@task(?![\w$-])/g)) {
    const line = comment.slice(comment.lastIndexOf("\n", match.index) + 1, match.index);
    const isCode = (line.match(/`/g) ?? []).length % 2 === 1;
    if (!isCode && /[^\s*/]/.test(line) && !isFenced(comment.slice(0, match.index))) return match.index;
  }
  return undefined;
}

function isFenced(before: string): boolean {
  return (before.match(/(?:^|\n)[ \t*]*```/g) ?? []).length % 2 === 1;
}

function tagAt(text: string, start: number, end: number): Tag {
  const from = start + "@task".length;
  const rest = text.slice(from, end).replace(/\*\/$/, "");
  const next = rest.search(NEXT_TAG);
  const body = withoutStars(next < 0 ? rest : rest.slice(0, next));
  const trimmed = body.trim();
  if (trimmed === "" || trimmed === "()") return { start, end: from };
  const lead = body.length - body.trimStart().length;
  return { start, end: from, options: { text: trimmed, start: from + lead, end: from + lead + trimmed.length } };
}

/** The star that starts a line of a comment becomes a space, so that places stay as they are. */
function withoutStars(text: string): string {
  return text.replace(/(\n[ \t]*)\*/g, "$1 ");
}

/** The options of a tag as an expression whose places are those of the file, or what is wrong with them. */
export function parseOptions(
  options: NonNullable<Tag["options"]>,
): ts.Expression | { readonly at: number; readonly message: string } {
  const lead = " ".repeat(Math.max(0, options.start - 1));
  const file = ts.createSourceFile("options.ts", `${lead}(${options.text}\n)`, ts.ScriptTarget.Latest, true);
  const { parseDiagnostics } = file as ts.SourceFile & { readonly parseDiagnostics: readonly ts.Diagnostic[] };
  const [wrong] = parseDiagnostics;
  if (wrong) {
    const at = Math.min(wrong.start ?? options.start, options.end - 1);
    return { at, message: ts.flattenDiagnosticMessageText(wrong.messageText, " ") };
  }
  const [statement] = file.statements;
  if (statement && ts.isExpressionStatement(statement) && ts.isParenthesizedExpression(statement.expression)) {
    return statement.expression.expression;
  }
  return { at: options.start, message: "this is not an object literal" };
}
