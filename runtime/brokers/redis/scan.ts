/** Reading much without holding anybody up: keys by their beginning, and large hashes, slice by slice. */
import type { Redis } from "ioredis";
import type { Client } from "./connection.js";
import { heads } from "./scripts.gen.js";
import type { Server } from "./server.js";

/** Keys with this beginning, of every node that serves, in slices. While the server grows its tables, a key may come twice. */
export async function* keysOf(server: Server, beginning: string): AsyncGenerator<string[]> {
  const pattern = `${beginning.replace(/[\\*?[\]]/g, "\\$&")}*`;
  for (const node of await server.commands.look(async (client) => nodesOf(client))) {
    let cursor = "0";
    do {
      const [next, found] = await node.scan(cursor, "MATCH", pattern, "COUNT", 1000);
      if (found.length > 0) yield found;
      cursor = next;
    } while (cursor !== "0");
  }
}

/** Every node that serves. */
export function nodesOf(client: Client): Redis[] {
  return "nodes" in client ? client.nodes("master") : [client];
}

/** A field of a hash of messages, and its message without what it is called with. */
export type Head = readonly [field: string, head: string];

/** How much of a hash one slice looks at, bytes: what Redis is held up by for a millisecond or so. */
const SLICE_BYTES = 1_000_000;

/** The messages of a hash without what they are called with, in slices. */
export async function* headsOf(server: Server, base: string, hash: string): AsyncGenerator<readonly Head[]> {
  for await (const { heads } of slicesOf(server, { base, hash, lines: 3, cursor: "0" })) yield heads;
}

/** Where slices of a hash begin. */
export interface SlicePlace {
  readonly base: string;
  readonly hash: string;
  /** How many lines of each message come before its arguments. */
  readonly lines: number;
  /** "0", or where an earlier slice ended. */
  readonly cursor: string;
}

/** Some messages of a hash, and where those after them begin: "0" after the last. */
export interface Slice {
  readonly heads: readonly Head[];
  readonly next: string;
}

/** A hash of messages from somewhere on, slice by slice: large messages make short ones. */
export async function* slicesOf(server: Server, { cursor: from, ...hash }: SlicePlace): AsyncGenerator<Slice> {
  let [cursor, count] = [from, 10];
  do {
    const reply = await server.commands.run<string[]>(heads({ ...hash, cursor, count }));
    const [next = "0", bytes, ...found] = reply;
    yield {
      heads: Array.from({ length: found.length / 2 }, (_, i) => [found[2 * i] ?? "", found[2 * i + 1] ?? ""]),
      next,
    };
    const fitting = Math.round((count * SLICE_BYTES) / Math.max(1, Number(bytes)));
    count = Math.max(1, Math.min(1_000, 4 * count, fitting));
    cursor = next;
  } while (cursor !== "0");
}

/** A large hash, read in batches so that nobody else waits for it. */
export async function scanHash(server: Server, key: string): Promise<string[]> {
  const found: string[] = [];
  let cursor = "0";
  do {
    const [next, some] = await server.commands.look((client) => client.hscan(key, cursor, "COUNT", 1000));
    for (const each of some) found.push(each);
    cursor = next;
  } while (cursor !== "0");
  return found;
}
