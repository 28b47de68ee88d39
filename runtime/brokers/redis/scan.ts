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

/** The messages of a hash without what they are called with, in slices. */
export async function* headsOf(server: Server, base: string, hash: string): AsyncGenerator<string[]> {
  let cursor = "0";
  do {
    const [next = "0", ...found] = await server.commands.run<string[]>(heads({ base, hash, cursor }));
    yield found;
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
