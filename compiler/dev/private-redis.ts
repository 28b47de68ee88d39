/** A Redis for one session of development: on a free port, gone with its files when the session ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A server that runs until `stop`, or until this process ends. */
export interface PrivateRedis {
  readonly url: string;
  stop(): void;
}

/** Starts `redis-server`, or gives undefined where none is installed. */
export async function startPrivateRedis(): Promise<PrivateRedis | undefined> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "tqc-dev-"));
  // It appends to a file as one in production does, so that the worker has nothing to warn of.
  const durable = ["--save", "", "--appendonly", "yes", "--appendfsync", "no"];
  const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, ...durable];
  // Its own process group: Ctrl-C must reach the worker first, which drains into it.
  const server = spawn("redis-server", args, { stdio: ["ignore", "pipe", "ignore"], detached: true });
  const stop = (): void => {
    server.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", stop);
  if (await isServing(server)) return { url: `redis://127.0.0.1:${port}`, stop };
  stop();
  return undefined;
}

function isServing(server: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    let said = "";
    server.stdout?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_096);
      if (/ready to accept connections/i.test(said)) resolve(true);
    });
    server.once("error", () => resolve(false));
    server.once("exit", () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
