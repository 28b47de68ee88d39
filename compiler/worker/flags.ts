/** Flags, environment and config file -> how the worker runs. The earlier wins. */
import { dirname } from "node:path";
import type { Config } from "../../runtime/config.js";
import { toMilliseconds } from "../../runtime/duration.js";
import { LOG_LEVELS, type LogLevel } from "../../runtime/logger.js";
import type { Duration } from "../../runtime/manifest.js";
import type { WorkerSettings } from "../../runtime/worker/worker.js";
import { findConfig, loadConfig } from "../settings/config.js";
import { UsageError } from "../usage-error.js";

/** The flags as commander gives them; an environment variable stands for a flag that was left out. */
export interface WorkerFlags {
  readonly registry?: string;
  readonly broker?: string;
  readonly config?: string;
  readonly concurrency?: string;
  readonly queues?: string;
  readonly name?: string;
  readonly logLevel?: string;
  readonly healthPort?: string;
  readonly lease?: string;
  readonly maxDeliveries?: string;
  readonly shutdownTimeout?: string;
  readonly maxTasks?: string;
  readonly maxMemory?: string;
  readonly threads?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** The config file that goes with them, and its folder. */
export async function readConfig(
  { config: named }: WorkerFlags,
  cwd: string,
): Promise<{ config: Config; from: string }> {
  const path = named ?? findConfig(cwd);
  return path === undefined ? { config: {}, from: cwd } : { config: await loadConfig(path), from: dirname(path) };
}

/** The worker's settings. */
export function settingsOf(flags: WorkerFlags, { worker = {} }: Config): WorkerSettings {
  const concurrency = wholeNumber("--concurrency", flags.concurrency) ?? worker.concurrency;
  const queues =
    flags.queues
      ?.split(",")
      .map((queue) => queue.trim())
      .filter(Boolean) ?? worker.queues;
  const maxDeliveries = wholeNumber("--max-deliveries", flags.maxDeliveries) ?? worker.maxDeliveries;
  const maxTasks = wholeNumber("--max-tasks", flags.maxTasks) ?? worker.maxTasks;
  const maxMemory = bytes(flags.maxMemory) ?? bytes(worker.maxMemory);
  const threads = wholeNumber("--threads", flags.threads, 0) ?? worker.threads;
  const name = flags.name ?? worker.name;
  const lease = duration("--lease", flags.lease) ?? worker.lease;
  const shutdownTimeout = duration("--shutdown-timeout", flags.shutdownTimeout) ?? worker.shutdownTimeout;
  return {
    ...(concurrency !== undefined && { concurrency }),
    ...(queues !== undefined && { queues }),
    ...(name !== undefined && { name }),
    ...(lease !== undefined && { lease }),
    ...(maxDeliveries !== undefined && { maxDeliveries }),
    ...(shutdownTimeout !== undefined && { shutdownTimeout }),
    ...(maxTasks !== undefined && { maxTasks }),
    ...(maxMemory !== undefined && { maxMemory }),
    ...(threads !== undefined && { threads }),
  };
}

/** The least that is logged. */
export function levelOf({ logLevel, quiet, verbose }: WorkerFlags, { worker }: Config): LogLevel {
  const level =
    logLevel ?? (verbose ? "debug" : quiet ? "warn" : process.env.TQC_LOG_LEVEL || (worker?.logLevel ?? "info"));
  const known = LOG_LEVELS.find((each) => each === level);
  if (known) return known;
  throw new UsageError(`--log-level is one of ${LOG_LEVELS.join(", ")}, but this is ${JSON.stringify(level)}`);
}

/** The port for health, if any. */
export function healthPortOf({ healthPort }: WorkerFlags, { worker }: Config): number | undefined {
  return wholeNumber("--health-port", healthPort, 0) ?? worker?.healthPort;
}

function wholeNumber(flag: string, text: string | undefined, least = 1): number | undefined {
  if (!text) return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number >= least) return number;
  throw new UsageError(`${flag} is a whole number from ${least}, but this is ${JSON.stringify(text)}`);
}

function duration(flag: string, text: string | undefined): number | undefined {
  if (!text) return undefined;
  try {
    return toMilliseconds(/^\d+$/.test(text) ? Number(text) : (text as Duration));
  } catch {
    throw new UsageError(`${flag} is milliseconds, or text such as 30s or 5m, but this is ${JSON.stringify(text)}`);
  }
}

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 1_024, m: 1_024 ** 2, g: 1_024 ** 3 };

function bytes(text: string | number | undefined): number | undefined {
  if (typeof text === "number") return text;
  if (!text) return undefined;
  const [, count, unit = ""] = /^(\d+)\s*([kmg]?)i?b?$/i.exec(text) ?? [];
  if (count !== undefined) return Number(count) * (UNITS[unit.toLowerCase()] ?? 1);
  throw new UsageError(`--max-memory is bytes, or text such as 512mb, but this is ${JSON.stringify(text)}`);
}
