/**
 * The one text form of everything that travels. Texts are lines, since JSON never holds a raw line feed: a script can
 * join and split them without parsing, and never builds JSON.
 *
 *   message   1  routing    run index queue priority delay
 *             2  edges      n4 n5-9 p4-9 j12 g12 f3 s7-7:7-9 e9-9:9-10  (next, pure next, slot, gate, forward, success, failure)
 *             3  header     JSON, see CallHeader
 *             4  arguments  codec text of a list
 *             5  given      codec text of a value, or &4 (the outcome of node 4), or !4 (the failure of node 4); absent: nothing
 *
 *   join      1  routing    join policy count from until
 *             2  edges
 *             3  members    0-99 104 107-110
 *             4  header     JSON: { path, id }
 *
 *   outcome   1  meta       state submitted started finished attempt worker task trace ("-" where unknown; times in ms, as +12 since submitted; no trace: none)
 *             2  value      SUCCESS: codec text, or @0-99 104 (a list: the outcomes of those nodes), or @settle 0-99 104
 *                           (a list of settled outcomes), or ! and a codec text (ignored: flows on, is not shown)
 *                           else: JSON of a FailureRecord, or %kind (written by a script), or &3 edge, &3 join (that of node 3, through …)
 *             3  stamps     JSON; absent: none
 *
 * Names and ids on the routing line hold neither white space nor control characters.
 */
import { type Head, headedTo, isIndex, readHead } from "./head.js";
import type {
  CallHeader,
  Edge,
  JoinNode,
  MessageText,
  NodeIndex,
  NodeRange,
  OutcomeText,
  Stamps,
  TaskState,
} from "./messages.js";

/** A message, taken apart. */
export interface Message {
  readonly run: string;
  readonly index: NodeIndex;
  readonly queue: string;
  readonly priority: number;
  readonly delay: number;
  readonly edges: string;
  readonly header: CallHeader;
  readonly args: string;
  /** Absent: the node is given nothing. */
  readonly given?: string;
}

/** Message -> its text. */
export function writeMessage(message: Message): MessageText {
  const { run, index, queue, priority, delay, edges, header, args, given } = message;
  const text = `${run} ${index} ${queue} ${priority} ${delay}\n${edges}\n${JSON.stringify(header)}\n${args}`;
  return given === undefined ? text : `${text}\n${given}`;
}

/** Neighbours lie side by side: what they share is read once, and compared. */
let latest: Head | undefined;

/** Text -> message. Throws a SyntaxError that says which line is wrong. */
export function readMessage(text: MessageText): Message {
  const named = text.indexOf(" ");
  const numbered = text.indexOf(" ", named + 1);
  let [head, headed] = [latest, latest && named > 0 ? headedTo(text, numbered, latest) : -1];
  if (!head || headed < 0 || !isIndex(text.slice(named + 1, numbered))) {
    head = latest = readHead(text, numbered);
    headed = headedTo(text, numbered, head);
  }
  const { queue, priority, delay, edges, front, back } = head;
  const path = back === undefined ? undefined : text.slice(numbered + front.length, headed - back.length);
  const header = path === undefined || path === head.header.path ? head.header : { ...head.header, path };
  const [run, index] = [text.slice(0, named), +text.slice(named + 1, numbered)];
  if (run.includes("\x1e"))
    throw new SyntaxError("a run's id holds no control character, as the one this begins with does");
  const end = text.indexOf("\n", headed);
  if (end < 0) return { run, index, queue, priority, delay, edges, header, args: text.slice(headed) };
  const [args, given] = [text.slice(headed, end), text.slice(end + 1)];
  return { run, index, queue, priority, delay, edges, header, args, given };
}

/** Edges -> their text. */
export function writeEdges(edges: readonly Edge[]): string {
  if (edges.length < 2) return edges.map(writeEdge).join(" ");
  const next = edges.flatMap((edge) => (edge.kind === "next" ? [edge.to] : []));
  const rest = edges.filter((edge) => edge.kind !== "next").map(writeEdge);
  return [...toRanges(next).map((range) => `n${writeRange(range)}`), ...rest].join(" ");
}

function writeEdge(edge: Edge): string {
  switch (edge.kind) {
    case "next":
      return edge.ahead === undefined ? `n${edge.to}` : `p${edge.to}-${edge.ahead}`;
    case "slot":
      return `j${edge.join}`;
    case "gate":
      return `g${edge.join}`;
    case "forward":
      return `f${edge.to}`;
    case "success":
      return `s${writeIndices(edge.roots, ",")}:${edge.from}-${edge.until}`;
    case "failure":
      return `e${writeIndices(edge.roots, ",")}:${edge.from}-${edge.until}`;
  }
}

/** Text -> edges. */
export function readEdges(text: string): Edge[] {
  return text === "" ? [] : text.split(" ").flatMap(readEdge);
}

function readEdge(token: string): Edge[] {
  const kind = token[0];
  const rest = token.slice(1);
  if (kind === "n") return readIndices(rest).map((to) => ({ kind: "next", to }));
  if (kind === "p") return readRanges(rest).map(([to, ahead]) => ({ kind: "next", to, ahead }));
  if (kind === "j") return [{ kind: "slot", join: +rest }];
  if (kind === "g") return [{ kind: "gate", join: +rest }];
  if (kind === "f") return [{ kind: "forward", to: +rest }];
  if (kind === "s" || kind === "e") {
    const [roots = "", range = ""] = rest.split(":");
    const [from = "", until = ""] = range.split("-");
    return [{ kind: kind === "s" ? "success" : "failure", roots: readIndices(roots, ","), from: +from, until: +until }];
  }
  throw new SyntaxError(`an edge starts with one of n p j g f s e, but this is "${token}"`);
}

/** Indices -> ranges, for example [0, 1, 2, 7] -> "0-2 7". Order is kept. */
export function writeIndices(indices: readonly NodeIndex[], separator = " "): string {
  return toRanges(indices).map(writeRange).join(separator);
}

/** "0-2 7" -> [0, 1, 2, 7]. */
export function readIndices(text: string, separator = " "): NodeIndex[] {
  return readRanges(text, separator).flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i),
  );
}

/** "0-2 7" -> [[0, 2], [7, 7]]. */
export function readRanges(text: string, separator = " "): NodeRange[] {
  if (text === "") return [];
  return text.split(separator).map((part) => {
    const [first = "", last = first] = part.split("-");
    return [+first, +last] as const;
  });
}

/** Ranges -> text. */
export function writeRanges(ranges: readonly NodeRange[]): string {
  return ranges.map(writeRange).join(" ");
}

function writeRange([first, last]: NodeRange): string {
  return first === last ? `${first}` : `${first}-${last}`;
}

/** Neighbours that count up by one become a range. */
export function toRanges(indices: readonly NodeIndex[]): NodeRange[] {
  const ranges: [NodeIndex, NodeIndex][] = [];
  for (const index of indices) {
    const last = ranges.at(-1);
    if (last && last[1] + 1 === index) last[1] = index;
    else ranges.push([index, index]);
  }
  return ranges;
}

/** Join -> its text. */
export function writeJoin(join: JoinNode): string {
  const routing = `join ${join.policy} ${join.count} ${join.from} ${join.until}`;
  const header = JSON.stringify({ path: join.path, ...(join.id !== undefined && { id: join.id }) });
  return `${routing}\n${writeEdges(join.edges)}\n${writeRanges(join.members)}\n${header}`;
}

/** An outcome's first line, taken apart. Times in ms since the epoch; undefined where nobody knows. */
export interface OutcomeMeta {
  readonly state: Extract<TaskState, "SUCCESS" | "FAILURE" | "REVOKED">;
  readonly submitted?: number | undefined;
  readonly started?: number | undefined;
  readonly finished?: number | undefined;
  readonly attempt?: number | undefined;
  readonly worker?: string | undefined;
  readonly task?: string | undefined;
  /** The span of its last attempt, as `traceparent`; kept for members of joins, where somebody traces. */
  readonly trace?: string | undefined;
}

/** An outcome, taken apart; `value` is still text. */
export interface Outcome extends OutcomeMeta {
  readonly value: string;
  readonly stamps?: Stamps | undefined;
}

/** Outcome -> its text. */
export function writeOutcome(outcome: Outcome): OutcomeText {
  const { state, submitted, attempt = "-", worker = "-", task = "-" } = outcome;
  const [started, finished] = [since(submitted, outcome.started), since(submitted, outcome.finished)];
  const trace = outcome.trace === undefined ? "" : ` ${outcome.trace}`;
  const text = `${state} ${submitted ?? "-"} ${started} ${finished} ${attempt} ${worker} ${task}${trace}\n${outcome.value}`;
  return outcome.stamps ? `${text}\n${JSON.stringify(outcome.stamps)}` : text;
}

/** A moment, by what has passed since another, where that comes before it: clocks differ. */
function since(start: number | undefined, moment: number | undefined): string | number {
  if (moment === undefined) return "-";
  return start !== undefined && moment >= start ? `+${moment - start}` : moment;
}

/** Text -> outcome. */
export function readOutcome(text: OutcomeText): Outcome {
  const [meta = "", value = "", stamps] = text.split("\n");
  const [state, submitted, started, finished, attempt, worker, task, trace] = meta.split(" ");
  return {
    state: state as OutcomeMeta["state"],
    submitted: known(submitted),
    started: momentOf(started, submitted),
    finished: momentOf(finished, submitted),
    attempt: known(attempt),
    worker: worker === "-" ? undefined : worker,
    task: task === "-" ? undefined : task,
    ...(trace !== undefined && { trace }),
    value,
    ...(stamps !== undefined && { stamps: JSON.parse(stamps) as Stamps }),
  };
}

/** Text -> the parts of an outcome that a value is read from: of a list's thousands of members, no others are wanted. */
export function readEnd(text: OutcomeText): Pick<Outcome, "state" | "value"> {
  const meta = text.indexOf("\n");
  const end = text.indexOf("\n", meta + 1);
  return {
    state: text.slice(0, text.indexOf(" ")) as OutcomeMeta["state"],
    value: meta < 0 ? "" : text.slice(meta + 1, end < 0 ? undefined : end),
  };
}

function momentOf(word: string | undefined, start: string | undefined): number | undefined {
  return word?.startsWith("+") ? Number(start) + Number(word) : known(word);
}

function known(word: string | undefined): number | undefined {
  return word === undefined || word === "-" ? undefined : +word;
}

const RUN_SEPARATOR = "~";

/** A node's own id: that of its run where it is the run's result, else the run's and its place. */
export function nodeId(run: string, index: NodeIndex, result: NodeIndex): string {
  return index === result ? run : `${run}${RUN_SEPARATOR}${index}`;
}

/** The run and place in an id that tqc made; a run's own id has no place. */
export function splitId(id: string): { readonly run: string; readonly index?: NodeIndex } {
  const at = id.lastIndexOf(RUN_SEPARATOR);
  return at < 0 ? { run: id } : { run: id.slice(0, at), index: +id.slice(at + 1) };
}
