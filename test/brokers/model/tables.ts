/** Where traces are played: the embedded broker, and databases of a Redis. */
import { Store } from "../../../runtime/brokers/memory/store.js";
import { connectRedisBroker } from "../../../runtime/brokers/redis/index.js";
import { VirtualClock } from "../../../runtime/virtual-clock.js";
import { openClient } from "../../setup/client.js";
import type { Table } from "./replay.js";
import { boardOver } from "./state.js";

/** A table that can be cleared for the next trace. */
export interface ClearTable extends Table {
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** The embedded broker, with nothing in it. */
export function memoryTable(): ClearTable {
  const store = new Store(new VirtualClock(1_000_000));
  const board = boardOver(store);
  return {
    ...board,
    clear: async () => {},
    close: () => board.broker.close(),
    now: async () => store.clock.now(),
    queued: async () => [...store.queues.entries()].map(({ text }) => text),
  };
}

/** All that is due at some time comes nearer, until the first is due. Half a second more, for what was to be due at once. */
const BRING_NEARER = `
local first
for _, key in ipairs(KEYS) do
  local score = tonumber(redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')[2])
  if score and (not first or score < first) then first = score end
end
if not first then return end
local time = redis.call('TIME')
local by = math.max(0, first - (time[1] * 1000 + time[2] / 1000) + 500)
for _, key in ipairs(KEYS) do
  for _, member in ipairs(redis.call('ZRANGE', key, 0, -1)) do redis.call('ZINCRBY', key, -by, member) end
end`;

/** One database of a server. */
export function redisTable(url: string, database: number): ClearTable {
  const broker = connectRedisBroker(`${url}/${database}`);
  const admin = openClient(url, { db: database });
  const due = ["delayed", "expiring", "opening"].map((name) => `{tqc:0}:${name}`);
  return {
    broker,
    now: async () => Date.now(),
    pass: async () => void (await admin.eval(BRING_NEARER, due.length, ...due)),
    async queued() {
      const keys = await admin.keys("{tqc:0}:queue:*");
      return (await Promise.all(keys.map((key) => admin.lrange(key, 0, -1)))).flat();
    },
    clear: async () => void (await admin.flushdb()),
    async close() {
      await broker.close();
      admin.disconnect();
    },
  };
}
