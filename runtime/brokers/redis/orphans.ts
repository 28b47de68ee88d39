/** Keys that stay for ever: they have no expiry, and nothing is left that would remove them. */

import type { RedisBrokerOptions } from "./options.js";
import { keysOf } from "./scan.js";
import { Server } from "./server.js";

/** A key, and why nobody will remove it. */
export interface Orphan {
  readonly key: string;
  readonly kind: "leftover" | "unserved" | "stranded";
  readonly says: string;
}

/** What was found of a broker's keys. */
export interface KeyFacts {
  /** How many keys were looked at. */
  readonly looked: number;
  /** Whether these were all. */
  readonly complete: boolean;
  readonly orphans: readonly Orphan[];
}

/** Looks at the keys under the broker's prefix, `limit` of them at most, and changes none. */
export async function findOrphans(url: string, options: RedisBrokerOptions, limit: number): Promise<KeyFacts> {
  const server = new Server(url, options);
  try {
    const orphans: Orphan[] = [];
    let looked = 0;
    for await (const keys of keysOf(server, prefixOf(server))) {
      if (looked >= limit) return { looked, complete: false, orphans };
      looked += keys.length;
      orphans.push(...(await among(server, keys)));
    }
    return { looked, complete: true, orphans };
  } finally {
    server.commands.close();
  }
}

/** What the keys of all partitions begin with, also of those that this broker does not serve. */
function prefixOf({ bases }: Server): string {
  return (bases[0] ?? "").replace(/0\}:$/, "");
}

async function among(server: Server, keys: readonly string[]): Promise<Orphan[]> {
  const lasting = await withoutExpiry(server, keys);
  const judged = await Promise.all(lasting.map((key) => judge(server, key)));
  const suspects = judged.flatMap((orphan) => orphan ?? []);
  // What has got its expiry meanwhile was only on its way.
  const still = new Set(
    await withoutExpiry(
      server,
      suspects.map(({ key }) => key),
    ),
  );
  return suspects.filter(({ key }) => still.has(key));
}

async function withoutExpiry(server: Server, keys: readonly string[]): Promise<string[]> {
  const left = await server.commands.look((client) => Promise.all(keys.map((key) => client.pttl(key))));
  return keys.filter((_, i) => left[i] === -1);
}

async function judge(server: Server, key: string): Promise<Orphan | undefined> {
  const end = key.indexOf("}:") + 2;
  const [base, name] = [key.slice(0, end), key.slice(end)];
  if (!server.bases.includes(base)) {
    const says = `belongs to a partition that this broker, which has ${server.bases.length}, does not serve`;
    return { key, kind: "unserved", says };
  }
  const [, kind = "", id = ""] = /^([^:]+):(.*)$/s.exec(name) ?? [];
  const says = await leftBy(server, { base, kind, id });
  return says === undefined ? undefined : { key, kind: kind === "held" ? "stranded" : "leftover", says };
}

/** Why a key without an expiry should not be there; nothing where it has an owner. */
async function leftBy(
  server: Server,
  { base, kind, id }: { readonly base: string; readonly kind: string; readonly id: string },
): Promise<string | undefined> {
  switch (kind) {
    case "run":
    case "plan":
    case "outcomes":
      return (await isOpen(server, base, id)) ? undefined : "belongs to a run that has ended or is gone";
    case "alias": {
      const target = await server.commands.look((client) => client.get(`${base}alias:${id}`));
      const [run = ""] = target?.split(" ") ?? [];
      return (await isOpen(server, base, run)) ? undefined : "is the name of a run that has ended or is gone";
    }
    case "held": {
      const lease = await server.commands.look((client) => client.zscore(`${base}workers`, id));
      return lease === null ? "is work of a worker that nobody knows, so nobody gives it back" : undefined;
    }
    case "result":
    case "progress":
    case "worker":
    case "reaped":
    case "rate":
      return "never expires, though its kind always does";
    default:
      return undefined;
  }
}

async function isOpen(server: Server, base: string, run: string): Promise<boolean> {
  return Number(await server.commands.look((client) => client.hget(`${base}run:${run}`, "open"))) > 0;
}
