/** Everything at a glance, read with scans: it slows nobody down, and is not of one moment. */
import { MOST_ASIDE, MOST_RUNS, type Overview, type WorkerCard } from "../../broker.js";
import { readRouting } from "../routing.js";
import { asidePage, countAside } from "./aside.js";
import type { Pausing } from "./pausing.js";
import { pairs } from "./reading.js";
import { headsOf, keysOf } from "./scan.js";
import { states, waiting } from "./scripts.gen.js";
import type { Server } from "./server.js";

/** Reads queues, workers, runs and what was set aside. */
export async function overview(server: Server, pausing: Pausing): Promise<Overview> {
  const [parts, { records, cursor }, asideCount, paused] = await Promise.all([
    server.everywhere((base) => partOf(server, base)),
    asidePage(server, { limit: MOST_ASIDE }),
    countAside(server),
    pausing.look(),
  ]);
  const names = [...new Set([...parts.flatMap(({ queues }) => [...queues.keys()]), ...paused])].sort();
  const workers = new Map<string, Overview["workers"][number]>();
  for (const worker of parts.flatMap((part) => part.workers)) {
    const holds = [...(workers.get(worker.id)?.holds ?? []), ...worker.holds];
    workers.set(worker.id, { ...worker, holds });
  }
  const held = new Set([...workers.values()].flatMap(({ holds }) => holds.map((head) => readRouting(head).run)));
  return {
    queues: names.map((name) => ({ ...together(name, parts), ...(paused.has(name) && { paused: true as const }) })),
    workers: [...workers.values()],
    runs: parts
      .flatMap(({ runs }) => runs)
      .map((run) => (held.has(run.id) ? { ...run, state: "STARTED" as const } : run)),
    aside: records,
    ...(cursor !== undefined && { asideCursor: cursor }),
    asideCount,
  };
}

/** A queue is spread over all partitions. */
function together(name: string, parts: readonly Part[]): Overview["queues"][number] {
  const counts = parts.flatMap(({ queues }) => queues.get(name) ?? []);
  const sum = (kind: "ready" | "delayed") => counts.reduce((total, count) => total + count[kind], 0);
  const oldest = Math.min(...counts.map((count) => count.oldest));
  const waits = { name, ready: sum("ready"), delayed: sum("delayed") };
  return Number.isFinite(oldest) ? { ...waits, oldest } : waits;
}

interface Counts {
  ready: number;
  delayed: number;
  /** Infinite where none is ready. */
  oldest: number;
}

interface Part {
  readonly queues: Map<string, Counts>;
  readonly workers: Overview["workers"];
  readonly runs: Overview["runs"];
}

async function partOf(server: Server, base: string): Promise<Part> {
  const [queues, workers, runs] = await Promise.all([
    queuesOf(server, base),
    workersOf(server, base),
    runsOf(server, base),
  ]);
  return { queues, workers, runs };
}

async function queuesOf(server: Server, base: string): Promise<Map<string, Counts>> {
  const queues = new Map<string, Counts>();
  const at = (name: string) => {
    const counts = queues.get(name) ?? { ready: 0, delayed: 0, oldest: Number.POSITIVE_INFINITY };
    queues.set(name, counts);
    return counts;
  };
  for (const lists of await listsOf(server, base)) {
    const told = await server.commands.run<[number, string][]>(waiting({ base, take: lists }));
    pairs(told.map(String)).forEach(([length, submitted], i) => {
      const counts = at(lists[i]!.slice("queue:".length, lists[i]!.lastIndexOf(":")));
      counts.ready += Number(length);
      if (submitted !== "") counts.oldest = Math.min(counts.oldest, Number(submitted));
    });
  }
  for await (const delayed of headsOf(server, base, "delayed:messages")) {
    for (const [, head] of delayed) at(readRouting(head).queue).delayed += 1;
  }
  return queues;
}

/** The lists of all queues, in slices. */
async function listsOf(server: Server, base: string): Promise<string[][]> {
  const lists = new Set<string>();
  for await (const keys of keysOf(server, `${base}queue:`)) for (const key of keys) lists.add(key.slice(base.length));
  const all = [...lists];
  return Array.from({ length: Math.ceil(all.length / 1000) }, (_, i) => all.slice(i * 1000, (i + 1) * 1000));
}

async function workersOf(server: Server, base: string): Promise<Overview["workers"]> {
  const leases = pairs(
    await server.commands.look((client) => client.zrangebyscore(`${base}workers`, "-inf", "+inf", "WITHSCORES")),
  );
  const found = await Promise.all(
    leases.map(async ([id, lease]) => {
      const card = await server.commands.look((client) => client.get(`${base}worker:${id}`));
      if (card === null) return [];
      const holds: string[] = [];
      for await (const slice of headsOf(server, base, `held:${id}`)) for (const [, head] of slice) holds.push(head);
      return [{ ...(JSON.parse(card) as WorkerCard), lease: Number(lease), holds }];
    }),
  );
  return found.flat();
}

async function runsOf(server: Server, base: string): Promise<Overview["runs"]> {
  const runs = new Map<string, Overview["runs"][number]>();
  for await (const keys of keysOf(server, `${base}run:`)) {
    for (const { id, open, size } of await standingOf(server, base, keys)) {
      if (open === 0 || (runs.size >= MOST_RUNS && !id.startsWith("tick:"))) continue;
      runs.set(id, { id, open, state: open < size ? "STARTED" : "PENDING" });
    }
  }
  return [...runs.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** How a run stands. */
export interface Standing {
  readonly id: string;
  /** Nodes that have not ended. */
  readonly open: number;
  readonly size: number;
  /** The first word of its outcome, empty where there is none yet. */
  readonly outcome: string;
}

/** Run keys -> how each run stands. */
export async function standingOf(server: Server, base: string, keys: readonly string[]): Promise<Standing[]> {
  const ids = keys.map((key) => key.slice(`${base}run:`.length));
  const told = await server.commands.run<string[]>(states({ base, take: ids }));
  return ids.map((id, i) => ({
    id,
    open: Number(told[3 * i]),
    size: Number(told[3 * i + 1]),
    outcome: told[3 * i + 2] ?? "",
  }));
}
