/** What a broker reads of a text without taking it apart. */
import type { BrokerEvent, DelayReason } from "../broker.js";
import type { CallHeader, MessageText, NodeIndex, OutcomeText } from "../messages.js";

/** A message's first line. */
export interface Routing {
  readonly run: string;
  readonly index: NodeIndex;
  readonly queue: string;
  readonly priority: number;
  readonly delay: number;
}

/** Message -> where it belongs and where it goes. */
export function readRouting(text: MessageText): Routing {
  const [run = "", index, queue = "default", priority, delay] = lineOf(text, 0).split(" ");
  return { run, index: Number(index), queue, priority: Number(priority), delay: Number(delay) };
}

/** The edges of a message or a join: its second line. */
export function edgesOf(text: string): string {
  return lineOf(text, 1);
}

/** What readers are told of a message that waits or is held. */
export interface Glimpse {
  readonly task: string;
  /** Failed attempts so far. */
  readonly attempt: number;
  /** Milliseconds since the epoch; undefined where the header cannot be read. */
  readonly submitted: number | undefined;
  /** A rate limit has given it its turn. */
  readonly admitted: boolean;
}

/** Message -> what its header says; of a header that cannot be read, next to nothing. */
export function glimpse(text: MessageText): Glimpse {
  const { task = "", attempt = 0, submitted, admitted = false } = readHeader(lineOf(text, 2));
  return { task, attempt, submitted, admitted };
}

function readHeader(line: string): Partial<CallHeader> {
  try {
    return JSON.parse(line) as CallHeader;
  } catch {
    return {};
  }
}

/** Why a message waits for a time. */
export function delayReason(text: MessageText): DelayReason {
  const { attempt, admitted } = glimpse(text);
  if (admitted) return "rate-limit";
  if (attempt > 0) return "retry";
  return readRouting(text).delay > 0 ? "countdown" : "pause";
}

/** A message without what it is called with: its first three lines. */
export function headOf(text: MessageText): string {
  return text.split("\n", 3).join("\n");
}

/** A line of a text, empty where it has fewer. */
export function lineOf(text: string, line: number): string {
  let from = 0;
  for (let i = 0; i < line; i++) {
    const end = text.indexOf("\n", from);
    if (end < 0) return "";
    from = end + 1;
  }
  const end = text.indexOf("\n", from);
  return end < 0 ? text.slice(from) : text.slice(from, end);
}

/** Whether the text of a waiting node is a join's. */
export function isJoin(text: string): boolean {
  return text.startsWith("join ");
}

/** Whether an outcome is a success. */
export function isSuccess(outcome: OutcomeText): boolean {
  return outcome.startsWith("SUCCESS ");
}

/** What a dependant of a failed node is told: the node where the failure was first stored, and what it came through. */
export interface Cause {
  readonly origin: NodeIndex;
  readonly through: "edge" | "join";
}

/** The cause that the failed node `index` passes on. */
export function causeOf(index: NodeIndex, outcome: OutcomeText): Cause {
  const [, origin, through] = /^&(\d+) (edge|join)/.exec(lineOf(outcome, 1)) ?? [];
  if (origin === undefined) return { origin: index, through: "edge" };
  return { origin: Number(origin), through: through === "join" ? "join" : "edge" };
}

/** An outcome that a broker itself writes. */
export function brokerOutcome(state: "SUCCESS" | "FAILURE" | "REVOKED", now: number, value: string): OutcomeText {
  return `${state} - - ${now} - - -\n${value}`;
}

/** A node's name in keys that hold nodes of many runs. */
export function nodeKey(run: string, index: NodeIndex): string {
  return `${run} ${index}`;
}

/** Outcomes of fewer characters travel with their notice; others are read. */
const LARGEST_NOTICE = 8192;

/** What is told of a node's end. */
export function noticeOf(run: string, index: NodeIndex, outcome: OutcomeText): BrokerEvent {
  return { kind: "outcome", run, index, ...(outcome.length < LARGEST_NOTICE && { outcome }) };
}
