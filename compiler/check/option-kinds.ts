/** What each option takes. */
import type { TaskOptions } from "../../runtime/manifest.js";

/** Kinds of values. */
export type OptionKind =
  | "name"
  | "identifier"
  | "names"
  | "errors"
  | "priority"
  | "count"
  | "duration"
  | "flag"
  | "rate"
  | "cron"
  | "zone";

/** Every option there is. */
export const optionKinds: Readonly<Record<keyof TaskOptions, OptionKind>> = {
  name: "name",
  as: "identifier",
  aliases: "names",
  queue: "name",
  priority: "priority",
  maxRetries: "count",
  retryBackoff: "duration",
  retryBackoffMax: "duration",
  retryJitter: "flag",
  retryOn: "errors",
  softTimeLimit: "duration",
  timeLimit: "duration",
  expires: "duration",
  rateLimit: "rate",
  ignoreResult: "flag",
  pure: "flag",
  resultExpires: "duration",
  thread: "flag",
  schedule: "cron",
  every: "duration",
  timezone: "zone",
};

interface Kind {
  readonly expected: string;
  readonly help?: string;
  fits(value: unknown): boolean;
}

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Whether a value is a duration. */
export function isDuration(value: unknown): value is number | string {
  return typeof value === "number"
    ? Number.isFinite(value) && value >= 0
    : typeof value === "string" && DURATION.test(value);
}

/** A duration in milliseconds. */
export function toMilliseconds(duration: number | string): number {
  const [, amount = "0", unit = "ms"] = DURATION.exec(String(duration)) ?? [];
  return typeof duration === "number" ? duration : Number(amount) * UNITS[unit]!;
}

/** Each kind: how to tell it, and how to say it. */
export const kinds: Readonly<Record<OptionKind, Kind>> = {
  name: { expected: "a text without white space", fits: isName },
  identifier: {
    expected: "an identifier",
    fits: (value) => typeof value === "string" && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(value),
  },
  names: {
    expected: "a list of texts without white space",
    fits: (value) => Array.isArray(value) && value.every(isName),
  },
  errors: {
    expected: "a list of error names",
    help: 'write retryOn: ["TimeoutError"]',
    fits: (value) => Array.isArray(value) && value.every((item) => typeof item === "string" && item !== ""),
  },
  priority: {
    expected: "a whole number from 0 to 9",
    help: "9 is served first",
    fits: (value) => isCount(value) && value <= 9,
  },
  count: { expected: "a whole number from 0", fits: isCount },
  duration: {
    expected: "a duration",
    help: 'write milliseconds, or text such as "250ms", "30s", "5m", "2h", "1d"',
    fits: isDuration,
  },
  flag: { expected: "true or false", fits: (value) => typeof value === "boolean" },
  rate: {
    expected: "a rate",
    help: 'write "100/s", "100/m" or "100/h"',
    fits: (value) => typeof value === "string" && /^[1-9]\d*\/[smh]$/.test(value),
  },
  cron: {
    expected: "a cron expression",
    help: 'write five fields, such as "0 4 * * 1" (Mondays at four)',
    fits: isCron,
  },
  zone: { expected: "a time zone", help: 'write its IANA name, such as "Europe/Berlin"', fits: isZone },
};

function isName(value: unknown): value is string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be in a name
  return typeof value === "string" && value !== "" && !/[\s\u0000-\u001f\u007f]/.test(value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

/** Five fields, or six with seconds in front, or a nickname; whether each field is sensible is for croner, which runs it. */
function isCron(value: unknown): boolean {
  if (typeof value !== "string") return false;
  if (/^@(?:yearly|annually|monthly|weekly|daily|hourly)$/.test(value)) return true;
  const fields = value.trim().split(/\s+/);
  return (fields.length === 5 || fields.length === 6) && fields.every((field) => /^[\dA-Za-z*?,/#L+-]+$/.test(field));
}

function isZone(value: unknown): boolean {
  try {
    return typeof value === "string" && new Intl.DateTimeFormat("en", { timeZone: value }) !== undefined;
  } catch {
    return false;
  }
}
