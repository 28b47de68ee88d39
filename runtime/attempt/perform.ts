/**
 * One attempt: a leased call goes in, a move comes out. A straight line of named steps; whatever a task does, and
 * whatever a message holds, it ends in a value, and nothing is thrown past it.
 */

import type { AsideReason, Claim, Move } from "../broker.js";
import { encode } from "../codec/codec.js";
import { serializeError } from "../codec/error-record.js";
import { CodecError, ResultExpiredError } from "../errors.js";
import { type Message, readMessage } from "../wire.js";
import type { Refusal } from "./aside.js";
import { Attempt, type Host, idOf } from "./attempt.js";
import { callTask } from "./call.js";
import { judge, toError } from "./failure.js";
import { misfit, unfitResult } from "./fit.js";
import { argumentsOf } from "./given.js";
import type { KnownTasks } from "./known.js";
import { isExpired } from "./limits.js";
import { failed, postponed, released, retried, setAside, succeeded } from "./moves.js";
import { replaced } from "./replace.js";
import { reportEnd } from "./report.js";
import { ReplaceRequest, TooLate } from "./requests.js";
import { traceAttempt } from "./tracing.js";

/** How long a call waits at the broker when what it needs could not be read. */
const PAUSE = 1_000;

/** Reads a claim: an attempt that can be performed, or the move that sets it aside. */
export function open(claim: Claim, host: Host, tasks: KnownTasks): Attempt | Move {
  const message = read(claim);
  if (message === undefined) return refused(claim, host, { task: "", reason: "undecodable" });
  const task = tasks.find(message.header.task);
  if (host.ring && !host.ring.verifies(message)) {
    const found = foundUnsigned(message);
    return refused(claim, host, { ...about(message), reason: "unsigned", found, refusedBy: task?.print ?? "" });
  }
  if (task) return new Attempt(host, claim, message, task);
  return refused(claim, host, { ...about(message), reason: "unknown-task" });
}

function about(message: Message): Pick<Refusal, "task" | "id" | "fields"> {
  const { run, index, header } = message;
  return { task: header.task, id: idOf(message), fields: { runId: run, node: index } };
}

/** Nobody with a key made this message as it is. It may be an attack, or a producer without keys. */
function foundUnsigned({ header }: Message): string {
  return header.signature === undefined ? "it is not signed" : "it is not what its signature was made for";
}

function refused(claim: Claim, host: Host, refusal: Refusal & { readonly refusedBy?: string }): Move {
  host.aside?.tell(refusal);
  return setAside(claim, refusal);
}

function read({ text }: Claim): Message | undefined {
  try {
    return readMessage(text);
  } catch {
    return undefined;
  }
}

/**
 * Performs an attempt: its move, or a promise of it where something has to be waited for. Never throws, never rejects. A
 * task that gives its value at once costs no promise: with `currentTask()` in use, Node runs hooks for each.
 */
export function perform(attempt: Attempt): Move | Promise<Move> {
  const { tracer } = attempt.host;
  if (tracer) return traceAttempt(tracer, attempt, () => conduct(attempt)).catch(() => released(attempt));
  return conduct(attempt);
}

function conduct(attempt: Attempt): Move | Promise<Move> {
  try {
    const prepared = prepare(attempt);
    const move = prepared instanceof Promise ? prepared.then((ready) => go(attempt, ready)) : go(attempt, prepared);
    return move instanceof Promise ? move.catch(() => released(attempt)) : move;
  } catch {
    return released(attempt);
  }
}

/** The arguments to run with, or the move for an attempt that is not to run. */
type Prepared = Move | readonly unknown[];

function go(attempt: Attempt, prepared: Prepared): Move | Promise<Move> {
  return Array.isArray(prepared) ? run(attempt, prepared) : (prepared as Move);
}

/** Everything before the task itself: may it run now, and with what? Waits only where the broker has to be asked. */
function prepare(attempt: Attempt): Prepared | Promise<Prepared> {
  try {
    if (isExpired(attempt)) return expired(attempt);
    const placed = attempt.task.rate ? undefined : argumentsOf(attempt);
    return placed === undefined || placed instanceof Promise ? ask(attempt, placed) : fitted(attempt, placed);
  } catch (error) {
    return unprepared(attempt, error);
  }
}

async function ask(attempt: Attempt, reading: Promise<readonly unknown[]> | undefined): Promise<Prepared> {
  try {
    const wait = await turn(attempt);
    if (wait > 0) return postponed(attempt, wait);
    const args = await (reading ?? argumentsOf(attempt));
    // What was to be asked may have taken long.
    return isExpired(attempt) ? expired(attempt) : fitted(attempt, args);
  } catch (error) {
    return unprepared(attempt, error);
  }
}

function fitted(attempt: Attempt, args: readonly unknown[]): Prepared {
  const refused = misfit(attempt, args);
  return refused ? end(attempt, refused) : args;
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
  return end(attempt, setAside(attempt, { task: message.header.task, reason, refusedBy: task.print }));
}

function run(attempt: Attempt, args: readonly unknown[]): Move | Promise<Move> {
  try {
    const value = callTask(attempt, args);
    return isThenable(value) ? settled(attempt, value) : returned(attempt, value);
  } catch (thrown) {
    return threw(attempt, thrown);
  }
}

async function settled(attempt: Attempt, value: PromiseLike<unknown>): Promise<Move> {
  try {
    return returned(attempt, await value);
  } catch (thrown) {
    return threw(attempt, thrown);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

function returned(attempt: Attempt, value: unknown): Move {
  return attempt.revoked ? revoked(attempt) : succeed(attempt, value);
}

function threw(attempt: Attempt, thrown: unknown): Move | Promise<Move> {
  if (attempt.revoked) return revoked(attempt);
  if (thrown instanceof TooLate) return expired(attempt);
  return thrown instanceof ReplaceRequest ? replace(attempt, thrown) : judged(attempt, thrown);
}

/** A value that does not fit its declared type, or cannot travel, is a failure of the task. */
function succeed(attempt: Attempt, value: unknown): Move {
  try {
    const unfit = unfitResult(attempt, value);
    return unfit ? fail(attempt, unfit, "failed") : end(attempt, succeeded(attempt, encode(value)));
  } catch (error) {
    return fail(attempt, toError(error), "failed");
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

function expired(attempt: Attempt): Move {
  return end(attempt, failed(attempt, { kind: "expired" }));
}

function revoked(attempt: Attempt): Move {
  return end(attempt, failed(attempt, { kind: "revoked" }));
}

function fail(attempt: Attempt, error: Error, kind: "failed" | "timeLimit"): Move {
  return end(attempt, failed(attempt, { kind, error: serializeError(error) }), error);
}

function end(attempt: Attempt, move: Move, error?: Error): Move {
  if (error) attempt.error = error;
  if (attempt.host.logger) reportEnd(attempt, move, error);
  return move;
}
