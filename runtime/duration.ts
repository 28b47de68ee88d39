/** Lengths of time as people write them. */
import { ConfigurationError } from "./errors.js";
import type { Duration } from "./manifest.js";

const UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const TEXT = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** Whether a value is a length of time that a message can carry. */
export function isDuration(value: unknown): value is Duration {
  return typeof value === "number"
    ? Number.isFinite(value) && value >= 0
    : typeof value === "string" && TEXT.test(value);
}

/** Duration -> milliseconds. Throws where it is none, or negative. */
export function toMilliseconds(duration: Duration): number {
  if (typeof duration === "number" && duration >= 0) return duration;
  const [, count, unit = ""] = typeof duration === "string" ? (TEXT.exec(duration) ?? []) : [];
  if (count !== undefined) return Number(count) * UNIT[unit]!;
  throw new ConfigurationError(
    `a duration is a number of milliseconds, 0 or more, or text such as "250ms", "30s", "5m", "2h", "1d"; found ${JSON.stringify(duration) ?? String(duration)}`,
  );
}
