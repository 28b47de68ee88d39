/** Where a node stands. */

import type { Place } from "../diagnostic.js";
import type { ts } from "../source/ts-morph.js";

/** The place of a node, without the white space and comments before it. */
export function placeOf(node: ts.Node): Place {
  const file = node.getSourceFile();
  return placeAt(file, node.getStart(file), node.getEnd());
}

/** The place of a stretch of text. */
export function placeAt(file: ts.SourceFile, start: number, end: number): Place {
  const from = file.getLineAndCharacterOfPosition(start);
  const to = file.getLineAndCharacterOfPosition(end);
  return {
    file: file.fileName,
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}
