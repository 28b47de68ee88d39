/** Plans by hand: small builders of the texts a broker moves. */
import type { Claim, ExchangeReply, Move, ReadyNode, Submission } from "../../runtime/broker.js";
import type { JoinPolicy, NodeIndex } from "../../runtime/messages.js";
import { readMessage, writeOutcome } from "../../runtime/wire.js";

/** What a test says of a call; the rest has defaults. */
export interface CallParts {
  readonly edges?: string;
  readonly queue?: string;
  readonly priority?: number;
  readonly delay?: number;
  readonly task?: string;
  readonly lone?: boolean;
  readonly attempt?: number;
  readonly keep?: number;
  readonly submitted?: number;
  readonly args?: string;
}

/** A call's text. */
export function call(run: string, index: NodeIndex, parts: CallParts = {}): string {
  const { edges = "", queue = "default", priority = 0, delay = 0, task = "t", lone, attempt, keep = 60_000 } = parts;
  const { submitted = 1, args = "[]" } = parts;
  const header = { task, submitted, ...(attempt && { attempt }), ...(lone && { lone, reply: "client", keep }) };
  return `${run} ${index} ${queue} ${priority} ${delay}\n${edges}\n${JSON.stringify(header)}\n${args}`;
}

/** A call that can start. */
export function ready(run: string, index: NodeIndex, parts: CallParts = {}): ReadyNode {
  const { queue = "default", priority = 0, delay = 0 } = parts;
  return { text: call(run, index, parts), queue, priority, delay };
}

/** A join's text. */
export function join(parts: {
  readonly members: string;
  readonly count: number;
  readonly edges?: string;
  readonly policy?: JoinPolicy;
  readonly region?: readonly [number, number];
}): string {
  const { members, count, edges = "", policy = "fail", region = [0, count] } = parts;
  return `join ${policy} ${count} ${region[0]} ${region[1]}\n${edges}\n${members}\n{"path":""}`;
}

/** A run of one call. */
export function lone(run: string, parts: CallParts = {}): Submission {
  const { shape: _shape, ...submission } = plan(run, { ready: [ready(run, 0, { lone: true, ...parts })] });
  return submission;
}

/** A run with a plan. Its size is that of its nodes. */
export function plan(run: string, parts: Partial<Submission>): Submission {
  const { ready = [], waiting = [] } = parts;
  const nodes = ready.length + waiting.length;
  const defaults = { run, ready, waiting, settled: [], base: 0, size: nodes, result: 0, reply: "client", keep: 60_000 };
  return { ...defaults, shape: "shape", ...parts };
}

/** A group of calls 0 to n-1 below join n, which is the run's result. */
export function group(run: string, size: number, parts: { policy?: JoinPolicy; edges?: string } = {}): Submission {
  const members = Array.from({ length: size }, (_, index) => ready(run, index, { edges: `j${size}` }));
  const ranges = size === 1 ? "0" : `0-${size - 1}`;
  return plan(run, {
    ready: members,
    waiting: [[size, join({ members: ranges, count: size, region: [0, size], ...parts })]],
    result: size,
  });
}

/** A fan-out 0, followed by call 1, of which nothing but the member 2 has come: what opens it, and a part. */
export function vanishing(run: string): Submission[] {
  const open = join({ members: "", count: 1, region: [0, Number.MAX_SAFE_INTEGER], edges: "n1" });
  const waiting = [[0, open] as const, [1, call(run, 1)] as const];
  return [
    plan(run, { waiting, result: 1, part: "first" }),
    {
      ...plan(run, { ready: [ready(run, 2, { edges: "j0" })], part: "more", shape: "" }),
      base: 2,
      grows: [[0, "2", 1]],
    },
  ];
}

type Settle = Extract<Move, { kind: "settle" }>;

/** What a claimed call ended in, as the move that says so. */
export function settle(
  claim: { readonly ticket: string; readonly text: string },
  parts: { readonly value?: string; readonly state?: "SUCCESS" | "FAILURE"; readonly given?: string } = {},
): Settle {
  const { run, index, edges, header } = readMessage(claim.text);
  const { state = "SUCCESS", value = state === "SUCCESS" ? `"${index}"` : `{"kind":"failed"}`, given } = parts;
  return {
    kind: "settle",
    ticket: claim.ticket,
    run,
    index,
    edges,
    outcome: writeOutcome({ state, attempt: 0, worker: "w", task: "t", value }),
    ...(given !== undefined && { given }),
    ...(header.lone && { lone: { reply: header.reply ?? "", keep: header.keep ?? 60_000 } }),
  };
}

/** A claimed call has ended, and so have `count` of those shown behind it (default: all); the last in `last`. Each gives on its index. */
export function settleRow(
  claim: Claim,
  parts: { readonly count?: number; readonly last?: "SUCCESS" | "FAILURE" } = {},
): Settle {
  const { ahead = [] } = claim;
  const { count = ahead.length, last = "SUCCESS" } = parts;
  const ends = ahead.slice(0, count).map((text, i) => {
    const failed = last === "FAILURE" && i === count - 1;
    const { index } = readMessage(text);
    return settle({ ticket: claim.ticket, text }, failed ? { state: "FAILURE" } : { given: `"${index}"` });
  });
  const lead = settle(claim, { given: `"${readMessage(claim.text).index}"` });
  return ends.length > 0 ? { ...lead, ahead: ends } : lead;
}

/** What a worker that cannot run a claimed call does with it. */
export function refuse(
  { ticket, text }: Claim,
  parts: { readonly reason?: "unknown-task" | "incompatible"; readonly refusedBy?: string } = {},
): Move {
  return { kind: "setAside", ticket, text, task: "t", reason: "unknown-task", refusedBy: "", ...parts };
}

/** The nodes a worker was handed, in order. */
export function nodesOf({ claims }: Pick<ExchangeReply, "claims">): NodeIndex[] {
  return claims.map(({ text }) => readMessage(text).index);
}

/** What the claimed calls were given, in order. */
export function givenTo({ claims }: Pick<ExchangeReply, "claims">): (string | undefined)[] {
  return claims.map(({ text }) => readMessage(text).given);
}

/** An outcome without what differs from run to run: its state and its value. */
export function brief(outcome: string | undefined): string | undefined {
  return outcome?.replace(/^(\S+) [^\n]*\n/, "$1 ");
}
