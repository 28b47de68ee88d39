/** A master, a replica and three sentinels on the loopback. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { type RedisServer, startRedis } from "../../setup/redis.js";
import { freePort, until } from "./ports.js";

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
  const watching = new Redis(replica.url);
  await until(async () => (await watching.info("replication")).includes("master_link_status:up"));
  const watches = await Promise.all([1, 2, 3].map(() => startSentinel(master.port)));
  await Promise.all(watches.map(({ port }) => until(() => knowsAll(port))));
  return {
    url: `redis+sentinel://${watches.map(({ port }) => `127.0.0.1:${port}`).join(",")}/main`,
    master,
    replica,
    failedOver: () => until(async () => (await watching.info("replication")).includes("role:master")),
    async stop() {
      watching.disconnect();
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
    "sentinel down-after-milliseconds main 500",
    "sentinel failover-timeout main 5000",
  ];
  writeFileSync(join(folder, "sentinel.conf"), `${config.join("\n")}\n`);
  const sentinel = spawn("redis-server", [join(folder, "sentinel.conf"), "--sentinel"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await saying(sentinel, "+monitor master");
  return {
    port,
    async stop() {
      const gone = once(sentinel, "exit");
      sentinel.kill("SIGKILL");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function saying(process: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    process.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(words)) resolve();
    });
    process.once("exit", (code) => reject(new Error(`the sentinel ended with ${code}:\n${said}`)));
  });
}

async function knowsAll(port: number): Promise<boolean> {
  const sentinel = new Redis({ port, host: "127.0.0.1" });
  try {
    const told = (await sentinel.call("SENTINEL", "MASTER", "main")) as Record<string, string> | string[];
    const fact = (name: string) => (Array.isArray(told) ? told[told.indexOf(name) + 1] : told[name]);
    return fact("num-slaves") === "1" && fact("num-other-sentinels") === "2";
  } finally {
    sentinel.disconnect();
  }
}
