/** What a message says before its arguments. Neighbours share nearly all of it: it is read once, and compared. */
import type { CallHeader, MessageText } from "./messages.js";

/**
 * What neighbours share, taken apart: calls that were sent together differ in their run, or in their index and path, and in
 * what they are called with.
 */
export interface Head {
  readonly queue: string;
  readonly priority: number;
  readonly delay: number;
  readonly edges: string;
  readonly header: CallHeader;
  /** From behind the index to the path; to the arguments where there is none, or none that stands in the text as it is. */
  readonly front: string;
  /** From behind the path to the arguments. */
  readonly back: string | undefined;
}

/**
 * Where the arguments begin in a text that has this head; -1 where it has another. A piece that is cut out and compared
 * costs a tenth of `startsWith`, which goes letter by letter.
 */
export function headedTo(text: MessageText, numbered: number, { front, back }: Head): number {
  const parted = numbered + front.length;
  if (text.slice(numbered, parted) !== front) return -1;
  if (back === undefined) return parted;
  const closed = text.indexOf('"', parted);
  const headed = closed + back.length;
  return closed >= 0 && text.slice(closed, headed) === back && isPlain(text.slice(parted, closed)) ? headed : -1;
}

/** Whether a word is a node's number. */
export function isIndex(text: string): boolean {
  return /^\d+$/.test(text);
}

/** Whether a text stands in JSON as it is. */
function isPlain(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being refused.
  return !/["\\\u0000-\u001f]/.test(text);
}

/** Text -> its head. Throws a SyntaxError that says which line is wrong. */
export function readHead(text: MessageText, numbered: number): Head {
  const routed = text.indexOf("\n");
  const bounded = text.indexOf("\n", routed + 1);
  const headed = text.indexOf("\n", bounded + 1);
  const [run, index, queue, priority, delay] = (routed < 0 ? text : text.slice(0, routed)).split(" ");
  if (!run || !index || !queue || !priority || !delay || !isIndex(index)) {
    throw new SyntaxError(
      `a message's first line is "run index queue priority delay", but this is "${text.slice(0, 80).split("\n")[0]}"`,
    );
  }
  if (routed < 0 || bounded < 0 || headed < 0) throw new SyntaxError("a message has four lines or five");
  const line = text.slice(bounded + 1, headed);
  const header = readHeader(line);
  const parted = bounded + 1 + pathIn(line, header);
  const closed = parted + (header.path ?? "").length;
  const isParted = parted > bounded;
  // Not put together from an object spread: that alone would take twice as long as all of this.
  return {
    queue,
    priority: +priority,
    delay: +delay,
    edges: text.slice(routed + 1, bounded),
    header,
    front: text.slice(numbered, isParted ? parted : headed + 1),
    back: isParted ? text.slice(closed, headed + 1) : undefined,
  };
}

const PATH = '"path":"';

/** Where a header's path begins in its line; -1 where it has none, or it cannot be told that it is this. */
function pathIn(line: string, { path }: CallHeader): number {
  const found = line.indexOf(PATH);
  // Behind another brace it would be that of something in the header.
  if (typeof path !== "string" || found < 0 || line.lastIndexOf("{", found) !== 0) return -1;
  const from = found + PATH.length;
  return isPlain(path) && line.startsWith(`${path}"`, from) ? from : -1;
}

function readHeader(line: string): CallHeader {
  const header: unknown = JSON.parse(line);
  if (typeof header !== "object" || header === null || !("task" in header) || typeof header.task !== "string") {
    throw new SyntaxError("a message's third line is a JSON object that names its task");
  }
  return header as CallHeader;
}
