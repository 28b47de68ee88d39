/** A code frame: the line of the culprit, and a line that underlines it. */

/** A stretch of a text; lines and columns count from 1, the end is exclusive. */
export interface Stretch {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The lines of a frame; nothing where the text has changed and holds no such line. */
export function frame(text: string, stretch: Stretch, paint: (text: string) => string): string[] {
  const line = text.split(/\r?\n/)[stretch.line - 1];
  if (line === undefined) return [];
  const end = stretch.endLine === stretch.line ? stretch.endColumn : line.length + 1;
  const before = line.slice(0, stretch.column - 1);
  const marked = line.slice(stretch.column - 1, Math.max(end - 1, stretch.column));
  const number = String(stretch.line);
  // Tabs stay tabs, so that the line below has the same width whatever a tab is.
  const lead = blank(before);
  const carets = "^".repeat(Math.max(1, widthOf(marked)));
  return ["", `${number} | ${line}`, `${" ".repeat(number.length)} | ${lead}${paint(carets)}`];
}

function blank(text: string): string {
  return [...text].map((sign) => (sign === "\t" ? "\t" : " ".repeat(widthOf(sign)))).join("");
}

/** How many columns a text takes in a terminal, near enough: CJK and emoji take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const sign of text)
    width +=
      /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(
        sign,
      )
        ? 2
        : /\p{Mark}/u.test(sign)
          ? 0
          : 1;
  return width;
}
