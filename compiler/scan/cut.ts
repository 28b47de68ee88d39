/** Doc comments that end too soon: the sign that ends a comment also stands in the text of a schedule such as "every five minutes". */

import type { Problem } from "../diagnostic.js";
import type { ts } from "../source/ts-morph.js";
import { placeAt } from "./place.js";
import { tagsIn } from "./tag.js";

const END = "*/";

/** The comments of a file whose `@task` tag they cut off within a text. Whatever else does not parse follows from them. */
export function cutComments(file: ts.SourceFile): Problem[] {
  const { text } = file;
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(({ 0: comment, index: pos }) => {
    const end = pos + comment.length;
    const [options] = tagsIn(text, { pos, end }).flatMap((tag) => tag.options ?? []);
    const open = options && openQuote(text.slice(options.start, end - END.length));
    const rest = text.slice(end, lineEnd(text, end));
    if (!options || !open || !rest.includes(open.quote)) return [];
    const start = options.start + open.at;
    const whole = text.slice(start + 1, end + rest.indexOf(open.quote));
    return [cutProblem(file, { start, end, whole })];
  });
}

function cutProblem(file: ts.SourceFile, cut: { start: number; end: number; whole: string }): Problem {
  return {
    code: "TQC3008",
    place: placeAt(file, cut.start, cut.end),
    message: `the comment ends inside the text '${cut.whole}': ${END} ends a comment wherever it stands`,
    help: `${withoutEnd(cut.whole)}give the options to task(...) instead: export const name = task({ ... }, () => { ... })`,
  };
}

/** The quote that is still open at the end of a text, and where it stands. */
function openQuote(text: string): { readonly quote: string; readonly at: number } | undefined {
  const rest = text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, (all) =>
    " ".repeat(all.length),
  );
  const at = rest.search(/["'`]/);
  return at < 0 ? undefined : { quote: rest[at]!, at };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** From the last field of a schedule to the first: a time with seconds has one more in front. */
const RANGES = ["0-6", "1-12", "1-31", "0-23", "0-59", "0-59"];

/** A schedule that says the same without the sign, where the text is one. */
function withoutEnd(text: string): string {
  const fields = text.trim().split(/\s+/);
  if (fields.length < 5 || fields.length > 6) return "";
  const ranged = fields.map((field, i) => field.replace(/^\*\//, `${RANGES[fields.length - 1 - i]}/`));
  return ranged.join(" ").includes(END) ? "" : `write "${ranged.join(" ")}", or `;
}
