/** Whether what a task is given and gives fits its contract. */
import type { Move } from "../broker.js";
import { serializeError } from "../codec/error-record.js";
import { InvalidArgumentsError } from "../errors.js";
import { checkArguments, checkResult } from "../schema/validator.js";
import type { Attempt } from "./attempt.js";
import { argumentsPerCall } from "./call.js";
import { toError } from "./failure.js";
import { failed, setAside } from "./moves.js";

/**
 * The move for a call whose arguments do not fit; undefined where they do. A message made with this very contract was
 * checked before it was sent. One made with another contract may fit another worker; one made with none is wrong anywhere.
 */
export function misfit(attempt: Attempt, args: readonly unknown[]): Move | undefined {
  const { task, message, host } = attempt;
  const { contract } = task;
  const { fingerprint } = message.header;
  const isTheirs = fingerprint === contract?.fingerprint;
  // Where messages are signed, what the node is given is all that is not.
  if (!contract || (isTheirs && !(host.ring && message.given !== undefined))) return undefined;
  const error = unfitArguments(attempt, args);
  if (!error) return undefined;
  // Nothing was found out about the arguments: this process cannot check them.
  if (!(error instanceof InvalidArgumentsError)) {
    return failed(attempt, { kind: "failed", error: serializeError(error) });
  }
  if (fingerprint === undefined || isTheirs) return failed(attempt, { kind: "invalid", error: serializeError(error) });
  return setAside(attempt, { task: message.header.task, reason: "incompatible", refusedBy: task.print });
}

function unfitArguments(attempt: Attempt, args: readonly unknown[]): Error | undefined {
  const { contract } = attempt.task;
  try {
    for (const each of argumentsPerCall(attempt, args)) if (contract) checkArguments(contract, each);
    return undefined;
  } catch (error) {
    return toError(error);
  }
}

/** Why a result does not fit its declared type; undefined where it does, or where nobody asked. */
export function unfitResult({ host, task, message }: Attempt, value: unknown): Error | undefined {
  const { contract } = task;
  if (!host.validateResults || !contract) return undefined;
  const results = message.header.mode === undefined ? [value] : (value as readonly unknown[]);
  try {
    for (const each of results) checkResult(contract, each);
    return undefined;
  } catch (error) {
    return toError(error);
  }
}
