/** A master, a replica and three sentinels on the loopback. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../setup/ports.js";
import { type RedisServer, startRedis } from "../../setup/redis.js";
import { Voice } from "../../setup/voice.js";

export interface Sentinels {
  readonly url: string;
  readonly master: RedisServer;
  readonly replica: RedisServer;
  /** Resolves once the replica has been made master. */
  failedOver(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts them all; resolves once every sentinel knows the replica and the other two. */
export async function startSentinels(): Promise<Sentinels> {
  const master = await startRedis();
  const replica = await startRedis({ args: ["--replicaof", "127.0.0.1", `${master.port}`] });
  await replica.says("MASTER <-> REPLICA sync: Finished with success");
  const watches = await Promise.all([1, 2, 3].map(() => startSentinel(master.port)));
  await Promise.all(watches.flatMap(({ voice }) => [voice.says("+slave slave"), voice.says("+sentinel sentinel", 2)]));
  return {
    url: `redis+sentinel://${watches.map(({ port }) => `127.0.0.1:${port}`).join(",")}/main`,
    master,
    replica,
    failedOver: () => replica.says("MASTER MODE enabled"),
    async stop() {
      await Promise.all(watches.map((watch) => watch.stop()));
      await Promise.all([master.stop(), replica.stop()]);
    },
  };
}

async function startSentinel(master: number) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "tqc-sentinel-"));
  const config = [
    `port ${port}`,
    "bind 127.0.0.1",
    `dir ${folder}`,
    `sentinel monitor main 127.0.0.1 ${master} 2`,
    "sentinel down-after-milliseconds main 1500",
    "sentinel failover-timeout main 5000",
  ];
  writeFileSync(join(folder, "sentinel.conf"), `${config.join("\n")}\n`);
  const voice = new Voice("redis-server", [join(folder, "sentinel.conf"), "--sentinel"]);
  await voice.says("+monitor master");
  return {
    port,
    voice,
    async stop() {
      await voice.end("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
