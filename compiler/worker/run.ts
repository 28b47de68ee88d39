/** Runs a worker in this process until it is told to stop. */
import { relative } from "node:path";
import type { Logger, LogLevel } from "../../runtime/logger.js";
import type { Worker } from "../../runtime/worker/worker.js";
import { UsageError } from "../usage-error.js";
import { healthPortOf, levelOf, readConfig, settingsOf, type WorkerFlags } from "./flags.js";
import { serveHealth } from "./health.js";
import { streamLogger } from "./logging.js";
import { findRegistry, loadRegistry, type RegisteredApp } from "./registry.js";
import { endOnSignals, onSignals } from "./signals.js";

/** Exit codes, see docs: fine, and nobody there. */
const FINE = 0;
const UNREACHABLE = 69;

/** Starts the worker, drains it at the first signal, and resolves to the process's exit code. */
export async function runWorker(flags: WorkerFlags): Promise<number> {
  const serving = endOnSignals();
  const cwd = process.cwd();
  const { config, from } = await readConfig(flags, cwd);
  const [settings, level] = [settingsOf(flags, config), levelOf(flags, config)];
  const path = findRegistry({ named: flags.registry, config, from, cwd });
  if (config.broker !== undefined) process.env.TQC_BROKER_URL ??= config.broker;
  const app = await loadRegistry(path);
  if (flags.broker !== undefined) app.configure({ broker: flags.broker });
  const logger = app.logger ?? streamLogger(process.stderr, level);
  const worker = app.worker({ ...settings, logger });
  // Before it starts: from its first claim on, a signal has to drain.
  const ignoreSignals = onSignals(worker, logger);
  serving();
  try {
    await refuseMemory(app);
    await worker.start();
  } catch (error) {
    return failedStart(error);
  }
  announce({ worker, logger, level, registry: relative(cwd, path) });
  await serve({ worker, logger, port: healthPortOf(flags, config) });
  ignoreSignals();
  await app.close();
  return FINE;
}

/** Work in this process's memory comes from this process alone, and this one sends none. */
async function refuseMemory(app: RegisteredApp): Promise<void> {
  const { embedded } = await app.broker();
  if (!embedded) return;
  throw new UsageError(
    "the broker is memory://, which no other process can reach; name one with --broker redis://localhost:6379 or TQC_BROKER_URL",
  );
}

/** Errors are told by their code: the application has its own copy of every class. */
function failedStart(error: unknown): number {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (code === "CONFIGURATION") throw new UsageError(message);
  if (code !== "BROKER_UNAVAILABLE") throw error;
  process.stderr.write(`${message}\n`);
  return UNREACHABLE;
}

interface Announcement {
  readonly worker: Worker;
  readonly logger: Logger;
  readonly level: LogLevel;
  readonly registry: string;
}

/** What it registered, and that it serves. */
function announce({ worker, logger, level, registry }: Announcement): void {
  const { id, tasks, queues, concurrency } = worker.stats();
  const about = { worker: id, registry, queues, concurrency };
  if (!process.stderr.isTTY) logger.info({ ...about, tasks }, `serving ${tasks.length} tasks`);
  else if (level === "info" || level === "debug") showAnnouncement(worker, registry);
}

function showAnnouncement(worker: Worker, registry: string): void {
  const { id, tasks, queues, concurrency } = worker.stats();
  const lines = [`tqc worker ${id}`, `  registry     ${registry}`, `  queues       ${queues.join(", ")}`];
  lines.push(`  concurrency  ${concurrency}`, `  tasks        ${tasks.length}`, ...tasks.map((name) => `    ${name}`));
  process.stderr.write(`${lines.join("\n")}\n`);
}

/** Until the worker has ended, by a signal or by itself. */
async function serve(parts: { readonly worker: Worker; readonly logger: Logger; readonly port: number | undefined }) {
  const { worker, logger, port } = parts;
  const stopHealth = port === undefined ? undefined : await serveHealth(worker, port);
  await worker.ended;
  const { succeeded, failed } = worker.stats();
  logger.info({ worker: worker.stats().id, succeeded, failed }, "the worker has ended");
  await stopHealth?.();
}
