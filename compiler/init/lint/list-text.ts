/** A list in a program or in JSON, and entries added to its text as whoever wrote it would have. */

/** Where a list stands in its text. */
export interface ListPlace {
  /** Just behind the opening bracket. */
  readonly open: number;
  /** The closing bracket. */
  readonly close: number;
  readonly entries: readonly Span[];
}

/** A stretch of text. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A list, and what is to come into it. */
export interface Addition {
  readonly text: string;
  readonly list: ListPlace;
  readonly added: readonly string[];
  /** How long a line may become before a list is spread over many. */
  readonly width?: number;
  /** Whether a list that is spread over lines ends with a comma: programs may, JSON may not. */
  readonly lastComma?: boolean;
}

const WIDTH = 80;

/** The text with the entries at the list's end: in its line if they fit, else each in a line of its own, indented like the others. */
export function appended(addition: Addition): string {
  const { text, list, added, width = WIDTH } = addition;
  if (text.slice(list.open, list.close).includes("\n")) return onLines(addition);
  const own = list.entries.map(({ start, end }) => text.slice(start, end));
  const line = text.slice(0, list.open) + [...own, ...added].join(", ") + text.slice(list.close);
  return lengthOfLine(line, list.open) <= width ? line : spread(addition, own);
}

/** Behind the last entry, its comma, and what is said of it in its line. */
function onLines({ text, list: { open, close, entries }, added }: Addition): string {
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) return `${text.slice(0, open)}${rows(added, `${indentAt(text, close)}  `)}${text.slice(open)}`;
  const comma = /^\s*,/.exec(text.slice(last.end, close))?.[0] ?? "";
  const behind = text.slice(last.end + comma.length, close);
  const remark = REMARK.exec(behind)?.[0] ?? "";
  const more = rows(added, indentAt(text, first.start));
  return `${text.slice(0, last.end)},${remark}${more}${comma && ","}${behind.slice(remark.length)}${text.slice(close)}`;
}

/** A comment that ends with its line. */
const REMARK = /^[ \t]*(?:\/\/[^\r\n]*|\/\*(?:(?!\*\/)[^\r\n])*\*\/(?=[ \t]*\r?\n))/;

/** A list of one line that has become too long for it. */
function spread({ text, list: { open, close }, added, lastComma }: Addition, own: readonly string[]): string {
  const indent = indentAt(text, open);
  const step = indent.startsWith("\t") ? "\t" : (/^( {2,8})\S/m.exec(text)?.[1] ?? "  ");
  return `${text.slice(0, open)}${rows([...own, ...added], indent + step)}${lastComma ? "," : ""}\n${indent}${text.slice(close)}`;
}

function rows(entries: readonly string[], indent: string): string {
  return entries.map((entry) => `\n${indent}${entry}`).join(",");
}

function indentAt(text: string, position: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", position - 1) + 1))?.[0] ?? "";
}

function lengthOfLine(text: string, position: number): number {
  const end = text.indexOf("\n", position);
  return (end < 0 ? text.length : end) - (text.lastIndexOf("\n", position - 1) + 1);
}
