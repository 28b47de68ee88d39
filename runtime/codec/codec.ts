/**
 * The one place where values become text and text becomes values. A text is one line, and its first character tells its
 * kind: nothing at all is undefined, `~` is superjson, anything else is plain JSON. Plain JSON is used only for values
 * it is exact for, so both give back the same value; no text starts with & @ ! or %, which the wire keeps for itself.
 */
import { SuperJSON } from "superjson";
import { CodecError } from "../errors.js";
import { Tagged, toPortable } from "./portable.js";
import { restore } from "./restore.js";

const SUPERJSON_MARK = "~";
/** Beyond this depth a value is looked at for cycles, which JSON cannot say anything useful about. */
const DEPTH_OF_DOUBT = 1_000;

const superjson = new SuperJSON();
superjson.registerCustom<Tagged, never>(
  {
    isApplicable: (value): value is Tagged => value instanceof Tagged,
    // A plain array again, whose items superjson walks in turn.
    serialize: (tagged) => Array.from(tagged) as never,
    deserialize: (pair) => restore(pair) as Tagged,
  },
  "tqc",
);

/** Value -> one line of text. Throws a {@link CodecError} that names the place of what cannot travel. */
export function encode(value: unknown): string {
  if (value === undefined) return "";
  if (isExactAsJson(value, 0)) return JSON.stringify(value);
  try {
    // References are not kept: a value met twice arrives twice, as it does in JSON.
    const { json, meta } = superjson.serialize(toPortable(value));
    return SUPERJSON_MARK + JSON.stringify({ json, ...(meta && { meta: { values: meta.values, v: meta.v } }) });
  } catch (error) {
    if (error instanceof RangeError) throw new CodecError("the value is nested too deeply to travel", { cause: error });
    throw error;
  }
}

/** Text -> value. Throws a {@link CodecError} where the text is not one that {@link encode} writes. */
export function decode(text: string): unknown {
  if (text === "") return undefined;
  try {
    return text.startsWith(SUPERJSON_MARK) ? superjson.parse(text.slice(1)) : JSON.parse(text);
  } catch (error) {
    if (error instanceof CodecError) throw error;
    throw new CodecError(`this text holds no value: ${excerpt(text)}`, { cause: error });
  }
}

/** Whether JSON gives the very same value back: no undefined, no NaN, no -0, no holes, nothing but plain objects. */
function isExactAsJson(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return value === 0 ? Object.is(value, 0) : Number.isFinite(value);
    case "object":
      if (value === null) return true;
      if (depth > DEPTH_OF_DOUBT) return false;
      return Array.isArray(value) ? isExactArray(value, depth + 1) : isExactObject(value, depth + 1);
    case "bigint":
    case "function":
    case "symbol":
    case "undefined":
      return false;
  }
}

function isExactArray(items: readonly unknown[], depth: number): boolean {
  for (let i = 0; i < items.length; i++) {
    if (!isExactAsJson(items[i], depth)) return false;
  }
  return !("toJSON" in items);
}

function isExactObject(object: object, depth: number): boolean {
  if (Object.getPrototypeOf(object) !== Object.prototype) return false;
  const record = object as Readonly<Record<string, unknown>>;
  for (const key in record) {
    if (!isExactAsJson(record[key], depth)) return false;
  }
  return true;
}

function excerpt(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
