/**
 * One attempt: a leased call goes in, a move comes out. A straight line of named steps; whatever a task does, and
 * whatever a message holds, it ends in a value, and nothing is thrown past it.
 */
import { Attempt, type Host } from "./attempt/attempt.js";
import { callTask } from "./attempt/call.js";
import { judge, toError } from "./attempt/failure.js";
import { misfit, unfitResult } from "./attempt/fit.js";
import { argumentsOf } from "./attempt/given.js";
import { fingerprintOf, type KnownTasks } from "./attempt/known.js";
import { failed, postponed, released, retried, setAside, succeeded } from "./attempt/moves.js";
import { replaced } from "./attempt/replace.js";
import { endingOf, reportEnd } from "./attempt/report.js";
import { ReplaceRequest } from "./attempt/requests.js";
import type { AsideReason, Claim, Move } from "./broker.js";
import { encode } from "./codec.js";
import { serializeError } from "./error-record.js";
import { CodecError, ResultExpiredError } from "./errors.js";
import { type Message, readMessage } from "./wire.js";

/** How long a call waits at the broker when what it needs could not be read. */
const PAUSE = 1_000;

/** Reads a claim: an attempt that can be performed, or the move that sets it aside. */
export function open(claim: Claim, host: Host, tasks: KnownTasks): Attempt | Move {
  const message = read(claim);
  if (message === undefined) return setAside(claim, { task: "", reason: "undecodable" });
  const task = tasks.find(message.header.task);
  if (task) return new Attempt(host, claim, message, task);
  return setAside(claim, { task: message.header.task, reason: "unknown-task" });
}

function read({ text }: Claim): Message | undefined {
  try {
    return readMessage(text);
  } catch {
    return undefined;
  }
}

/** Performs an attempt. Never rejects. */
export async function perform(attempt: Attempt): Promise<Move> {
  const prepared = await prepare(attempt);
  if (!Array.isArray(prepared)) return prepared as Move;
  return run(attempt, prepared);
}

/** Everything before the task itself: may it run now, and with what? */
async function prepare(attempt: Attempt): Promise<Move | readonly unknown[]> {
  try {
    if (isExpired(attempt)) return end(attempt, failed(attempt, { kind: "expired" }));
    const wait = attempt.task.rate ? await turn(attempt) : 0;
    if (wait > 0) return postponed(attempt, wait);
    const placed = argumentsOf(attempt);
    const args = placed instanceof Promise ? await placed : placed;
    const refused = misfit(attempt, args);
    return refused ? end(attempt, refused) : args;
  } catch (error) {
    return unprepared(attempt, error);
  }
}

function isExpired({ message, started }: Attempt): boolean {
  const { expires } = message.header;
  return expires !== undefined && expires <= started;
}

/** Milliseconds until the task's rate limit lets it run; 0 for now. */
async function turn({ task, message, host }: Attempt): Promise<number> {
  return task.rate && !message.header.admitted ? host.broker.throttle(task.name, task.rate) : 0;
}

/** What cannot be read here may be readable elsewhere; what is gone is a failure; a broker that is away comes back. */
function unprepared(attempt: Attempt, error: unknown): Move {
  const { task } = attempt;
  if (error instanceof CodecError) return refuse(attempt, "undecodable");
  if (error instanceof ResultExpiredError) return fail(attempt, error, "failed");
  attempt.host.logger?.warn({ task: task.name, id: attempt.id, err: error }, `${task.name} could not be prepared`);
  return released(attempt, PAUSE);
}

function refuse(attempt: Attempt, reason: AsideReason): Move {
  const { task, message } = attempt;
  return end(
    attempt,
    setAside(attempt, { task: message.header.task, reason, refusedBy: fingerprintOf(task.contract) }),
  );
}

async function run(attempt: Attempt, args: readonly unknown[]): Promise<Move> {
  try {
    const value = await callTask(attempt, args);
    return attempt.revoked ? revoked(attempt) : succeed(attempt, value);
  } catch (thrown) {
    if (attempt.revoked) return revoked(attempt);
    return thrown instanceof ReplaceRequest ? replace(attempt, thrown) : judged(attempt, thrown);
  }
}

/** A value that does not fit its declared type, or cannot travel, is a failure of the task. */
function succeed(attempt: Attempt, value: unknown): Move {
  try {
    const unfit = unfitResult(attempt, value);
    return unfit ? fail(attempt, unfit, "invalid") : end(attempt, succeeded(attempt, encode(value)));
  } catch (error) {
    return fail(attempt, toError(error), "invalid");
  }
}

async function replace(attempt: Attempt, { replacement }: ReplaceRequest): Promise<Move> {
  try {
    return end(attempt, await replaced(attempt, replacement));
  } catch (error) {
    return judged(attempt, error);
  }
}

function judged(attempt: Attempt, thrown: unknown): Move {
  const { kind, error, again } = judge(attempt, thrown);
  return again === undefined ? fail(attempt, error, kind) : end(attempt, retried(attempt, again), error);
}

function revoked(attempt: Attempt): Move {
  return end(attempt, failed(attempt, { kind: "revoked" }));
}

function fail(attempt: Attempt, error: Error, kind: "failed" | "timeLimit" | "invalid"): Move {
  return end(attempt, failed(attempt, { kind, error: serializeError(error) }), error);
}

function end(attempt: Attempt, move: Move, error?: Error): Move {
  reportEnd(attempt, endingOf(move), error);
  return move;
}
