/** Outcome texts -> values and failures. Lists are read member by member in slices, failures are traced to their origin. */
import { decode } from "../codec/codec.js";
import { CodecError, ResultExpiredError, type TaskFailure } from "../errors.js";
import type { FailureKind, FailureRecord, NodeIndex, OutcomeText } from "../messages.js";
import { type Outcome, readEnd, readIndices, readOutcome } from "../wire.js";
import { type Failure, taskFailure } from "./failure.js";

/** One run, as far as reading its outcomes goes. */
export interface OutcomeSource {
  readonly run: string;
  /** Outcomes in the order asked for; at most {@link SLICE} at once. */
  read(nodes: readonly NodeIndex[]): Promise<readonly (OutcomeText | undefined)[]>;
  /** What is known of a node besides its outcome. */
  describe(index: NodeIndex): Promise<NodeFacts>;
}

/** Who a node is. */
export interface NodeFacts {
  readonly taskId: string;
  readonly task: string;
  readonly path: string;
}

/** What becomes of values that were to be ignored: readers see undefined, the next step gets them. */
export type Ignored = "hidden" | "flowing";

/** How many outcomes are asked for at once. */
export const SLICE = 1_000;

/** A settled member of a chord. */
export type SettledOutcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: TaskFailure };

/** One reading of one value: from where, how, and the nodes below it that are lists themselves. */
interface Reading {
  readonly source: OutcomeSource;
  readonly ignored: Ignored;
  readonly lists: Set<NodeIndex>;
}

/** The value of an outcome that is SUCCESS. */
export async function readValue(
  { value }: Pick<Outcome, "value">,
  source: OutcomeSource,
  ignored: Ignored,
): Promise<unknown> {
  return valueIn(value, { source, ignored, lists: new Set() });
}

/** A promise only where more has to be read: most members of most lists are plain values. */
function valueIn(value: string, reading: Reading): unknown {
  if (value.startsWith("@settle")) return readSettled(readIndices(value.slice("@settle ".length)), reading);
  if (value.startsWith("@")) return readMembers(readIndices(value.slice(1)), reading);
  if (value.startsWith("!")) return reading.ignored === "hidden" ? undefined : decode(value.slice(1));
  return decode(value);
}

/** The value of a node in a list. Every node is in one list at most: one that is met again has been forged, and may hold itself. */
function memberValue(node: NodeIndex, value: string, reading: Reading): unknown {
  if (value.startsWith("@")) {
    if (reading.lists.has(node)) {
      throw new CodecError(`the result of run ${reading.source.run} lists node ${node} twice: it may hold itself`);
    }
    reading.lists.add(node);
  }
  return valueIn(value, reading);
}

async function readMembers(members: readonly NodeIndex[], reading: Reading): Promise<unknown[]> {
  const texts = await readPresent(members, reading.source);
  const values = members.map((node, i) => memberValue(node, readEnd(texts[i]!).value, reading));
  return values.some((value) => value instanceof Promise) ? Promise.all(values) : values;
}

async function readSettled(members: readonly NodeIndex[], reading: Reading): Promise<SettledOutcome[]> {
  const texts = await readPresent(members, reading.source);
  return Promise.all(
    members.map(async (node, i): Promise<SettledOutcome> => {
      const outcome = readOutcome(texts[i]!);
      if (outcome.state === "SUCCESS") return { ok: true, value: await memberValue(node, outcome.value, reading) };
      const { failure } = await traceFailure(node, outcome, reading.source);
      return { ok: false, error: taskFailure(failure) };
    }),
  );
}

/** Outcomes of nodes that have ended. */
async function readPresent(nodes: readonly NodeIndex[], source: OutcomeSource): Promise<OutcomeText[]> {
  const texts = await readInSlices(nodes, source);
  return nodes.map((node, i) => present(texts[i], node, source));
}

/** Outcomes in the order asked for, however many; undefined for what has not ended. All slices are under way at once. */
export async function readInSlices(
  nodes: readonly NodeIndex[],
  source: Pick<OutcomeSource, "read">,
): Promise<(OutcomeText | undefined)[]> {
  const slices = Array.from({ length: Math.ceil(nodes.length / SLICE) }, (_, i) =>
    source.read(nodes.slice(i * SLICE, (i + 1) * SLICE)),
  );
  return (await Promise.all(slices)).flat();
}

function present(text: OutcomeText | undefined, node: NodeIndex, { run }: OutcomeSource): OutcomeText {
  if (text !== undefined) return text;
  throw new ResultExpiredError(
    `the result of node ${node} of run ${run} is gone: it has expired, was forgotten, or was lost in a crash of Redis; keep it longer with resultExpires`,
  );
}

/** The failure behind a node that has failed, and the node where it happened. */
export async function traceFailure(
  index: NodeIndex,
  outcome: Outcome,
  source: OutcomeSource,
): Promise<{ readonly failure: Failure; readonly origin: NodeIndex }> {
  let [origin, { value, task }] = [index, outcome];
  const seen = new Set<NodeIndex>();
  while (value.startsWith("&")) {
    origin = Number(value.slice(1).split(" ")[0]);
    if (seen.has(origin))
      throw new CodecError(`the failure of node ${index} of run ${source.run} leads back to itself`);
    seen.add(origin);
    const [text] = await source.read([origin]);
    ({ value, task } = readOutcome(present(text, origin, source)));
  }
  return { failure: await complete(recordOf(value), { index: origin, task }, source), origin };
}

function recordOf(value: string): FailureRecord {
  return value.startsWith("%") ? { kind: value.slice(1) as FailureKind } : (JSON.parse(value) as FailureRecord);
}

/** Scripts write a failure's kind and no more; the rest is known from the run. */
async function complete(
  record: FailureRecord,
  node: { readonly index: NodeIndex; readonly task: string | undefined },
  source: OutcomeSource,
): Promise<Failure> {
  const { taskId, task, path } = record;
  if (taskId !== undefined && task !== undefined && path !== undefined) return { ...record, taskId, task, path };
  const facts = await source.describe(node.index);
  return {
    ...record,
    taskId: taskId ?? facts.taskId,
    task: task ?? node.task ?? facts.task,
    path: path ?? facts.path,
  };
}
