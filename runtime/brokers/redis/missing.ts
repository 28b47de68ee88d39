/** Runs of which nothing is left: what a crash of the server, or a failover, has taken along. */
import { nodeKey, readRouting } from "../routing.js";
import { headsOf, keysOf } from "./scan.js";
import { names } from "./scripts.gen.js";
import type { Server } from "./server.js";
import { siblingsKey } from "./siblings.js";

/** Where one partition is searched, and for which runs: those that are found are taken out. */
interface Search {
  readonly server: Server;
  readonly base: string;
  readonly left: Set<string>;
}

/** Those of the runs that are nowhere. */
export async function missingRuns(server: Server, runs: readonly string[]): Promise<readonly string[]> {
  const once = await nowhere(server, runs);
  // A call that moved on while it was looked for may have been passed by; twice in a row it is not.
  return once.length === 0 ? once : nowhere(server, once);
}

async function nowhere(server: Server, runs: readonly string[]): Promise<string[]> {
  const parts = await server.everywhere(async (base, partition) => {
    const left = new Set(runs.filter((run) => server.partitionOf(run) === partition));
    await sift({ server, base, left });
    return [...left];
  });
  return parts.flat();
}

/** Most are found where it costs least. A lone call that is not is looked for the way that it goes: its queue first, its result last. */
async function sift(search: Search): Promise<void> {
  for (const find of [findKeys, findHeld, findParked, findQueued, findHeld, findParked, findKeys]) {
    if (search.left.size > 0) await find(search);
  }
}

async function findKeys({ server, base, left }: Search): Promise<void> {
  const runs = [...left];
  const found = await server.commands.look((client) =>
    Promise.all(
      runs.flatMap((run) => [
        client.exists(`${base}run:${run}`, `${base}result:${run}`),
        client.hexists(siblingsKey(base, run), run),
      ]),
    ),
  );
  for (const [i, run] of runs.entries()) if (found[2 * i] || found[2 * i + 1]) left.delete(run);
}

async function findQueued({ server, base, left }: Search): Promise<void> {
  for await (const keys of keysOf(server, `${base}queue:`)) {
    for (const key of keys) {
      for (let from = -1; from < 0 && left.size > 0; ) {
        const [next, ...nodes] = await server.commands.run<[number, ...string[]]>(
          names({ base, list: key.slice(base.length), from }),
        );
        for (const node of nodes) left.delete(readRouting(node).run);
        from = next;
      }
    }
  }
}

async function findHeld({ server, base, left }: Search): Promise<void> {
  for (const worker of await server.commands.look((client) => client.zrangebyscore(`${base}workers`, "-inf", "+inf"))) {
    for await (const slice of headsOf(server, base, `held:${worker}`)) {
      for (const [, head] of slice) left.delete(readRouting(head).run);
    }
  }
}

/** What waits for a time, or for a worker that can run it. */
async function findParked({ server, base, left }: Search): Promise<void> {
  const runs = [...left];
  const found = await server.commands.look((client) =>
    Promise.all(
      runs.flatMap((run) => [
        client.hexists(`${base}delayed:messages`, nodeKey(run, 0)),
        client.hexists(`${base}aside`, nodeKey(run, 0)),
      ]),
    ),
  );
  for (const [i, run] of runs.entries()) if (found[2 * i] || found[2 * i + 1]) left.delete(run);
}
