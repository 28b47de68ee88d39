/** A real Redis of one's own for a test: on a free port, in a folder of its own, ended by its process. */
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./ports.js";
import { Voice } from "./voice.js";

/** A server that runs until `stop`. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Where it keeps its files. */
  readonly folder: string;
  /** The process that serves now; another one after `restart`. */
  readonly process: ChildProcess;
  /** Resolves once the process that serves now has logged something. */
  says(words: string): Promise<void>;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
  /** Ends the server without warning, as a crash would, and leaves the port free until `start`. */
  crash(): Promise<void>;
  /** Starts it again on the same port and folder. */
  start(): Promise<void>;
  /** `crash`, then `start`. */
  restart(): Promise<void>;
}

export interface RedisOptions {
  readonly args?: readonly string[];
  /** Another server of the same protocol. */
  readonly command?: "redis-server" | "valkey-server";
}

/** Starts a server and resolves once it accepts connections. */
export async function startRedis({
  args: more = [],
  command = "redis-server",
}: RedisOptions = {}): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "tqc-redis-"));
  const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--save", "", ...more];
  let serving = await launch(command, args);
  const crash = async () => {
    await serving.end("SIGKILL");
  };
  const start = async () => {
    serving = await launch(command, args);
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    folder,
    get process() {
      return serving.process;
    },
    says: (words) => serving.says(words),
    crash,
    start,
    async restart() {
      await crash();
      await start();
    },
    async stop() {
      await serving.end("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(...[command, args]: [string, readonly string[]]): Promise<Voice> {
  const server = new Voice(command, args);
  await server.says("eady to accept connections");
  return server;
}
