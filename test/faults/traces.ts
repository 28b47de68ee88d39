/** What canvases leave in Redis once they have ended, read in bulk. */
import type { Redis } from "ioredis";
import { openClient } from "../setup/client.js";

/** How many runs, or keys, one round trip asks about. */
const BATCH = 500;
/** Between two looks, seconds. */
const PAUSE = 0.1;
/** After so many looks in vain, what was awaited will never be. */
const LOOKS = 600;

/** What belongs to living workers, or empties itself, and to no run. */
const OF_WORKERS = /:(workers|cancelled)$/;

/** Resolves once every node of the runs has ended, callbacks included, each once, and every join was counted down to 0. */
export async function expectEnded(url: string, runs: readonly string[]): Promise<void> {
  const admin = openClient(url);
  try {
    await patiently(admin, async () => {
      const open = await each(admin, runs, (run) => ["hget", `{tqc:0}:run:${run}`, "open"]);
      return runs.flatMap((run, i) => (open[i] === "0" ? [] : [`${run} has ${open[i]} open nodes`]));
    });
    const fields = await each(admin, runs, (run) => ["hgetall", `{tqc:0}:run:${run}`]);
    const sizes = await each(admin, runs, (run) => ["hlen", `{tqc:0}:outcomes:${run}`]);
    const off = runs.flatMap((run, i) => faultsOf(run, { run: fieldsOf(fields[i]), outcomes: Number(sizes[i]) }));
    if (off.length > 0) throw new Error(some(off));
  } finally {
    admin.disconnect();
  }
}

/** Resolves once nothing is queued or held any more, and what is left has a TTL. */
export async function expectQuiet(url: string): Promise<void> {
  const admin = openClient(url);
  try {
    await patiently(admin, async () => {
      const keys = (await admin.keys("*")).filter((key) => !OF_WORKERS.test(key));
      const ttls = await each(admin, keys, (key) => ["pttl", key]);
      return keys.filter((_, i) => ttls[i] === -1).map((key) => `${key} would never go away`);
    });
  } finally {
    admin.disconnect();
  }
}

function faultsOf(id: string, found: { readonly run: Record<string, string>; readonly outcomes: number }): string[] {
  const { run, outcomes } = found;
  const joins = Object.entries(run).filter(([field, left]) => field.startsWith("left:") && left !== "0");
  const missing = Number(run.next) - outcomes;
  return [
    ...(joins.length > 0 ? [`${id} has joins that were miscounted: ${JSON.stringify(joins)}`] : []),
    ...(missing === 0 ? [] : [`${id} has ${outcomes} outcomes of ${run.next} nodes`]),
  ];
}

/** A hash as one protocol gives it, or the other. */
function fieldsOf(reply: unknown): Record<string, string> {
  if (!Array.isArray(reply)) return reply as Record<string, string>;
  return Object.fromEntries(Array.from({ length: reply.length / 2 }, (_, i) => [reply[2 * i], reply[2 * i + 1]]));
}

/** The replies to one command about each. */
async function each<Name>(
  admin: Redis,
  names: readonly Name[],
  command: (name: Name) => readonly [string, ...string[]],
): Promise<unknown[]> {
  const replies: unknown[] = [];
  for (let from = 0; from < names.length; from += BATCH) {
    const asked = names.slice(from, from + BATCH).map((name) => {
      const [verb, ...args] = command(name);
      return admin.call(verb, ...args);
    });
    for (const reply of await Promise.all(asked)) replies.push(reply);
  }
  return replies;
}

/** Looks until nothing is left to wait for. */
async function patiently(admin: Redis, look: () => Promise<readonly string[]>): Promise<void> {
  for (let looks = 1; ; looks += 1) {
    const left = await look();
    if (left.length === 0) return;
    if (looks === LOOKS) throw new Error(some(left));
    await admin.blpop("nothing", PAUSE);
  }
}

/** The first of a list, and how many it has. */
function some(list: readonly string[]): string {
  return `${list.length} in all: ${list.slice(0, 10).join(", ")}`;
}
