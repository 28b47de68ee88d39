/** Everything at a glance, read with scans: it slows nobody down, and is not of one moment. */
import type { Redis } from "ioredis";
import type { AsideRecord, Overview, WorkerCard } from "../../broker.js";
import { readRouting } from "../routing.js";
import type { Client } from "./connection.js";
import { pairs, readAside, scanHash } from "./reading.js";
import type { Server } from "./server.js";

/** Reads queues, workers, runs and what was set aside. */
export async function overview(server: Server): Promise<Overview> {
  const parts = await server.everywhere((base) => partOf(server, base));
  const names = [...new Set(parts.flatMap(({ queues }) => [...queues.keys()]))].sort();
  const workers = new Map<string, Overview["workers"][number]>();
  for (const worker of parts.flatMap((part) => part.workers)) {
    const holds = [...(workers.get(worker.id)?.holds ?? []), ...worker.holds];
    workers.set(worker.id, { ...worker, holds });
  }
  return {
    queues: names.map((name) => {
      const counts = parts.flatMap(({ queues }) => queues.get(name) ?? []);
      const sum = (kind: "ready" | "delayed") => counts.reduce((total, count) => total + count[kind], 0);
      return { name, ready: sum("ready"), delayed: sum("delayed") };
    }),
    workers: [...workers.values()],
    runs: parts.flatMap(({ runs }) => runs),
    aside: parts.flatMap(({ aside }) => aside),
  };
}

interface Counts {
  ready: number;
  delayed: number;
}

interface Part {
  readonly queues: Map<string, Counts>;
  readonly workers: Overview["workers"];
  readonly runs: Overview["runs"];
  readonly aside: AsideRecord[];
}

async function partOf(server: Server, base: string): Promise<Part> {
  const [queues, workers, runs, aside] = await Promise.all([
    queuesOf(server, base),
    workersOf(server, base),
    runsOf(server, base),
    scanHash(server, `${base}aside`),
  ]);
  return { queues, workers, runs, aside: pairs(aside).map(([node, record]) => readAside(node, record)) };
}

async function queuesOf(server: Server, base: string): Promise<Map<string, Counts>> {
  const keys = await scanKeys(server, `${base}queue:`);
  const lengths = await server.commands.look((client) => Promise.all(keys.map((key) => client.llen(key))));
  const queues = new Map<string, Counts>();
  const at = (name: string) => {
    const counts = queues.get(name) ?? { ready: 0, delayed: 0 };
    queues.set(name, counts);
    return counts;
  };
  keys.forEach((key, i) => {
    at(key.slice(`${base}queue:`.length, key.lastIndexOf(":"))).ready += lengths[i] ?? 0;
  });
  const delayed = await scanHash(server, `${base}delayed:messages`);
  for (const [, text] of pairs(delayed)) at(readRouting(text).queue).delayed += 1;
  return queues;
}

async function workersOf(server: Server, base: string): Promise<Overview["workers"]> {
  const leases = pairs(
    await server.commands.look((client) => client.zrangebyscore(`${base}workers`, "-inf", "+inf", "WITHSCORES")),
  );
  const found = await Promise.all(
    leases.map(async ([id, lease]) => {
      const [card, holds] = await server.commands.look((client) =>
        Promise.all([client.get(`${base}worker:${id}`), client.hvals(`${base}held:${id}`)]),
      );
      return card === null ? [] : [{ ...(JSON.parse(card) as WorkerCard), lease: Number(lease), holds }];
    }),
  );
  return found.flat();
}

async function runsOf(server: Server, base: string): Promise<Overview["runs"]> {
  const keys = await scanKeys(server, `${base}run:`);
  const open = await server.commands.look((client) => Promise.all(keys.map((key) => client.hget(key, "open"))));
  const runs = keys.map((key, i) => ({ id: key.slice(`${base}run:`.length), open: Number(open[i] ?? 0) }));
  return runs.filter((run) => run.open > 0);
}

/** Every key with this beginning, on every node that serves. */
async function scanKeys(server: Server, beginning: string): Promise<string[]> {
  const pattern = `${beginning.replace(/[\\*?[\]]/g, "\\$&")}*`;
  const found = await server.commands.look((client) =>
    Promise.all(nodesOf(client).map((node) => scanNode(node, pattern))),
  );
  return [...new Set(found.flat())].sort();
}

/** Every node that serves. */
export function nodesOf(client: Client): Redis[] {
  return "nodes" in client ? client.nodes("master") : [client];
}

async function scanNode(node: Redis, pattern: string): Promise<string[]> {
  const found: string[] = [];
  let cursor = "0";
  do {
    const [next, some] = await node.scan(cursor, "MATCH", pattern, "COUNT", 1000);
    found.push(...some);
    cursor = next;
  } while (cursor !== "0");
  return found;
}
