/**
 * Celery, as Debian has it (python3-celery, python3-redis): its own producer and its own worker, each a Python process that is
 * spoken to by lines. A worker is measured with each of its pools, and the best of them counts.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ConsumeOptions, Consumer, Contender } from "./contender.js";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
const PROGRAM = fileURLToPath(new URL("celery_tasks.py", import.meta.url));

/** As many processes as the machine has cores to spare; threads wait for each other's interpreter, so few are enough. */
const POOLS: Readonly<Record<string, readonly string[]>> = {
  prefork: ["--pool", "prefork", "--concurrency", "2"],
  threads: ["--pool", "threads", "--concurrency", "10"],
  solo: ["--pool", "solo"],
};

/** The ways to run its worker. */
export const variants = Object.keys(POOLS);

/** It takes the better part of a millisecond per task: a twentieth of the tasks tells its rate as well. */
export const share = 0.05;
export const largest = 1_000;

const python = ["python3", "/usr/bin/python3"].find(
  (each) => spawnSync(each, ["-c", "import celery, redis"], { stdio: "ignore" }).status === 0,
);

/** Why it cannot be measured here; undefined where it can. */
export const missing =
  python === undefined
    ? "there is no Python with celery and redis (apt-get install python3-celery python3-redis)"
    : undefined;

function start(url: string, args: readonly string[], stdio: ("pipe" | "ignore" | "inherit")[]): ChildProcess {
  const env = { ...process.env, BENCH_URL: url, PYTHONPATH: FOLDER, PYTHONDONTWRITEBYTECODE: "1" };
  return spawn(python ?? "python3", args, { env, stdio });
}

export async function open(url: string): Promise<Contender> {
  const child = start(url, [PROGRAM], ["pipe", "pipe", "inherit"]);
  const lines = createInterface({ input: child.stdout ?? process.stdin })[Symbol.asyncIterator]();
  await lines.next();
  /** One at a time, which is all that the benchmark asks for. */
  const ask = async (work: string, count = 1): Promise<void> => {
    child.stdin?.write(`${work} ${count}\n`);
    const { value } = await lines.next();
    if (value !== "ok") throw new Error(`Celery's ${work} of ${count}: ${value ?? "its producer has ended"}`);
  };
  return {
    name: "Celery",
    submit: (count) => ask("submit", count),
    submitIgnored: (count) => ask("submitIgnored", count),
    roundTrip: () => ask("roundTrip"),
    chain: (steps) => ask("chain", steps),
    chord: (members) => ask("chord", members),
    group: (members) => ask("group", members),
    async close() {
      const gone = once(child, "exit");
      child.stdin?.end();
      await gone;
    },
  };
}

export async function consume(
  url: string,
  onTask: () => void,
  { variant = "prefork" }: ConsumeOptions,
): Promise<Consumer> {
  const quiet = ["--loglevel", "ERROR", "--without-gossip", "--without-mingle", "--without-heartbeat"];
  const args = ["-m", "celery", "-A", "celery_tasks", "worker", ...(POOLS[variant] ?? []), ...quiet];
  let child: ChildProcess | undefined;
  return {
    async start() {
      child = start(url, args, ["ignore", "ignore", "ignore", "pipe"]);
      child.stdio[3]?.on("data", (bytes: Buffer) => {
        for (const _ of bytes) onTask();
      });
    },
    async stop() {
      if (!child || child.exitCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}
