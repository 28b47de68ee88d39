/** One step, taken on a broker: any broker, so that what one was seen to do can be asked of another. */
import type { Broker, Claim, Move } from "../../../runtime/broker.js";
import type { NodeIndex } from "../../../runtime/messages.js";
import { lowerReplacement } from "../../../runtime/plan/plan.js";
import { toReplacement } from "../../../runtime/plan/submission.js";
import { readMessage, writeMessage } from "../../../runtime/wire.js";
import { settle, settleRow } from "../texts.js";
import { context, inOwnQueues, queueOf, RUN } from "./canvases.js";
import { type Game, nodesOf, type Worker } from "./game.js";
import type { Step } from "./steps.js";

/** A broker, and its time. */
export interface Board {
  readonly broker: Broker;
  /** Lets time pass until the next thing is due, if anything ever is. */
  pass(): Promise<void>;
}

/** What a step led to: the game after it, and what the broker said. */
export interface Turn {
  readonly game: Game;
  readonly replies: readonly string[];
  readonly claims: readonly Claim[];
}

/** A lease that outlasts every trace; one of 0 has run out. */
const LEASE = 1e12;

export async function take(board: Board, game: Game, step: Step): Promise<Turn> {
  const { broker } = board;
  switch (step.kind) {
    case "claim":
      return exchange(broker, game, { worker: step.worker, room: 1, queues: [queueOf(step.index)] });
    case "settle":
      return exchange(broker, game, { ...step, move: settle(held(game, step), { state: step.state }) });
    case "row":
      return exchange(broker, game, { ...step, move: settleRow(held(game, step), step) });
    case "retry":
    case "release":
    case "setAside":
      return give(broker, game, step);
    case "replace":
      return replace(broker, game, step);
    case "recall":
      return recall(broker, game, step.worker);
    case "crash":
      return crash(broker, game, step.worker);
    case "reap":
      return reap(broker, game);
    case "cancel": {
      const reply = await broker.cancel({ run: RUN, ...step });
      return { game: { ...game, cancelled: true }, replies: [reply], claims: [] };
    }
    case "pass":
      await board.pass();
      return { game, replies: [`${await broker.promote(100)}`], claims: [] };
    case "part":
      return part(broker, game);
  }
}

function held(game: Game, { worker, index }: { readonly worker: string; readonly index: NodeIndex }): Claim {
  const claim = workerOf(game, worker).held.get(index);
  if (!claim) throw new Error(`${worker} does not hold node ${index}`);
  return claim;
}

function workerOf({ workers }: Game, name: string): Worker {
  const found = workers.find((worker) => worker.name === name);
  if (!found) throw new Error(`there is no worker ${name}`);
  return found;
}

/** How many calls a worker would run ahead. */
const SHOWN = 2;

interface Asked {
  readonly worker: string;
  readonly room?: number;
  /** Default: all there are. */
  readonly queues?: readonly string[];
  /** The node that is given up, and how. */
  readonly index?: NodeIndex;
  readonly move?: Move;
}

async function exchange(broker: Broker, game: Game, asked: Asked): Promise<Turn> {
  const { worker, index, move, room = 0, queues = [...game.nodes.keys()].map(queueOf) } = asked;
  const { alive, held } = workerOf(game, worker);
  const ahead = game.canvas.pure ? SHOWN : 0;
  const request = { worker, queues, room: alive ? room : 0, lease: alive ? LEASE : 0, ahead };
  const { replies, claims } = await broker.exchange({ ...request, moves: move ? [move] : [] });
  const kept = new Map(held);
  const claim = index === undefined ? undefined : held.get(index);
  if (index !== undefined) kept.delete(index);
  for (const each of claims) kept.set(readMessage(each.text).index, each);
  const spent = claim ? [...game.spent, { worker, claim }] : game.spent;
  return { game: { ...withHeld(game, worker, kept), spent }, replies, claims };
}

function withHeld(game: Game, name: string, held: ReadonlyMap<NodeIndex, Claim>): Game {
  return { ...game, workers: game.workers.map((worker) => (worker.name === name ? { ...worker, held } : worker)) };
}

function give(
  broker: Broker,
  game: Game,
  step: Extract<Step, { kind: "retry" | "release" | "setAside" }>,
): Promise<Turn> {
  const { ticket, text } = held(game, step);
  switch (step.kind) {
    case "retry":
      return exchange(broker, game, {
        ...step,
        move: { kind: "retry", ticket, text: onceMore(text), delay: step.delay },
      });
    case "release": {
      const move: Move = { kind: "release", ticket, text, delay: 0 };
      return exchange(broker, { ...game, releases: game.releases + 1 }, { ...step, move });
    }
    case "setAside": {
      const move: Move = { kind: "setAside", ticket, text, task: "t", reason: "unknown-task", refusedBy: "" };
      return exchange(broker, { ...game, asides: game.asides + 1 }, { ...step, move });
    }
  }
}

function onceMore(text: string): string {
  const message = readMessage(text);
  return writeMessage({ ...message, header: { ...message.header, attempt: (message.header.attempt ?? 0) + 1 } });
}

async function replace(
  broker: Broker,
  game: Game,
  step: { readonly worker: string; readonly index: NodeIndex },
): Promise<Turn> {
  const { ticket, text } = held(game, step);
  const { run, index, edges, header } = readMessage(text);
  const [, tree] = game.canvas.replaced ?? [];
  if (!tree) throw new Error("nothing replaces a node of this canvas");
  const place = { index, path: "" };
  const base = await broker.reserve(run, lowerReplacement(tree, place, context).nodes.length);
  const lowered = { ...lowerReplacement(tree, place, { ...context, base }), keep: 60_000 };
  const submission = inOwnQueues(toReplacement(lowered, { run, reply: "client", submitted: 1 }));
  const lone = header.lone && { lone: { reply: header.reply ?? "", keep: header.keep ?? 0 } };
  const move: Move = { kind: "replace", ticket, run, index, edges, submission, ...lone };
  const openNodes = async () => (await broker.inspect(run))?.open ?? 0;
  const before = await openNodes();
  const turn = await exchange(broker, { ...game, replaced: true }, { ...step, move });
  // What was revoked meanwhile is not replaced any more.
  if ((await openNodes()) <= before) return turn;
  return { ...turn, game: { ...turn.game, nodes: new Map([...game.nodes, ...nodesOf(submission)]) } };
}

async function recall(broker: Broker, game: Game, worker: string): Promise<Turn> {
  const claims = await broker.recall({ worker, fingerprints: new Map([["t", "known"]]), room: 1, lease: LEASE });
  const held = new Map(workerOf(game, worker).held);
  for (const claim of claims) held.set(readMessage(claim.text).index, claim);
  return { game: withHeld(game, worker, held), replies: [], claims };
}

async function crash(broker: Broker, game: Game, name: string): Promise<Turn> {
  await broker.leave(name);
  const workers = game.workers.map((worker) => (worker.name === name ? { ...worker, alive: false } : worker));
  const next: Worker = { name: `w${game.crashes + 3}`, alive: true, held: new Map() };
  return { game: { ...game, crashes: game.crashes + 1, workers: [...workers, next] }, replies: [], claims: [] };
}

async function reap(broker: Broker, game: Game): Promise<Turn> {
  const given = await broker.reap(game.canvas.maxDeliveries ?? 1000, 1000);
  const late = game.workers.flatMap(({ name, alive, held }) =>
    alive ? [] : [...held.values()].map((claim) => ({ worker: name, claim })),
  );
  const workers = game.workers.filter(({ alive }) => alive);
  return { game: { ...game, workers, spent: [...game.spent, ...late] }, replies: [`${given}`], claims: [] };
}

async function part(broker: Broker, game: Game): Promise<Turn> {
  const [next, ...parts] = game.parts;
  if (!next) throw new Error("the producer has submitted all there is");
  await broker.reserve(RUN, next.size);
  const replies = await broker.submit([next]);
  return { game: { ...game, parts, nodes: new Map([...game.nodes, ...nodesOf(next)]) }, replies, claims: [] };
}
