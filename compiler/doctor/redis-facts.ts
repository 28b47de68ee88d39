/** What a Redis says of itself, as far as tqc depends on it. */
import { Connection, readAddress } from "../../runtime/brokers/redis/connection.js";

/** Facts, plain, so that judging them needs no server. */
export interface RedisFacts {
  readonly version: string;
  /** "noeviction", "allkeys-lru", ...; undefined where the server does not tell. */
  readonly evicts: string | undefined;
  /** Bytes; 0 for no limit. */
  readonly memoryLimit: number;
  readonly memoryUsed: number;
  readonly appendsOnly: boolean;
  /** The schedule of snapshots, "" for none; undefined where the server does not tell. */
  readonly snapshots: string | undefined;
  readonly role: string;
  /** Milliseconds that the server's clock is ahead of this machine's. */
  readonly ahead: number;
}

/** Asks the server. Rejects with BrokerUnavailableError where it is out of reach. */
export async function askRedis(url: string): Promise<RedisFacts> {
  const connection = new Connection(readAddress(url), { connectTimeout: 5_000 }, "commands");
  try {
    const info = readInfo(await connection.use((client) => client.info()));
    const ahead = await connection.use(async (client) => skew(() => client.time()));
    // A managed Redis may forbid CONFIG; then nothing is known of its snapshots.
    const save = await connection.use((client) => client.call("config", "get", "save")).catch(() => undefined);
    return {
      version: info.get("redis_version") ?? "unknown",
      evicts: info.get("maxmemory_policy"),
      memoryLimit: Number(info.get("maxmemory") ?? 0),
      memoryUsed: Number(info.get("used_memory") ?? 0),
      appendsOnly: info.get("aof_enabled") === "1",
      snapshots: Array.isArray(save) ? String(save[1] ?? "") : undefined,
      role: info.get("role") ?? "unknown",
      ahead,
    };
  } finally {
    connection.close();
  }
}

function readInfo(text: string): ReadonlyMap<string, string> {
  const pairs = text.split(/\r?\n/).filter((line) => line.includes(":") && !line.startsWith("#"));
  return new Map(pairs.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]));
}

/** The answer is as old as half the round trip. */
async function skew(time: () => Promise<readonly (number | string)[]>): Promise<number> {
  const asked = Date.now();
  const [seconds, micros] = await time();
  const answered = Date.now();
  return Math.round(Number(seconds) * 1000 + Number(micros) / 1000 - (asked + answered) / 2);
}
