/** The ends an attempt can come to, as moves for the broker. */
import type { AsideReason, Claim, Move } from "../broker.js";
import { type CallHeader, DEFAULT_KEEP, type FailureKind, type FailureRecord } from "../messages.js";
import { type OutcomeMeta, writeMessage, writeOutcome } from "../wire.js";
import type { Attempt } from "./attempt.js";

/** Longer values go to the next node by reference. */
const INLINE_LIMIT = 4_096;

type Settle = Extract<Move, { kind: "settle" }>;

/** It succeeded with this value, as codec text. */
export function succeeded(attempt: Attempt, text: string): Settle {
  const { message, task } = attempt;
  const ignored = message.header.options?.ignoreResult ?? task.ignoreResult;
  const flows = message.edges !== "";
  // Ignored means not kept for readers; what follows in the canvas is still given it.
  const stored = ignored ? (flows ? `!${text}` : "!") : text;
  return settle(attempt, {
    state: "SUCCESS",
    value: stored,
    ...(flows && text.length <= INLINE_LIMIT && { given: text }),
  });
}

/** It has finally failed, or was not allowed to run. */
export function failed(attempt: Attempt, failure: Pick<FailureRecord, "kind" | "error">): Settle {
  const { id, task, message } = attempt;
  const { path = "" } = message.header;
  const record: FailureRecord = { ...failure, taskId: id, task: task.name, path };
  return settle(attempt, { state: stateOf(failure.kind), value: JSON.stringify(record) });
}

function stateOf(kind: FailureKind): OutcomeMeta["state"] {
  switch (kind) {
    case "revoked":
    case "expired":
    case "cancelled":
      return "REVOKED";
    case "failed":
    case "timeLimit":
    case "invalid":
    case "lost":
      return "FAILURE";
  }
}

interface End {
  readonly state: OutcomeMeta["state"];
  /** The outcome's second line. */
  readonly value: string;
  /** What the next node is given, where that goes by value. */
  readonly given?: string;
}

function settle(attempt: Attempt, { state, value, given }: End): Settle {
  const { ticket, message, started, host, number, task } = attempt;
  const { run, index, edges, header } = message;
  const { submitted, stamps, lone } = header;
  const outcome = writeOutcome({
    state,
    submitted,
    started,
    finished: host.clock.now(),
    attempt: number,
    worker: host.worker,
    task: task.name,
    trace: traceOf(attempt),
    value,
    stamps,
  });
  if (lone) return { kind: "settle", ticket, run, index, edges, outcome, lone: loneOf(header) };
  if (given === undefined) return { kind: "settle", ticket, run, index, edges, outcome };
  return { kind: "settle", ticket, run, index, edges, outcome, given };
}

/** Its span, where a join hands its outcome on: for the links of what follows. */
function traceOf({ traceparent, message }: Attempt): string | undefined {
  return traceparent !== undefined && /(^| )j/.test(message.edges) ? traceparent : undefined;
}

/** Whom a run of one call tells, and how long it is kept. */
export function loneOf({ reply, keep = DEFAULT_KEEP }: CallHeader): { readonly reply: string; readonly keep: number } {
  // A header may have been written by anybody, and these words go into a script.
  const isName = typeof reply === "string" && /^\S*$/.test(reply);
  return { reply: isName ? reply : "", keep: Number.isSafeInteger(keep) ? Number(keep) : 0 };
}

/** It failed and is tried again, one attempt on. */
export function retried(attempt: Attempt, delay: number): Move {
  const { admitted: _, ...header } = attempt.message.header;
  const text = writeMessage({ ...attempt.message, header: { ...header, attempt: attempt.number + 1 } });
  return { kind: "retry", ticket: attempt.ticket, text, delay };
}

/** It goes back unspent, as it came, to be claimed again after `delay` ms. */
export function released({ ticket, text }: Claim, delay = 0): Move {
  return { kind: "release", ticket, text, delay };
}

/** Its rate limit has given it a turn `delay` ms from now. */
export function postponed(attempt: Attempt, delay: number): Move {
  const { message, ticket } = attempt;
  const text = writeMessage({ ...message, header: { ...message.header, admitted: true } });
  return { kind: "release", ticket, text, delay };
}

/** This worker cannot run it; another may. */
export function setAside(claim: Claim, refusal: { task: string; reason: AsideReason; refusedBy?: string }): Move {
  const { task, reason, refusedBy = "" } = refusal;
  return { kind: "setAside", ticket: claim.ticket, text: claim.text, task, reason, refusedBy };
}
