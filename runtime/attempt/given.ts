/** What a call is given by the nodes before it: a value in the message, a value or list to be read, or a failure. */
import { decode } from "../codec/codec.js";
import { ResultExpiredError, type TaskFailure } from "../errors.js";
import type { NodeIndex } from "../messages.js";
import { readShape } from "../plan/shape.js";
import { taskFailure } from "../result/failure.js";
import { type OutcomeSource, readValue, traceFailure } from "../result/outcomes.js";
import { nodeId, readOutcome } from "../wire.js";
import type { Attempt } from "./attempt.js";
import { failuresBefore } from "./others.js";

/** Whether the given text only points to what was given, which then has to be read. */
export function isReference(given: string): boolean {
  return given.startsWith("&") || given.startsWith("!");
}

/** Reads what a reference points to. */
export async function readGiven(attempt: Attempt, reference: string): Promise<unknown> {
  const node = Number(reference.slice(1));
  return reference.startsWith("!") ? readFailure(attempt, node) : readNode(attempt, node);
}

async function readNode(attempt: Attempt, node: NodeIndex): Promise<unknown> {
  const source = sourceOf(attempt);
  const outcome = await readOne(source, node);
  return readValue(outcome, attempt.host.tracer ? noting(attempt, source) : source, "flowing");
}

/** Notes the spans of the members that a join's value is made of. */
function noting(attempt: Attempt, source: OutcomeSource): OutcomeSource {
  return {
    ...source,
    async read(nodes) {
      const texts = await source.read(nodes);
      const traces = texts.flatMap((text) => (text === undefined ? [] : (readOutcome(text).trace ?? [])));
      attempt.sources = [...(attempt.sources ?? []), ...traces];
      return texts;
    },
  };
}

async function readFailure(attempt: Attempt, node: NodeIndex): Promise<TaskFailure> {
  const source = sourceOf(attempt);
  const outcome = await readOne(source, node);
  const { failure, origin } = await traceFailure(node, outcome, source);
  if (origin === node) return taskFailure(failure);
  const others: TaskFailure[] = [];
  for (const index of await failuresBefore({ node, origin, run: source.run, broker: attempt.host.broker })) {
    const other = await traceFailure(index, await readOne(source, index), source);
    others.push(taskFailure(other.failure));
  }
  return taskFailure(failure, others);
}

async function readOne(source: OutcomeSource, node: NodeIndex) {
  const [text] = await source.read([node]);
  if (text !== undefined) return readOutcome(text);
  throw new ResultExpiredError(
    `the result of node ${node} of run ${source.run} expired before the next step ran; keep it longer with resultExpires`,
  );
}

function sourceOf({ message: { run }, host: { broker } }: Attempt): OutcomeSource {
  return {
    run,
    read: (nodes) => broker.read(run, nodes),
    async describe(index) {
      const record = await broker.inspect(run);
      const node = record?.shape === undefined ? undefined : readShape(record.shape).get(index);
      return {
        taskId: node?.id ?? nodeId(run, index, record?.result ?? 0),
        task: node?.kind === "call" ? node.task : "",
        path: node?.path ?? "",
      };
    },
  };
}

/** The arguments of the call: what it is given stands in front of what is bound, or where it was left open. */
export function argumentsOf(attempt: Attempt): readonly unknown[] | Promise<readonly unknown[]> {
  const { header, args, given } = attempt.message;
  const bound = decode(args) as readonly unknown[];
  if (given === undefined || header.immutable) return bound;
  if (isReference(given)) return readGiven(attempt, given).then((value) => place(value, bound, header.open));
  return place(decode(given), bound, header.open);
}

function place(value: unknown, bound: readonly unknown[], open: readonly number[] | undefined): readonly unknown[] {
  const at = open?.[0];
  return at === undefined ? [value, ...bound] : Object.assign([...bound], { [at]: value });
}
