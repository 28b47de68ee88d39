/** A registry as the compiler would write it, for workers that are going to be killed. */
import { appendFileSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import { createApp, currentTask } from "tqc";
import type { TaskContract, TaskOptions } from "../../../runtime/manifest.js";

export const app = createApp();

// A worker of a test that was itself killed is not to live on.
if (process.env.TQC_FLEET) {
  process.once("disconnect", () => process.exit(1));
  process.channel?.unref();
}

function contract(name: string, options: TaskOptions = {}): TaskContract {
  return {
    name,
    module: "registry.ts",
    export: name,
    builder: name,
    parameters: [{ name: "args", rest: true, schema: true, text: "...args: unknown[]" }],
    result: true,
    returns: "unknown",
    options: { maxRetries: 0, retryBackoff: 10, ...options },
    fingerprint: `${name}-1`,
    codec: "superjson",
  };
}

/** Options of the tasks that have some. */
const options: Readonly<Record<string, TaskOptions>> = {
  flaky: { maxRetries: 1 },
  next: { pure: true },
  compute: { thread: true },
  overrun: { thread: true, timeLimit: 300 },
};

const ledger = process.env.TQC_LEDGER && openSync(join(process.env.TQC_LEDGER, `${process.pid}`), "a");

/** Writes down that an attempt began: what is written stays, whatever becomes of the process. */
function note(): void {
  const { runId, id, attempt } = currentTask();
  if (ledger) appendFileSync(ledger, `${runId} ${id} ${attempt}\n`);
}

const tasks = {
  /** Takes a while, so that workers die in the midst of it. */
  async square(n: number): Promise<number> {
    note();
    await setTimeout(n % 7);
    return n * n;
  },
  async sum(values: number[]): Promise<number> {
    note();
    await setTimeout(3);
    return values.reduce((total, value) => total + value, 0);
  },
  mark(value: unknown): unknown {
    note();
    return value;
  },
  next: (value: number): number => value + 1,
  /** Fails at first. */
  flaky(value: unknown): unknown {
    note();
    if (currentTask().attempt === 0) throw new Error("not yet");
    return value;
  },
  fail(): void {
    note();
    throw new Error("never");
  },
  /** Takes its worker along. */
  exit: () => process.exit(3),
  /** Keeps the event loop to itself, and writes down that it ran. */
  block(ms: number, path: string): string {
    appendFileSync(path, "ran\n");
    stand(ms);
    return "moved on";
  },
  /** Hangs, but for the second time. */
  hang(path: string): string {
    if (existsSync(path)) return "ran elsewhere";
    appendFileSync(path, "hung\n");
    stand(120_000);
    return "woke up";
  },
  /** Takes all the memory there is. */
  exhaust(): void {
    for (const kept: number[][] = []; ; ) kept.push(Array.from({ length: 100_000 }, (_, i) => i + kept.length));
  },
  /** Says where it runs, and keeps that thread to itself for a while. */
  compute(ms: number): number {
    stand(ms);
    return threadId;
  },
  /** Never ends by itself. */
  overrun(): void {
    for (;;);
  },
};

for (const name of Object.keys(tasks)) app.declare(contract(name, options[name]));
app.register(tasks, { module: import.meta.url });

function stand(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
