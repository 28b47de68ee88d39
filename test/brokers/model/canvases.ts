/** Small canvases that tell much, and what may happen to each. */
import type { Submission } from "../../../runtime/broker.js";
import { isJoin, readRouting } from "../../../runtime/brokers/routing.js";
import type { Tree } from "../../../runtime/canvas/tree.js";
import type { NodeIndex } from "../../../runtime/messages.js";
import { type LowerContext, lower } from "../../../runtime/plan/plan.js";
import { toSubmission } from "../../../runtime/plan/submission.js";
import { call, chain, chord, group } from "../../reference/trees.js";
import { contract } from "../../worker/fixture/contract.js";
import { join, plan, ready } from "../texts.js";

/** A run, and how often each thing may befall it. What is absent never does. */
export interface Canvas {
  readonly name: string;
  /** The run as it is submitted at a moment, and what its producer submits later, part by part. */
  submissions(now: number): readonly [whole: Submission, ...parts: Submission[]];
  /** Attempts of each call beyond the first. */
  readonly retries?: number;
  /** Workers that die. */
  readonly crashes?: number;
  /** Deliveries after which a call is poison. */
  readonly maxDeliveries?: number;
  /** Calls that are given back unspent. */
  readonly releases?: number;
  /** Calls that are set aside, and taken back. */
  readonly asides?: number;
  /** What may be revoked, once: the run, or a node of it. */
  readonly cancels?: readonly { readonly index?: number; readonly terminate: boolean }[];
  /** What takes the place of a node: [index, canvas]. */
  readonly replaced?: readonly [index: number, by: Tree];
  /** Some of it may fail at one moment: which of them a join names as its failure is left open. */
  readonly failsTogether?: true;
  /** Its producer may vanish between parts. */
  readonly vanishes?: true;
  /** Its calls are pure: who is given one may run those behind it ahead. */
  readonly pure?: true;
}

export const RUN = "r";
/** Longer than any time that passes in a trace. */
const KEEP = 86_400_000;

export const context = { contract: () => undefined, encode: JSON.stringify, now: 0 };

/** The queue that only one node goes to: so a worker takes which it will, and no order is left to chance. */
export function queueOf(index: NodeIndex): string {
  return `q${index}`;
}

/** Gives every call its queue. */
export function inOwnQueues(submission: Submission): Submission {
  const { ready, waiting } = submission;
  return {
    ...submission,
    ready: ready.map((node) => ({
      ...node,
      text: inOwnQueue(node.text),
      queue: queueOf(readRouting(node.text).index),
    })),
    waiting: waiting.map(([index, text]) => [index, isJoin(text) ? text : inOwnQueue(text)]),
  };
}

function inOwnQueue(text: string): string {
  return text.replace(" default ", ` ${queueOf(readRouting(text).index)} `);
}

const pureContext = { ...context, contract: (name: string) => contract(name, { options: { pure: true } }) };

function of(tree: Tree, chosen = true, within: Omit<LowerContext, "now"> = context): Canvas["submissions"] {
  return (now) => {
    const lowered = lower(tree, [], { ...within, now });
    const submission = toSubmission({ ...lowered, keep: KEEP }, { run: RUN, reply: "client", submitted: 1, chosen });
    return [inOwnQueues(submission)];
  };
}

const t = call("t");
const revokes = [{ terminate: false }, { terminate: true }];

function pure(tree: Tree): Pick<Canvas, "submissions" | "pure"> {
  return { submissions: of(tree, true, pureContext), pure: true };
}

/** A group whose members come in two parts. */
const streamed: Canvas["submissions"] = () => {
  const open = join({ members: "", count: 1, edges: "n1", region: [0, Number.MAX_SAFE_INTEGER] });
  const part = (index: number, which: "more" | "last"): Submission => ({
    ...plan(RUN, { ready: [ready(RUN, index, { edges: "j0" })], part: which, shape: "", keep: KEEP }),
    base: index,
    grows: [[0, `${index}`, 1]],
  });
  const after = ready(RUN, 1).text;
  const whole = plan(RUN, {
    waiting: [
      [0, open],
      [1, after],
    ],
    result: 1,
    part: "first",
    keep: KEEP,
  });
  return [inOwnQueues(whole), inOwnQueues(part(2, "more")), inOwnQueues(part(3, "last"))];
};

/** The same canvas, to which everything that may happen may happen once more. */
export function widened(canvas: Canvas): Canvas {
  const { retries, crashes, releases = 0, maxDeliveries } = canvas;
  return {
    ...canvas,
    releases: releases + 1,
    ...(retries !== undefined && { retries: retries + 1 }),
    ...(crashes !== undefined && maxDeliveries === undefined && { crashes: crashes + 1 }),
  };
}

/** Every canvas of the model. */
export const canvases: readonly Canvas[] = [
  { name: "a lone call", submissions: of(t, false), retries: 2, crashes: 2, releases: 1, asides: 1, cancels: revokes },
  { name: "a call under an id", submissions: of(t), retries: 2, crashes: 3, releases: 2, asides: 1, cancels: revokes },
  {
    name: "a poisonous call",
    submissions: of({ ...t, errbacks: [t] }),
    retries: 2,
    crashes: 4,
    maxDeliveries: 2,
    cancels: revokes,
  },
  { name: "poisonous calls", submissions: of(group(t, t)), crashes: 3, maxDeliveries: 3, failsTogether: true },
  { name: "a chain of three", submissions: of(chain(t, t, t)), retries: 2, crashes: 3, releases: 2, asides: 1 },
  { name: "a chain that is revoked", submissions: of(chain(t, t, t)), retries: 2, crashes: 2, cancels: revokes },
  { name: "a pure chain", ...pure(chain(t, t, t, t)), retries: 1, crashes: 2, releases: 1, cancels: revokes },
  {
    name: "a pure chain of which a step is revoked",
    ...pure({ ...chain(t, t, t, t, t), links: [t], errbacks: [t] }),
    crashes: 1,
    cancels: [{ index: 3, terminate: false }],
  },
  {
    name: "pure chains in a chord that cancels",
    ...pure(chord([chain(t, t, t), chain(t, t)], chain(t, t, t), "cancel")),
    crashes: 1,
  },
  { name: "a group", submissions: of(group(t, t, t)), retries: 1, crashes: 1 },
  { name: "a chord that fails", submissions: of(chord([t, t], t)), retries: 1, crashes: 2, releases: 1 },
  { name: "a chord that cancels", submissions: of(chord([t, chain(t, t)], t, "cancel")), retries: 1, crashes: 2 },
  { name: "a chord that settles", submissions: of(chord([t, chain(t, t)], t, "settle")), retries: 1, crashes: 2 },
  { name: "a chord over nothing", submissions: of(chain(t, chord([], t))), retries: 2, crashes: 2, cancels: revokes },
  { name: "a chord in a chord", submissions: of(chord([chord([t, t], t), t], t)), crashes: 2, releases: 1 },
  {
    name: "a chord that cancels a chord",
    submissions: of(chord([chord([t, t], t), t], t, "cancel")),
    retries: 1,
    crashes: 1,
  },
  {
    name: "a chord in a chain in a group",
    submissions: of(group(chain(t, chord([t, t], { ...t, errbacks: [t] })), t)),
    retries: 1,
    cancels: [{ terminate: false }],
  },
  { name: "a chord that is revoked", submissions: of(chord([t, t], t)), retries: 1, crashes: 2, cancels: revokes },
  {
    name: "a member that is revoked",
    submissions: of(chord([t, t], t, "settle")),
    retries: 1,
    crashes: 2,
    cancels: [
      { index: 0, terminate: false },
      { index: 1, terminate: true },
    ],
  },
  {
    name: "callbacks",
    submissions: of({ ...chain({ ...t, links: [t] }, t), links: [chain(t, t)], errbacks: [t] }),
    retries: 1,
    crashes: 1,
    cancels: [{ terminate: false }],
  },
  {
    name: "callbacks of a chord",
    submissions: of({ ...chord([{ ...t, errbacks: [t] }, t], t), links: [t], errbacks: [t] }),
    crashes: 1,
    releases: 1,
  },
  { name: "a replaced step", submissions: of(chain(t, t)), replaced: [0, chord([t, t], t)], retries: 1, crashes: 2 },
  {
    name: "a replaced lone call",
    submissions: of(t, false),
    replaced: [0, chain(t, t)],
    retries: 1,
    crashes: 2,
    cancels: revokes,
  },
  {
    name: "a replaced member",
    submissions: of(chord([t, t], t, "cancel")),
    replaced: [0, group(t, t)],
    crashes: 1,
    cancels: [{ terminate: true }],
  },
  {
    name: "a replaced callback",
    submissions: of({ ...t, links: [t], errbacks: [t] }),
    replaced: [1, chain(t, t)],
    crashes: 2,
    cancels: revokes,
  },
  {
    name: "a call that expires",
    submissions: of(chain({ ...t, options: { expires: 5000 } }, t)),
    retries: 2,
    crashes: 2,
    asides: 1,
  },
  { name: "a group that streams", submissions: streamed, crashes: 1, cancels: [{ terminate: false }], vanishes: true },
];
