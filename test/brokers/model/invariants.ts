/** What holds in every state, after every step, and at every end. Each gives what is wrong, in words; nothing where all is well. */

import { edgesOf, isJoin, isSuccess, lineOf } from "../../../runtime/brokers/routing.js";
import type { Edge, NodeIndex } from "../../../runtime/messages.js";
import { readEdges, readIndices, readMessage } from "../../../runtime/wire.js";
import { RUN } from "./canvases.js";
import type { Game } from "./game.js";
import type { Turn } from "./play.js";
import { nodesInPlay, type State } from "./state.js";
import type { Step } from "./steps.js";

/** How nodes have ended. */
function outcomesOf({ store }: State): ReadonlyMap<NodeIndex, string> {
  const lone = store.results.get(RUN);
  return store.runs.get(RUN)?.outcomes ?? new Map(lone === undefined ? [] : [[0, lone]]);
}

/** How often each node is queued, delayed, held or set aside. */
function placesOf({ store }: State): Map<NodeIndex, number> {
  const places = new Map<NodeIndex, number>();
  for (const index of nodesInPlay(store)) places.set(index, (places.get(index) ?? 0) + 1);
  return places;
}

/** An edge and the node it leaves. */
interface Arrow {
  readonly from: NodeIndex;
  readonly edge: Edge;
}

function arrowsOf({ nodes }: Game): Arrow[] {
  return [...nodes].flatMap(([from, { text }]) => readEdges(edgesOf(text)).map((edge) => ({ from, edge })));
}

/** What is wrong in a state. */
export function wrongIn(state: State): string[] {
  const { game, store } = state;
  const [outcomes, places] = [outcomesOf(state), placesOf(state)];
  const wrong: string[] = [];
  for (const [index, times] of places) {
    if (times > 1) wrong.push(`node ${index} waits or runs at ${times} places`);
    if (outcomes.has(index) && !store.cancelled.has(RUN))
      wrong.push(`node ${index} has ended, and still waits or runs`);
  }
  const skipped = skippedBy(game, outcomes);
  const run = store.runs.get(RUN);
  const open = game.nodes.size - outcomes.size - skipped.size;
  if (run && run.open !== open) wrong.push(`${open} nodes are open, and the run counts ${run.open}`);
  for (const index of [...places.keys(), ...outcomes.keys()]) {
    if (skipped.has(index)) wrong.push(`node ${index} belongs to a callback that was not called, and has started`);
  }
  wrong.push(...startedTooSoon(game, { outcomes, places }), ...joinsAmiss(game, outcomes));
  for (const [name, held] of store.held) {
    if (held.size > 0 && !store.workers.has(name))
      wrong.push(`${name} holds work under no lease: nobody would miss it`);
  }
  for (const { name, alive, held } of game.workers) {
    const known = [...held.values()].map(({ ticket }) => ticket).sort();
    const said = [...(store.held.get(name)?.keys() ?? [])].sort();
    if (alive && known.join() !== said.join())
      wrong.push(`${name} holds ${known.join()}, and the broker says ${said.join()}`);
  }
  return wrong;
}

/** The nodes of callbacks that will not be called any more. */
function skippedBy(game: Game, outcomes: ReadonlyMap<NodeIndex, string>): Set<NodeIndex> {
  const skipped = new Set<NodeIndex>();
  for (const { from, edge } of arrowsOf(game)) {
    if (edge.kind !== "success" && edge.kind !== "failure") continue;
    const outcome = outcomes.get(from);
    if (outcome === undefined || isSuccess(outcome) === (edge.kind === "success")) continue;
    for (let index = edge.from; index < edge.until; index++) skipped.add(index);
  }
  return skipped;
}

interface Whereabouts {
  readonly outcomes: ReadonlyMap<NodeIndex, string>;
  readonly places: ReadonlyMap<NodeIndex, number>;
}

/** Calls that run, or ran, before what they wait for had ended as it must. */
function startedTooSoon(game: Game, { outcomes, places }: Whereabouts): string[] {
  const wrong: string[] = [];
  const ran = (index: NodeIndex) => places.has(index) || outcomes.get(index)?.split(" ")[5] === "w";
  for (const { from, edge } of arrowsOf(game)) {
    const ended = outcomes.get(from);
    const soon = (index: NodeIndex) => wrong.push(`node ${index} has started, and node ${from} ended in ${ended}`);
    if (edge.kind === "next" && ran(edge.to) && !(ended && isSuccess(ended))) soon(edge.to);
    if (edge.kind === "success")
      for (const root of edge.roots) if (ran(root) && !(ended && isSuccess(ended))) soon(root);
    if (edge.kind === "failure")
      for (const root of edge.roots) if (ran(root) && (!ended || isSuccess(ended))) soon(root);
  }
  return wrong;
}

/** Joins that succeeded over members that had not all ended, or not as their policy has it. */
function joinsAmiss(game: Game, outcomes: ReadonlyMap<NodeIndex, string>): string[] {
  return [...game.nodes].flatMap(([index, { text }]) => {
    const outcome = outcomes.get(index);
    if (!isJoin(text) || outcome === undefined || !isSuccess(outcome)) return [];
    const members = readIndices(lineOf(outcome, 1).replace(/^@(settle)? ?/, ""));
    const bad = members.filter((member) => {
      const end = outcomes.get(member);
      return end === undefined || !(text.startsWith("join settle ") || isSuccess(end));
    });
    return bad.map((member) => `join ${index} succeeded over node ${member}, which ended in ${outcomes.get(member)}`);
  });
}

/** What is wrong about a step from one state to another. */
export function wrongAbout(before: State, step: Step, after: State & { readonly turn: Turn }): string[] {
  const wrong: string[] = [];
  const [was, is] = [outcomesOf(before), outcomesOf(after)];
  for (const [index, outcome] of was) {
    if (is.get(index) !== outcome) wrong.push(`node ${index} ended in ${outcome}, and now in ${is.get(index)}`);
  }
  for (const { text } of after.turn.claims) {
    const { index } = readMessage(text);
    if (was.has(index)) wrong.push(`node ${index} has ended, and is handed out`);
  }
  const [stood, stands] = [placesOf(before), placesOf(after)];
  for (const index of stands.keys()) {
    if (!stood.has(index) && before.started.has(index)) wrong.push(`node ${index} has started a second time`);
  }
  if ("index" in step && "worker" in step && step.kind !== "claim" && after.turn.replies[0] !== "ok") {
    wrong.push(`${step.worker} held node ${step.index}, and was told "${after.turn.replies[0]}"`);
  }
  if (step.kind === "row") {
    const ends = [step.index, ...Array.from({ length: step.count }, (_, i) => step.index + 1 + i)];
    for (const index of ends) if (!is.has(index)) wrong.push(`node ${index} ended ahead, and has not ended`);
  }
  if (step.kind === "settle" && !was.has(step.index) && !is.get(step.index)?.startsWith(`${step.state} `)) {
    wrong.push(`node ${step.index} ended in ${step.state}, and the broker says ${is.get(step.index)}`);
  }
  return wrong;
}

/** Whether nothing can happen any more, and nothing has to. */
export function isOver({ store, game }: State): boolean {
  const nothingOpen = [...store.runs.values()].every(({ open }) => open === 0);
  const ended = store.runs.size + store.results.size > 0 && nothingOpen;
  const still = store.queues.size + store.delayed.size + store.expiring.size + store.opening.size === 0;
  const free = [...store.held.values()].every(({ size }) => size === 0);
  return ended && still && free && game.parts.length === 0 && !game.workers.some(({ alive }) => !alive);
}

/** What is wrong at an end: what was counted wrong, and what would stay for ever. */
export function wrongAtEnd({ store, game }: State): string[] {
  const wrong: string[] = [];
  for (const [join, left] of store.runs.get(RUN)?.left ?? []) {
    const skipped = game.nodes.get(join)?.callback && !store.runs.get(RUN)?.outcomes.has(join);
    // A producer that comes back after its run was closed has its join sealed once more, each time.
    const sealedTwice = game.canvas.vanishes && left < 0;
    if (left !== 0 && !skipped && !sealedTwice) wrong.push(`join ${join} still waits for ${left} ends`);
  }
  if (store.deliveries.size > 0) wrong.push(`deliveries stay: ${[...store.deliveries.keys()].join(", ")}`);
  for (const [node, { reason }] of store.aside) if (reason !== "poison") wrong.push(`${node} stays aside as ${reason}`);
  return wrong;
}
