/** JSON that people write by hand, changed as text: comments, order and formatting stay. */
import { applyEdits, type JSONPath, modify, type Node, type ParseError, parseTree } from "jsonc-parser";

/** The tree of a JSON text with comments; undefined where it is none. */
export function readJson(text: string): Node | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return errors.length > 0 ? undefined : root;
}

/** The text with a value at a place where there was none, indented as the rest is. */
export function withValue(text: string, path: JSONPath, value: unknown): string {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? "  ";
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const formattingOptions = { insertSpaces: !indent.startsWith("\t"), tabSize: indent.length, eol };
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}
