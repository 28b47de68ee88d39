/** The other side of the broker: workers and what they hold, the producer, and what may still happen. A value. */
import type { Claim, Submission } from "../../../runtime/broker.js";
import type { NodeIndex } from "../../../runtime/messages.js";
import { readMessage, readRanges } from "../../../runtime/wire.js";
import type { Canvas } from "./canvases.js";
import type { Step } from "./steps.js";

export interface Worker {
  readonly name: string;
  /** Its lease runs. One that is dead may still tell what it has done. */
  readonly alive: boolean;
  readonly held: ReadonlyMap<NodeIndex, Claim>;
}

/** A node as it was submitted. */
export interface Node {
  readonly text: string;
  readonly callback: boolean;
}

export interface Game {
  readonly canvas: Canvas;
  readonly workers: readonly Worker[];
  readonly crashes: number;
  readonly releases: number;
  readonly asides: number;
  readonly cancelled: boolean;
  readonly replaced: boolean;
  /** What the producer has still to submit. */
  readonly parts: readonly Submission[];
  readonly nodes: ReadonlyMap<NodeIndex, Node>;
  /** Members of a group between which nothing makes a difference: what can become of one can become of the other. */
  readonly alike: readonly (readonly NodeIndex[])[];
  /** Claims that were given up, or taken away: whoever comes with them is late. */
  readonly spent: readonly { readonly worker: string; readonly claim: Claim }[];
}

/** How many calls a worker holds at most. */
const CAPACITY = 2;

/** How long a retried call waits, where it waits. */
const DELAY = 1000;

export function begin(canvas: Canvas, now: number): { readonly game: Game; readonly whole: Submission } {
  const [whole, ...parts] = canvas.submissions(now);
  const workers = ["w1", "w2"].map((name): Worker => ({ name, alive: true, held: new Map() }));
  const fresh = { crashes: 0, releases: 0, asides: 0, cancelled: false, replaced: false };
  const nodes = new Map(nodesOf(whole));
  return { whole, game: { canvas, workers, parts, ...fresh, nodes, alike: alikeIn(canvas, whole), spent: [] } };
}

/** Calls that can start at once, and lead to nothing but one join; where something may befall one by its index, none is like it. */
function alikeIn({ cancels = [], replaced }: Canvas, { ready }: Submission): NodeIndex[][] {
  if (replaced || cancels.some(({ index }) => index !== undefined)) return [];
  const classes = new Map<string, NodeIndex[]>();
  for (const { text } of ready) {
    const { index, edges, header } = readMessage(text);
    const kind = JSON.stringify([edges, { ...header, path: "" }]);
    if (/^j\d+$/.test(edges)) classes.set(kind, [...(classes.get(kind) ?? []), index]);
  }
  return [...classes.values()].filter((nodes) => nodes.length > 1);
}

/** The nodes that a submission brings. */
export function nodesOf({ ready, waiting, callbacks = "" }: Submission): [NodeIndex, Node][] {
  const ranges = readRanges(callbacks);
  const isCallback = (index: NodeIndex) => ranges.some(([first, last]) => first <= index && index <= last);
  const calls = ready.map(({ text }) => [readMessage(text).index, text] as const);
  return [...calls, ...waiting].map(([index, text]) => [index, { text, callback: isCallback(index) }]);
}

/** Everything that may happen next, where these nodes are queued. What turns out to change nothing leads back to the same state. */
export function stepsFrom(game: Game, queued: readonly NodeIndex[]): Step[] {
  const steps: Step[] = [{ kind: "pass" }];
  const [dead] = game.workers.filter(({ alive }) => !alive);
  if (dead) steps.push({ kind: "reap" });
  if (game.parts.length > 0) steps.push({ kind: "part" });
  if (!game.cancelled) for (const cancel of game.canvas.cancels ?? []) steps.push({ kind: "cancel", ...cancel });
  const idle = game.workers.filter(({ alive, held }) => alive && held.size === 0);
  // Two that hold nothing are the same.
  for (const worker of game.workers) if (idle.indexOf(worker) < 1) steps.push(...stepsOf(game, worker, queued));
  return steps;
}

function stepsOf(game: Game, { name: worker, alive, held }: Worker, queued: readonly NodeIndex[]): Step[] {
  const { canvas } = game;
  const steps = [...held].flatMap(([index, claim]) => stepsWith(game, claim, { worker, index }));
  if (!alive) return steps;
  if (held.size < CAPACITY) {
    for (const index of queued) steps.push({ kind: "claim", worker, index });
    if (game.asides > 0) steps.push({ kind: "recall", worker });
  }
  if (held.size > 0 && game.crashes < (canvas.crashes ?? 0)) steps.push({ kind: "crash", worker });
  return steps;
}

function stepsWith(game: Game, claim: Claim, held: { readonly worker: string; readonly index: NodeIndex }): Step[] {
  const { canvas } = game;
  const { attempt = 0 } = readMessage(claim.text).header;
  const steps: Step[] = [];
  for (const state of ["SUCCESS", "FAILURE"] as const) {
    for (const room of [0, 1] as const) steps.push({ kind: "settle", ...held, state, room });
  }
  for (let count = 1; count <= (claim.ahead?.length ?? 0); count++) {
    for (const last of ["SUCCESS", "FAILURE"] as const) {
      for (const room of [0, 1] as const) steps.push({ kind: "row", ...held, count, last, room });
    }
  }
  if (attempt < (canvas.retries ?? 0)) for (const delay of [0, DELAY]) steps.push({ kind: "retry", ...held, delay });
  if (game.releases < (canvas.releases ?? 0)) steps.push({ kind: "release", ...held });
  if (game.asides < (canvas.asides ?? 0)) steps.push({ kind: "setAside", ...held });
  if (!game.replaced && canvas.replaced?.[0] === held.index) steps.push({ kind: "replace", ...held });
  return steps;
}
