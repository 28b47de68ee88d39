/** The worker's one round trip, per partition. */
import type { Claim, ExchangeReply, ExchangeRequest, Move, RecallRequest } from "../../broker.js";
import { readRouting } from "../routing.js";
import type { Holding, Holdings } from "./holdings.js";
import type { Idling } from "./idling.js";
import { moveArguments } from "./move-texts.js";
import { exchange, recall } from "./scripts.gen.js";
import type { Ground } from "./server.js";

/** What an exchange goes over, what the worker holds, and where it waits. */
export interface Side {
  readonly server: Ground;
  readonly holdings: Holdings;
  readonly idling: Idling;
}

/** Makes the moves and claims; with several partitions they are asked side by side, each for its share of the room. */
export function exchangeAll(side: Side, request: ExchangeRequest): Promise<ExchangeReply> {
  const { bases } = side.server;
  const [only] = bases;
  if (bases.length === 1 && only !== undefined) return exchangeOne(side, only, request);
  // Idle in one partition, it may have its hands full with another's work: it is woken up, and handed nothing.
  return exchangeMany(side, { ...request, idleFor: 0 });
}

async function exchangeMany(side: Side, request: ExchangeRequest): Promise<ExchangeReply> {
  const { server } = side;
  const count = server.bases.length;
  const start = Math.floor(Math.random() * count);
  const moves = server.bases.map((_, partition) => movesOf(server, request.moves, partition));
  const shares = server.bases.map((_, partition) => share(request.room, count, (partition + start) % count));
  const replies = await server.everywhere((base, partition) =>
    exchangeOne(side, base, { ...request, room: shares[partition] ?? 0, moves: moves[partition] ?? [] }),
  );
  const claims = replies.flatMap((reply) => reply.claims);
  const rest = await fillUp(side, { request, replies, shares, room: request.room - claims.length });
  const due = replies.flatMap((reply) => reply.due ?? []);
  const told = new Map(
    moves.flatMap((some, i) => some.map((move, j) => [move, replies[i]?.replies[j] ?? "lost"] as const)),
  );
  return {
    replies: request.moves.map((move) => told.get(move) ?? "lost"),
    claims: [...claims, ...rest],
    ...(due.length > 0 && { due: Math.min(...due) }),
  };
}

function share(room: number, count: number, place: number): number {
  return Math.floor(room / count) + (place < room % count ? 1 : 0);
}

/** Room that one partition had no work for goes to those that may have more. */
async function fillUp(
  side: Side,
  asked: {
    readonly request: ExchangeRequest;
    readonly replies: readonly ExchangeReply[];
    readonly shares: readonly number[];
    room: number;
  },
): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const [partition, base] of side.server.bases.entries()) {
    const mayHaveMore = (asked.replies[partition]?.claims.length ?? 0) === asked.shares[partition];
    const room = asked.room - claims.length;
    if (room <= 0 || !mayHaveMore) continue;
    claims.push(...(await exchangeOne(side, base, { ...asked.request, room, moves: [] })).claims);
  }
  return claims;
}

function movesOf(server: Ground, moves: readonly Move[], partition: number): Move[] {
  return moves.filter(
    (move) => server.partitionOf("run" in move ? move.run : readRouting(move.text).run) === partition,
  );
}

async function exchangeOne(
  { server, holdings, idling }: Side,
  base: string,
  { worker, queues, room, lease, moves, ahead = 0, idleFor = 0 }: ExchangeRequest,
): Promise<ExchangeReply> {
  const holding = holdings.of(base, worker);
  const { order, tickets, list: take } = moveArguments(moves);
  const [turn, { known }] = [holdings.turn(), holding];
  const [names, offer] = [queues.join(" "), Math.ceil(idleFor)];
  const invocation = exchange({ base, worker, lease, space: room, turn, known, ahead, offer, names, tickets, take });
  const reply = await holding.take(turn, async () => {
    if (idleFor > 0) holding.offer(turn, idleFor);
    const asked = idleFor > 0 ? idling.ask<Told>(base, worker, invocation) : undefined;
    const told = await (asked ?? server.commands.run<Told>(invocation));
    for (const { ticket } of moves) holding.delete(ticket);
    const claims = claimsOf(holding, told[3], told[4], told[5]);
    if (claims.length === 0) holding.confirm(turn, idleFor);
    else holding.withdraw(turn);
    return { told, claims };
  });
  if (known !== "*") holding.trust();
  expireProgress(server, holdings, base, moves);
  const [letters, due, more] = reply.told;
  if (more > 0) server.goOnBehind(base);
  const replies = repliesTo(moves, order, letters);
  return due === "" ? { replies, claims: reply.claims } : { replies, claims: reply.claims, due: Number(due) };
}

/** A claim's place, and the texts of calls that follow it and may be run ahead. */
type Shown = readonly [place: number, ...texts: readonly string[]];

/** What became of the moves, letter by letter; when delayed work is due; whether a slice was left; what is claimed, and shown. */
type Told = readonly [
  letters: string,
  due: string,
  more: number,
  beginning: string,
  texts: readonly string[],
  shown: readonly Shown[],
];

/** Messages, under tickets that begin alike: held from now on. */
function claimsOf(
  holding: Holding,
  beginning: string,
  texts: readonly string[],
  shown: readonly Shown[] = [],
): Claim[] {
  const claims: Claim[] = texts.map((text, i) => {
    const ticket = beginning + (i + 1);
    holding.add(ticket);
    return { ticket, text };
  });
  for (const [place, ...ahead] of shown) claims[place - 1] = { ...claims[place - 1]!, ahead };
  return claims;
}

function repliesTo(moves: readonly Move[], order: readonly Move[], letters: string): ("ok" | "lost")[] {
  if (letters === "") return moves.map(() => "ok");
  const told = new Map(order.map((move, i) => [move, letters[i]]));
  return moves.map((move) => (told.get(move) === "o" ? "ok" : "lost"));
}

/** A run with a plan takes its progress along; a lone one has to be helped. */
function expireProgress(server: Ground, { reported }: Holdings, base: string, moves: readonly Move[]): void {
  if (reported.size === 0) return;
  for (const move of moves) {
    if (move.kind !== "settle" || !reported.delete(move.run) || !move.lone) continue;
    const { keep } = move.lone;
    server.commands.use((client) => client.pexpire(`${base}progress:${move.run}`, keep)).catch(() => {});
  }
}

/** Takes back what was set aside and this worker can run. */
export async function recallAll(
  server: Ground,
  holdings: Holdings,
  { worker, fingerprints, room, lease }: RecallRequest,
): Promise<Claim[]> {
  const take = [...fingerprints].flat();
  const claims: Claim[] = [];
  for (const base of server.bases) {
    let cursor = "0";
    do {
      const space = room - claims.length;
      if (space <= 0) return claims;
      const [turn, holding] = [holdings.turn(), holdings.of(base, worker)];
      const invocation = recall({ base, worker, lease, space, turn, cursor, take });
      const next = await holding.take(turn, async () => {
        const [following, beginning, texts] =
          await server.commands.run<readonly [string, string, string[]]>(invocation);
        claims.push(...claimsOf(holding, beginning, texts));
        return following;
      });
      cursor = next;
    } while (cursor !== "0");
  }
  return claims;
}
