/** Send options of programs that are not type-checked: an option nobody knows, or a value that cannot be meant, is told where it is given. */
import { inspect, types } from "node:util";
import { isDuration } from "../duration.js";
import { ConfigurationError, InvalidArgumentsError } from "../errors.js";
import { chosenId } from "../ids.js";
import { unknownOption } from "../known-options.js";
import type { SendOptions } from "./tree.js";

interface Kind {
  readonly expected: string;
  fits(value: unknown): boolean;
}

const duration: Kind = {
  expected: 'a duration is a number of milliseconds, 0 or more, or text such as "250ms", "30s", "5m", "2h", "1d"',
  fits: isDuration,
};
const flag: Kind = { expected: "a switch is true or false", fits: (value) => typeof value === "boolean" };

const KINDS: Readonly<Record<keyof SendOptions, Kind>> = {
  queue: {
    expected: "a queue's name has no white space and no control characters",
    fits: (value) => typeof value === "string" && /^[^\s\p{Cc}]+$/u.test(value),
  },
  priority: { expected: "a priority is a whole number from 0 to 9", fits: (value) => isCount(value) && value <= 9 },
  countdown: duration,
  eta: { expected: "eta is a valid Date", fits: isMoment },
  expires: {
    expected: `expires is a valid Date or a duration, and ${duration.expected}`,
    fits: (value) => isMoment(value) || isDuration(value),
  },
  id: { expected: "", fits: (value) => chosenId(value as string) === value },
  headers: {
    expected: "headers are an object of texts",
    fits: (value) => isRecord(value) && Object.values(value).every((header) => typeof header === "string"),
  },
  maxRetries: { expected: "a count is a whole number, 0 or more", fits: isCount },
  timeLimit: duration,
  ignoreResult: flag,
  resultExpires: duration,
};

const KNOWN = { kind: "send option", names: Object.keys(KINDS) };

/** Gives back options that can be sent. `where` says which call was given them. Throws ConfigurationError where one cannot. */
export function checkedOptions(options: SendOptions, where: () => string): SendOptions {
  if (!isRecord(options)) {
    throw new ConfigurationError(
      `${where()}: options are an object, such as { countdown: "10s" }; found ${inspect(options)}`,
    );
  }
  for (const [name, value] of Object.entries(options)) if (value !== undefined) check({ name, value, where });
  return options;
}

/** Gives back the arguments of an `applyAsync`, which come as one list. Throws where they do not. */
export function checkedArguments(args: readonly unknown[], where: () => string): readonly unknown[] {
  if (Array.isArray(args)) return args;
  throw new InvalidArgumentsError(
    `${where()}: arguments are a list, such as applyAsync([2, 3], { countdown: "10s" }); found ${inspect(args)}`,
  );
}

interface Given {
  readonly name: string;
  readonly value: unknown;
  readonly where: () => string;
}

function check({ name, value, where }: Given): void {
  if (!Object.hasOwn(KINDS, name)) throw unknownOption(name, KNOWN, where());
  const { expected, fits } = KINDS[name as keyof SendOptions];
  if (fits(value)) return;
  throw new ConfigurationError(`${where()}: ${expected}; found ${name}: ${inspect(value)}`);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function isMoment(value: unknown): boolean {
  return types.isDate(value) && !Number.isNaN(value.getTime());
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !types.isDate(value);
}
