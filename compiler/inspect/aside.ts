/** What is set aside: all of it, page by page, and one message as tools report it. */
import type { AsideRecord, Broker } from "../../runtime/broker.js";
import type { CallHeader } from "../../runtime/messages.js";
import { nodeId, readMessage } from "../../runtime/wire.js";
import { momentText } from "./time-text.js";

/** A message that was set aside, without its arguments. */
export interface AsideReport {
  readonly id: string;
  readonly task: string;
  readonly reason: AsideRecord["reason"];
  readonly deliveries: number;
  readonly since: string;
}

/** How many are read at once. */
const PAGE = 1_000;

/** Every message that is set aside, once, a page at a time: a hundred thousand need not be in memory together. */
export async function* asidePages(broker: Broker): AsyncGenerator<readonly AsideRecord[]> {
  const told = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await broker.aside({ limit: PAGE, cursor });
    const fresh = page.records.filter(({ run, index }) => !told.has(`${run} ${index}`));
    for (const { run, index } of fresh) told.add(`${run} ${index}`);
    yield fresh;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** All of it, for who has to tell of all. */
export async function allAside(broker: Broker): Promise<AsideRecord[]> {
  const all: AsideRecord[] = [];
  for await (const page of asidePages(broker)) all.push(...page);
  return all;
}

/** Record -> report. */
export function asideReport({ run, index, task, reason, deliveries, since, text }: AsideRecord): AsideReport {
  const header = headerOf(text);
  const id = header?.id ?? idOf({ run, index, lone: header?.lone });
  return { id, task, reason, deliveries, since: momentText(since) };
}

/** A node that is reported without its run: a lone call is its run's result, and which node is that of a larger run is not told here. */
export function idOf({
  run,
  index,
  lone,
}: {
  readonly run: string;
  readonly index: number;
  readonly lone: true | undefined;
}): string {
  return nodeId(run, index, lone ? index : -1);
}

/** What was set aside may not be readable; then its own place names it. Pages tell of it without its arguments. */
function headerOf(head: string): CallHeader | undefined {
  try {
    return readMessage(`${head}\n`).header;
  } catch {
    return undefined;
  }
}
