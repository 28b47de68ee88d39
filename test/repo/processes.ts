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
  const args = ["worker", "--registry", registry, "--broker", broker, "-c", "1"];
  return startProgram({ script, args, cwd: dirname(registry), says: /serving \d+ tasks/ });
}

/** A program that goes on, and what it says once it is ready. */
export interface Program {
  readonly script: string;
  readonly args?: readonly string[];
  /** Default: where the script is. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly says: RegExp;
}

/** Starts a program; resolves when it is ready. */
export function startProgram({ script, args = [], cwd = dirname(script), env, says }: Program): Promise<ChildProcess> {
  const program = spawn(process.execPath, [script, ...args], {
    cwd,
    env: { ...outside(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (says.test(said)) resolve(program);
    };
    program.stdout.on("data", hear);
    program.stderr.on("data", hear);
    program.once("exit", (code) => reject(new Error(`${script} ended with ${code} before it was ready:\n${said}`)));
  });
}

/** Asks a worker to drain; resolves to its exit code. */
export function stopWorker(worker: ChildProcess): Promise<number | null> {
  if (worker.exitCode !== null || worker.signalCode !== null) return Promise.resolve(worker.exitCode);
  return new Promise((resolve) => {
    worker.once("exit", (code) => resolve(code));
    worker.kill("SIGTERM");
  });
}
