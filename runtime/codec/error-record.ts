/** Errors as they travel inside outcomes: a record that any reader can show, and the error it was. */
import { types } from "node:util";
import type { ErrorRecord } from "../messages.js";
import { decode, encode } from "./codec.js";
import { putTogether, takeApart } from "./error-parts.js";

const LONGEST_FIELD = 65_536;
const LONGEST_STACK = 16_384;
/** Errors wrapped deeper than this lose their innermost causes; a cause that is its own ends here too. */
const DEEPEST_CAUSE = 16;

/** Whatever was thrown -> its record. Never throws: what cannot travel is left out. */
export function serializeError(thrown: unknown): ErrorRecord {
  return recordOf(isError(thrown) ? thrown : new Error(textOf(thrown)), DEEPEST_CAUSE);
}

/** Record -> an error with the same name, message, stack, own fields and causes. */
export function reviveError(record: ErrorRecord): Error {
  const { cause: plainCause, errors, ...fields } = fieldsOf(record.fields);
  const cause = record.cause ? reviveError(record.cause) : plainCause;
  return putTogether({
    name: record.name,
    message: record.message,
    stack: record.stack ?? `${record.name}: ${record.message}`,
    ...(cause !== undefined && { cause }),
    ...(record.name === "AggregateError" && Array.isArray(errors) && { errors }),
    fields: record.name === "AggregateError" || errors === undefined ? fields : { ...fields, errors },
  });
}

function recordOf(error: Error, depth: number): ErrorRecord {
  const { name, message, stack, cause, errors, fields } = takeApart(error);
  const wrapped = isError(cause) && depth > 0 ? recordOf(cause, depth - 1) : undefined;
  const rest = portableFields({ ...fields, ...(errors && { errors }), ...(!isError(cause) && { cause }) });
  return {
    name,
    message,
    ...(stack !== undefined && { stack: stack.slice(0, LONGEST_STACK) }),
    ...(rest !== undefined && { fields: rest }),
    ...(wrapped && { cause: wrapped }),
  };
}

/** The fields that can travel, encoded; sockets, requests and the like that errors drag along stay behind. */
function portableFields(fields: Readonly<Record<string, unknown>>): string | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined && isPortable(value));
  return entries.length > 0 ? encode(Object.fromEntries(entries)) : undefined;
}

function isPortable(value: unknown): boolean {
  try {
    return encode(value).length <= LONGEST_FIELD;
  } catch {
    return false;
  }
}

function fieldsOf(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  try {
    return decode(text) as Record<string, unknown>;
  } catch {
    // A field of a class that this process has no codec for must not hide the error itself.
    return {};
  }
}

function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

function textOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) return String(thrown);
  try {
    return JSON.stringify(thrown) ?? String(thrown);
  } catch {
    return Object.prototype.toString.call(thrown);
  }
}
