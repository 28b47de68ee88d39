/** What a Redis's settings mean for work that is kept in it, where they put it at risk. */
import type { Redis } from "ioredis";
import { nodesOf } from "./scan.js";
import type { Server } from "./server.js";

/** One sentence per risk, with the way out; none where the server does not tell of itself. */
export async function advise(server: Server): Promise<readonly string[]> {
  const told = await server.commands.look((client) => Promise.all(nodesOf(client).map(adviceOf)));
  return [...new Set(told.flat())];
}

async function adviceOf(node: Redis): Promise<string[]> {
  // A user with few rights may not ask; then nothing is known, and nothing is said.
  const info = await node.info().catch(() => "");
  const save = await node.call("CONFIG", "GET", "save").catch(() => undefined);
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? "noeviction";
  const appends = /^aof_enabled:(\d)/m.exec(info)?.[1] !== "0";
  const advice: string[] = [];
  if (policy !== "noeviction") {
    advice.push(
      `Redis may throw work away when its memory is full: maxmemory-policy is ${policy}; set maxmemory-policy noeviction`,
    );
  }
  if (!appends && saves(save) === "") {
    advice.push("Redis keeps nothing on disk: its restart loses all work; set appendonly yes");
  }
  return advice;
}

/** The schedule of snapshots in a reply to CONFIG GET: a list, or a map under RESP3. */
function saves(reply: unknown): unknown {
  if (Array.isArray(reply)) return reply[1];
  return typeof reply === "object" && reply !== null && "save" in reply ? reply.save : undefined;
}
