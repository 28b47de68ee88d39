/** A real Redis of one's own for a test: on a free port, in a folder of its own, ended by its process. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A server that runs until `stop`. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** The process that serves now; another one after `restart`. */
  readonly process: ChildProcess;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
  /** Ends the server without warning, as a crash would, and leaves the port free until `start`. */
  crash(): Promise<void>;
  /** Starts it again on the same port and folder. */
  start(): Promise<void>;
  /** `crash`, then `start`. */
  restart(): Promise<void>;
}

/** Starts a server and resolves once it accepts connections. */
export async function startRedis(options: { readonly args?: readonly string[] } = {}): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "tqc-redis-"));
  const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--save", "", ...(options.args ?? [])];
  let serving = await launch(args);
  const crash = async () => {
    await end(serving, "SIGKILL");
  };
  const start = async () => {
    serving = await launch(args);
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get process() {
      return serving;
    },
    crash,
    start,
    async restart() {
      await crash();
      await start();
    },
    async stop() {
      await end(serving, "SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
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

function launch(args: readonly string[]): Promise<ChildProcess> {
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (!/ready to accept connections/i.test(said)) return;
      child.stdout.off("data", hear).resume();
      resolve(child);
    };
    child.stdout.on("data", hear);
    child.stderr.resume();
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`redis-server ended with ${code} before it was ready:\n${said}`)));
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}
