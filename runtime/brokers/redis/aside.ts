/** What is set aside, page by page: a hundred thousand messages hold up neither the server nor whoever reads. */
import type { AsidePage, AsidePlace, AsideRecord } from "../../broker.js";
import { readAside } from "./reading.js";
import { slicesOf } from "./scan.js";
import type { Server } from "./server.js";

/** A line of facts stands above each message. */
const LINES = 4;

/** A page of what is set aside; its cursor names a partition, and a place in that. */
export async function asidePage(server: Server, { cursor = "0 0", limit }: AsidePlace): Promise<AsidePage> {
  const records: AsideRecord[] = [];
  let [partition, from] = readCursor(cursor);
  for (; partition < server.bases.length; partition++, from = "0") {
    const base = server.bases[partition]!;
    for await (const { heads, next } of slicesOf(server, { base, hash: "aside", lines: LINES, cursor: from })) {
      records.push(...heads.map(([node, head]) => readAside(node, head)));
      const rest = next === "0" ? `${partition + 1} 0` : `${partition} ${next}`;
      if (records.length >= limit) return isEnd(rest, server) ? { records } : { records, cursor: rest };
    }
  }
  return { records };
}

/** How many messages are set aside. */
export async function countAside(server: Server): Promise<number> {
  const counts = await server.everywhere((base) => server.commands.look((client) => client.hlen(`${base}aside`)));
  return counts.reduce((sum, count) => sum + count, 0);
}

function readCursor(cursor: string): [partition: number, from: string] {
  const [partition = "0", from = "0"] = cursor.split(" ");
  return [Number(partition), from];
}

function isEnd(cursor: string, { bases }: Server): boolean {
  return readCursor(cursor)[0] >= bases.length;
}
