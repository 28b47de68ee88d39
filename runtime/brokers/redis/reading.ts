/** What readers see: runs, outcomes, and names. */
import type { AsideReason, AsideRecord, Reading, RunRecord } from "../../broker.js";
import type { NodeIndex, OutcomeText } from "../../messages.js";
import { delayReason, glimpse, readRouting } from "../routing.js";
import { runScript } from "./connection.js";
import { headsOf, scanHash } from "./scan.js";
import { inspect } from "./scripts.gen.js";
import type { Server } from "./server.js";
import { siblingsKey } from "./siblings.js";

type Verbs = Pick<Reading, "inspect" | "read" | "resolve" | "stamped">;

/** The reader's verbs, but for listening and the overview. */
export function reading(server: Server): Verbs {
  return {
    inspect: (run) => inspectRun(server, run),
    read: (run, nodes) => readOutcomes(server, run, nodes),
    resolve: (id) => resolveId(server, id),
    async stamped(stamp) {
      const now = Date.now();
      const found = await server.everywhere((base) =>
        server.commands.look((client) => client.zrangebyscore(`${base}stamp:${stamp}`, now, "+inf")),
      );
      return found.flat().map(readNode);
    },
  };
}

function readNode(text: string): readonly [run: string, index: NodeIndex] {
  const [run = "", index] = text.split(" ");
  return [run, Number(index)];
}

async function readOutcomes(
  server: Server,
  run: string,
  nodes: readonly NodeIndex[],
): Promise<(OutcomeText | undefined)[]> {
  if (nodes.length === 0) return [];
  const base = server.baseOf(run);
  const lone = nodes.includes(0);
  const [outcomes, result, ignored] = await server.commands.look((client) =>
    Promise.all([
      client.hmget(`${base}outcomes:${run}`, ...nodes.map(String)),
      lone ? client.get(`${base}result:${run}`) : null,
      lone ? client.hget(siblingsKey(base, run), run) : null,
    ]),
  );
  return nodes.map((index, i) => outcomes[i] ?? (index === 0 ? (result ?? ignored) : null) ?? undefined);
}

/** An alias may lead to a run of another partition, so each is asked. */
async function resolveId(server: Server, id: string): Promise<readonly [string, NodeIndex] | undefined> {
  const own = server.baseOf(id);
  const [aliases, result, lone, ignored] = await Promise.all([
    server.everywhere((base) => server.commands.look((client) => client.get(`${base}alias:${id}`))),
    server.commands.look((client) => client.hget(`${own}run:${id}`, "result")),
    server.commands.look((client) => client.exists(`${own}result:${id}`)),
    server.commands.look((client) => client.hexists(siblingsKey(own, id), id)),
  ]);
  const alias = aliases.find((each) => each !== null);
  if (alias) return readNode(alias);
  if (result !== null) return [id, Number(result)];
  return lone + ignored > 0 ? [id, 0] : undefined;
}

type Reply = [
  fields: [result: string | null, open: string | null, next: string | null, shape: string | null],
  leased: string[],
  delayed: string[],
  aside: string[],
  progress: string[],
  many: number,
  outcomes: string[],
  result: string | null,
  large: string[],
];

async function inspectRun(server: Server, run: string): Promise<RunRecord | undefined> {
  const base = server.baseOf(run);
  const reply = await server.commands.look((client) => runScript<Reply>(client, inspect({ base, id: run })));
  const [[result, open, , shape], some, delayed, aside, progress, many, ended, lone, large] = reply;
  const leased = [...triples(some), ...(await leasedFrom(server, run, large))];
  const listed = many === 1 ? await scanHash(server, `${base}outcomes:${run}`) : ended;
  const outcomes = new Map(pairs(listed).map(([index, outcome]) => [Number(index), outcome]));
  if (lone !== null && open === null) outcomes.set(0, lone);
  if (open === null && outcomes.size + leased.length + delayed.length + aside.length === 0) return undefined;
  return {
    run,
    result: Number(result ?? 0),
    open: Number(open ?? 1 - outcomes.size),
    ...(shape !== null && { shape }),
    outcomes,
    leased: new Map(leased.map(readLeased)),
    delayed: new Map(
      pairs(delayed).map(([due, text]) => [readRouting(text).index, readDelayed(Number(due), text)] as const),
    ),
    aside: new Map(pairs(aside).map(([node, text]) => [readNode(node)[1], readAside(node, text)])),
    progress: new Map(pairs(progress).map(([index, text]) => [Number(index), text])),
  };
}

/** The same of workers that hold too much to be looked at in one go. */
async function leasedFrom(
  server: Server,
  run: string,
  workers: readonly string[],
): Promise<(readonly [worker: string, ticket: string, head: string])[]> {
  const found: (readonly [string, string, string])[] = [];
  for (const worker of workers) {
    for await (const slice of headsOf(server, server.baseOf(run), `held:${worker}`)) {
      for (const [ticket, head] of slice) if (head.startsWith(`${run} `)) found.push([worker, ticket, head]);
    }
  }
  return found;
}

function readLeased([worker, ticket, text]: readonly [string, string, string]) {
  const since = Number(ticket.split("-")[0]);
  const { attempt, task } = glimpse(text);
  return [readRouting(text).index, { worker, since, attempt, task }] as const;
}

function readDelayed(due: number, text: string) {
  const { attempt, task } = glimpse(text);
  return { due, attempt, task, reason: delayReason(text) };
}

/** A record as scripts write it: its facts on one line, the message below. */
export function readAside(node: string, record: string): AsideRecord {
  const end = record.indexOf("\n");
  const [task = "", reason, deliveries, since] = record.slice(0, end).split("\x1f");
  const [run, index] = readNode(node);
  const text = record.slice(end + 1);
  return {
    run,
    index,
    task,
    reason: reason as AsideReason,
    deliveries: Number(deliveries),
    since: Number(since),
    text,
  };
}

/** [a, b, c, d] -> [[a, b], [c, d]]. */
export function pairs(list: readonly string[]): (readonly [string, string])[] {
  return Array.from({ length: list.length / 2 }, (_, i) => [list[2 * i] ?? "", list[2 * i + 1] ?? ""] as const);
}

function triples(list: readonly string[]): (readonly [string, string, string])[] {
  return Array.from(
    { length: list.length / 3 },
    (_, i) => [list[3 * i] ?? "", list[3 * i + 1] ?? "", list[3 * i + 2] ?? ""] as const,
  );
}
