/** Workers as people start them: processes of their own. */
import { type ChildProcess, spawn } from "node:child_process";
import { dirname } from "node:path";

/** The environment without what this test runner adds to it. */
export function outside(): NodeJS.ProcessEnv {
  const { NODE_ENV: _, VITEST: __, TQC_BROKER_URL: ___, NODE_OPTIONS: ____, ...env } = process.env;
  return env;
}

/** Which worker to start: the command's script, the generated registry, and the broker's URL. */
export interface WorkerPlace {
  readonly script: string;
  readonly registry: string;
  readonly broker: string;
}

/** Starts `tqc worker` beside its registry; resolves when it says that it is serving. */
export function startWorker({ script, registry, broker }: WorkerPlace): Promise<ChildProcess> {
  const args = [script, "worker", "--registry", registry, "--broker", broker, "-c", "1"];
  const worker = spawn(process.execPath, args, {
    cwd: dirname(registry),
    env: outside(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (/serving \d+ tasks/.test(said)) resolve(worker);
    };
    worker.stdout.on("data", hear);
    worker.stderr.on("data", hear);
    worker.once("exit", (code) => reject(new Error(`the worker ended with ${code} before it served:\n${said}`)));
  });
}

/** Asks a worker to drain; resolves to its exit code. */
export function stopWorker(worker: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    worker.once("exit", (code) => resolve(code));
    worker.kill("SIGTERM");
  });
}
