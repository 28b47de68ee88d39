/** The worker's log on stderr: for people in a terminal, one JSON object per line elsewhere. */

import { createLogger, jsonLogger, type LogFields, type Logger, type LogLevel } from "../../runtime/logger.js";
import { stderrColors as colors } from "../colors.js";

const COLOUR: Readonly<Record<LogLevel, (text: string) => string>> = {
  debug: colors.dim,
  info: colors.cyan,
  warn: colors.yellow,
  error: colors.red,
};

/** A logger for a stream. */
export function streamLogger(stream: NodeJS.WriteStream, least: LogLevel): Logger {
  const write = (text: string) => {
    stream.write(text);
  };
  return stream.isTTY ? prettyLogger(write, least) : jsonLogger(write, least);
}

/** One readable line per entry: time, level, message, what matters of the fields; an error below it. */
export function prettyLogger(write: (text: string) => void, least: LogLevel): Logger {
  return createLogger((level, fields, message) => {
    const time = colors.dim(new Date().toISOString().slice(11, 23));
    write(`${time} ${COLOUR[level](level.padEnd(5))} ${message}${details(fields)}\n${stackOf(fields)}`);
  }, least);
}

/** What a message says already, or what is the same in every line of one worker. */
const UNSAID = new Set(["err", "task", "worker", "runId", "queue", "outcome", "attempt", "durationMs"]);

function details(fields: LogFields): string {
  const { durationMs, attempt } = fields;
  const parts = Object.entries(fields)
    .filter(([key, value]) => !UNSAID.has(key) && value !== undefined)
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  if (typeof attempt === "number" && attempt > 0) parts.push(`attempt=${attempt}`);
  if (typeof durationMs === "number") parts.unshift(`in ${durationMs} ms`);
  return parts.length > 0 ? colors.dim(` ${parts.join(" ")}`) : "";
}

function stackOf({ err }: LogFields): string {
  if (err === undefined) return "";
  const text = err instanceof Error ? (err.stack ?? `${err.name}: ${err.message}`) : String(err);
  return `${text.replace(/^/gm, "    ")}\n`;
}
