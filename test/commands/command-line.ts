/** Runs the real `tqc`, from its sources, as a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../compiler/cli.ts", import.meta.url));
const TSX = import.meta.resolve("tsx");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Where {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What has not ended yet, and was not told to. */
const running = new Set<ChildProcess>();

function start(script: string, args: readonly string[], { cwd, env }: Where): ChildProcess {
  const { TQC_BROKER_URL: _broker, FORCE_COLOR: _colour, ...own } = process.env;
  const child = spawn(process.execPath, ["--import", TSX, script, ...args], {
    cwd,
    env: { ...own, NO_COLOR: "1", NODE_ENV: "test", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.once("close", () => running.delete(child));
  return child;
}

/** Ends what a test that failed has left running. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map(stop));
}

/** SIGTERM, once: a second one would cut a drain short. */
function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  if (running.delete(child)) child.kill("SIGTERM");
  return closed;
}

/** A program that goes on until it is told to end. */
export interface Running {
  /** Resolves with the match once stderr or stdout has said so; said once, it is heard once. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends SIGTERM and resolves to the exit code when it has ended. */
  end(): Promise<number | null>;
}

/** Starts `tqc` and listens. */
export function startTqc(args: readonly string[], where: Where): Running {
  const child = start(CLI, args, where);
  let said = "";
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer): void => {
    said += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const listener = (): void => {
          const match = pattern.exec(said);
          if (!match) return;
          listeners.delete(listener);
          // Lines of two streams, or of two processes, come in any order: what stands before it may still be asked for.
          said = said.slice(0, match.index) + said.slice(match.index + match[0].length);
          resolve(match);
        };
        listeners.add(listener);
        ended.then((code) => reject(new Error(`tqc ended with ${code} and never said ${pattern}:\n${said}`)));
        listener();
      }),
    end: () => stop(child),
  };
}

/** Runs a script to its end. */
export async function runScript(script: string, args: readonly string[], where: Where): Promise<Ended> {
  const child = start(script, args, where);
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, stdout, stderr };
}

/** Runs `tqc` to its end. */
export function tqc(args: readonly string[], where: Where): Promise<Ended> {
  return runScript(CLI, args, where);
}
