/** The worker's one round trip, per partition. */
import type { Claim, ExchangeReply, ExchangeRequest, Move } from "../../broker.js";
import { readRouting } from "../routing.js";
import type { Holding, Holdings } from "./holdings.js";
import { exchange, recall } from "./scripts.gen.js";
import type { Ground } from "./server.js";
import { moveArguments } from "./texts.js";

/** Makes the moves and claims; with several partitions they are asked side by side, each for its share of the room. */
export async function exchangeAll(
  server: Ground,
  holdings: Holdings,
  request: ExchangeRequest,
): Promise<ExchangeReply> {
  const [only] = server.bases;
  if (server.bases.length === 1 && only !== undefined) return exchangeOne(server, holdings, only, request);
  // Idle in one partition, it may have its hands full with another's work: it is woken up, and handed nothing.
  return exchangeMany(server, holdings, { ...request, idleFor: 0 });
}

async function exchangeMany(server: Ground, holdings: Holdings, request: ExchangeRequest): Promise<ExchangeReply> {
  const count = server.bases.length;
  const start = Math.floor(Math.random() * count);
  const moves = server.bases.map((_, partition) => movesOf(server, request.moves, partition));
  const shares = server.bases.map((_, partition) => share(request.room, count, (partition + start) % count));
  const replies = await server.everywhere((base, partition) =>
    exchangeOne(server, holdings, base, { ...request, room: shares[partition] ?? 0, moves: moves[partition] ?? [] }),
  );
  const claims = replies.flatMap((reply) => reply.claims);
  const rest = await fillUp(server, holdings, { request, replies, shares, room: request.room - claims.length });
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
  server: Ground,
  holdings: Holdings,
  asked: {
    readonly request: ExchangeRequest;
    readonly replies: readonly ExchangeReply[];
    readonly shares: readonly number[];
    room: number;
  },
): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const [partition, base] of server.bases.entries()) {
    const mayHaveMore = (asked.replies[partition]?.claims.length ?? 0) === asked.shares[partition];
    const room = asked.room - claims.length;
    if (room <= 0 || !mayHaveMore) continue;
    claims.push(...(await exchangeOne(server, holdings, base, { ...asked.request, room, moves: [] })).claims);
  }
  return claims;
}

function movesOf(server: Ground, moves: readonly Move[], partition: number): Move[] {
  return moves.filter(
    (move) => server.partitionOf("run" in move ? move.run : readRouting(move.text).run) === partition,
  );
}

async function exchangeOne(
  server: Ground,
  holdings: Holdings,
  base: string,
  { worker, queues, room, lease, moves, idleFor = 0 }: ExchangeRequest,
): Promise<ExchangeReply> {
  const holding = holdings.of(base, worker);
  const { order, list } = moveArguments(moves);
  const take = [queues.length, ...queues, moves.length, ...order.map(({ ticket }) => ticket), ...list];
  const [turn, { known }] = [holdings.turn(), holding];
  const reply = await holding.take(turn, async () => {
    if (idleFor > 0) holding.offer(turn, idleFor);
    const invocation = exchange({ base, worker, lease, space: room, turn, known, offer: Math.ceil(idleFor), take });
    const [letters, due, more, ...handed] = await server.commands.run<Handed<[string, string, number]>>(invocation);
    for (const { ticket } of moves) holding.delete(ticket);
    const claims = claimsOf(holding, handed);
    if (claims.length === 0) holding.confirm(turn, idleFor);
    else holding.withdraw(turn);
    return { letters, due, more, claims };
  });
  if (known !== "*") holding.trust();
  expireProgress(server, holdings, base, moves);
  if (reply.more > 0) server.goOnBehind(base);
  return {
    replies: repliesTo(moves, order, reply.letters),
    claims: reply.claims,
    ...(reply.due !== "" && { due: Number(reply.due) }),
  };
}

function repliesTo(moves: readonly Move[], order: readonly Move[], letters: string): ("ok" | "lost")[] {
  if (!letters.includes("l")) return moves.map(() => "ok");
  const told = new Map(order.map((move, i) => [move, letters[i]]));
  return moves.map((move) => (told.get(move) === "o" ? "ok" : "lost"));
}

/** A reply that ends in messages, and before them in what their tickets begin with. */
type Handed<Head extends unknown[] = []> = [...Head, prefix: string, ...texts: string[]];

function claimsOf(holding: Holding, [prefix, ...texts]: Handed): Claim[] {
  const claims = texts.map((text, i) => ({ ticket: `${prefix}${i + 1}`, text }));
  for (const { ticket } of claims) holding.add(ticket);
  return claims;
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
  request: { readonly worker: string; readonly fingerprints: ReadonlyMap<string, string>; readonly room: number },
): Promise<Claim[]> {
  const { worker, fingerprints, room } = request;
  const take = [...fingerprints].flat();
  const claims: Claim[] = [];
  for (const base of server.bases) {
    let cursor = "0";
    do {
      const space = room - claims.length;
      if (space <= 0) return claims;
      const [turn, holding] = [holdings.turn(), holdings.of(base, worker)];
      const invocation = recall({ base, worker, space, turn, cursor, take });
      const next = await holding.take(turn, async () => {
        const [following, ...handed] = await server.commands.run<Handed<[string]>>(invocation);
        claims.push(...claimsOf(holding, handed));
        return following;
      });
      cursor = next;
    } while (cursor !== "0");
  }
  return claims;
}
