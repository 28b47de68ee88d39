/** How many runs are kept, by state; and where one call stands in its queue. */
import { type Census, type Located, MOST_LOOKED_AT } from "../../broker.js";
import type { NodeIndex } from "../../messages.js";
import { nodeKey } from "../routing.js";
import { standingOf } from "./overview.js";
import { keysOf } from "./scan.js";
import { locate } from "./scripts.gen.js";
import type { Server } from "./server.js";

type Counted = { -readonly [State in keyof Census["states"]]: number };

/** Counts canvases and the outcomes of single calls, `limit` of each at most. */
export async function census(server: Server, limit: number): Promise<Census> {
  const counted: Counted = { PENDING: 0, STARTED: 0, SUCCESS: 0, FAILURE: 0, REVOKED: 0 };
  const parts = await server.everywhere(async (base) => {
    const canvases = await upTo(limit, keysOf(server, `${base}run:`), async (keys) => {
      for (const { outcome, open, size } of await standingOf(server, base, keys)) {
        counted[stateOf(outcome) ?? (open < size ? "STARTED" : "PENDING")] += 1;
      }
    });
    const lone = await upTo(limit, keysOf(server, `${base}result:`), async (keys) => {
      for (const outcome of await outcomesOf(server, keys)) counted[stateOf(outcome) ?? "PENDING"] += 1;
    });
    const ignored = await upTo(limit, keysOf(server, `${base}ended:`), async (keys) => {
      for (const size of await sizesOf(server, keys)) counted.SUCCESS += size;
    });
    return canvases && lone && ignored;
  });
  return { states: counted, complete: parts.every(Boolean) };
}

/** Whether all slices were looked at before there were enough. */
async function upTo(
  limit: number,
  slices: AsyncIterable<string[]>,
  look: (keys: string[]) => Promise<void>,
): Promise<boolean> {
  let left = limit;
  for await (const keys of slices) {
    if (left <= 0) return false;
    await look(keys.slice(0, left));
    left -= keys.length;
  }
  return left >= 0;
}

/** The beginnings of outcomes, as much as tells their state. */
function outcomesOf(server: Server, keys: readonly string[]): Promise<string[]> {
  return server.commands.look((client) => Promise.all(keys.map((key) => client.getrange(key, 0, 7))));
}

/** Of hashes that hold nothing but successes. */
function sizesOf(server: Server, keys: readonly string[]): Promise<number[]> {
  return server.commands.look((client) => Promise.all(keys.map((key) => client.hlen(key))));
}

function stateOf(outcome: string): "SUCCESS" | "FAILURE" | "REVOKED" | undefined {
  return (["SUCCESS", "FAILURE", "REVOKED"] as const).find((state) => outcome.startsWith(state));
}

/** Looks through all queues for a call that is ready. */
export async function locateCall(server: Server, run: string, index: NodeIndex): Promise<Located | undefined> {
  const base = server.baseOf(run);
  const node = nodeKey(run, index);
  const lists: string[] = [];
  for await (const keys of keysOf(server, `${base}queue:`)) lists.push(...keys.map((key) => key.slice(base.length)));
  for (const list of lists.sort()) {
    for (let from = 0; from >= 0 && from < MOST_LOOKED_AT; ) {
      const reply = await server.commands.run<[number, string, number]>(locate({ base, list, node, from }));
      const [position, head, next] = reply;
      if (position >= 0) return { head, ahead: position + (await above(server, base, list)) };
      from = next;
    }
  }
  return undefined;
}

/** How many messages of the queue have a higher priority. */
async function above(server: Server, base: string, list: string): Promise<number> {
  const end = list.lastIndexOf(":");
  const priority = Number(list.slice(end + 1));
  const better = Array.from({ length: 9 - priority }, (_, i) => `${base}${list.slice(0, end)}:${priority + 1 + i}`);
  const lengths = await server.commands.look((client) => Promise.all(better.map((key) => client.llen(key))));
  return lengths.reduce((sum, length) => sum + length, 0);
}
