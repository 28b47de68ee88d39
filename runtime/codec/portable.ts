/**
 * Value -> what superjson carries faithfully. It copies as it goes, so that no reference is met twice, and puts what
 * superjson would lose or refuse behind a tag: errors, binary data, invalid dates, classes with a codec, and objects
 * with keys such as `__proto__`. `restore.ts` is its inverse.
 */

import { CodecError } from "../errors.js";
import { codecOf } from "./class-codec.js";
import { takeApart } from "./error-parts.js";

/** What stands behind a tag. */
export type Tag = "error" | "bytes" | "date" | "object" | "class";

/** A tagged value on its way through superjson: an array, because superjson looks into arrays. */
export class Tagged extends Array<unknown> {
  static as(tag: Tag, ...parts: readonly unknown[]): Tagged {
    const tagged = new Tagged();
    tagged.push(tag, ...parts);
    return tagged;
  }
}

const KEYS_OF_PROTOTYPES: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Value -> its portable copy. Throws a {@link CodecError} that names the place of what cannot travel. */
export function toPortable(value: unknown): unknown {
  return new Copy().of(value, "the value");
}

/** One walk over one value; it knows the objects above the place where it is. */
class Copy {
  readonly #above = new Map<object, string>();

  of(value: unknown, place: string): unknown {
    switch (typeof value) {
      case "function":
        throw new CodecError(`${place} is a function; functions cannot travel`);
      case "symbol":
        throw new CodecError(`${place} is a symbol; symbols cannot travel`);
      case "object":
        return value === null ? null : this.#guarded(value, place);
      case "string":
      case "number":
      case "boolean":
      case "bigint":
      case "undefined":
        return value;
    }
  }

  #guarded(value: object, place: string): unknown {
    const first = this.#above.get(value);
    if (first !== undefined) throw new CodecError(`${place} is ${first} again; cyclic values cannot travel`);
    this.#above.set(value, place);
    const copy = this.#object(value, place);
    this.#above.delete(value);
    return copy;
  }

  #object(value: object, place: string): unknown {
    const codec = codecOf(value);
    if (codec) return Tagged.as("class", codec.name, this.of(codec.encode(value), place));
    if (Array.isArray(value)) return Array.from(value, (item, i) => this.of(item, `${place}[${i}]`));
    if (value instanceof Map)
      return new Map(Array.from(value, ([k, v], i) => this.#entry(k, v, `${place}'s entry ${i}`)));
    if (value instanceof Set) return new Set(Array.from(value, (item, i) => this.of(item, `${place}'s item ${i}`)));
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? Tagged.as("date") : value;
    if (value instanceof RegExp || value instanceof URL) return value;
    if (value instanceof Error) return Tagged.as("error", this.#plain({ ...takeApart(value) }, place));
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return binary(value);
    if (isPlain(value)) return this.#plain(value, place);
    const name = value.constructor?.name || "an unnamed class";
    throw new CodecError(
      `${place} is an instance of ${name}; give the class a codec: codec(${name}, { name, encode, decode })`,
    );
  }

  #entry(key: unknown, value: unknown, place: string): [unknown, unknown] {
    return [this.of(key, `${place} (its key)`), this.of(value, place)];
  }

  #plain(value: object, place: string): unknown {
    const keys = Object.keys(value);
    const record = value as Readonly<Record<string, unknown>>;
    const entries = keys.map((key) => [key, this.of(record[key], `${place}.${key}`)] as const);
    return keys.some((key) => KEYS_OF_PROTOTYPES.has(key)) ? Tagged.as("object", entries) : Object.fromEntries(entries);
  }
}

/** The name of its class, and its bytes. A Buffer travels as what it is, a Uint8Array. */
function binary(value: ArrayBuffer | ArrayBufferView): Tagged {
  const [buffer, from, length] =
    value instanceof ArrayBuffer ? [value, 0, value.byteLength] : [value.buffer, value.byteOffset, value.byteLength];
  const name = Buffer.isBuffer(value)
    ? "Uint8Array"
    : Object.prototype.toString.call(value).slice("[object ".length, -1);
  return Tagged.as("bytes", name, Buffer.from(buffer, from, length).toString("base64"));
}

/** Plain objects are those of a literal, of `Object.create(null)`, and both of another realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return true;
  return (
    typeof prototype === "object" &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, "hasOwnProperty")
  );
}
