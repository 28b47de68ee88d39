/** What stood behind a tag -> the value: the inverse of `portable.ts`. */

import { CodecError } from "../errors.js";
import { codecNamed } from "./class-codec.js";
import { type ErrorParts, putTogether } from "./error-parts.js";
import type { Tag } from "./portable.js";

const BINARY: ReadonlyMap<string, new (bytes: ArrayBuffer) => unknown> = new Map(
  [
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  ].map((view) => [view.name, view]),
);

/** Tag and parts -> the value. */
export function restore(tagged: unknown): unknown {
  const [tag, first, second] = tagged as [tag: Tag, first: unknown, second: unknown];
  switch (tag) {
    case "error":
      return putTogether(first as ErrorParts);
    case "bytes":
      return restoreBinary(String(first), String(second));
    case "date":
      return new Date(Number.NaN);
    case "object":
      return Object.fromEntries(first as Iterable<[string, unknown]>);
    case "class":
      return restoreInstance(String(first), second);
  }
  throw new CodecError(`the tag '${String(tag)}' is unknown here; a newer version may have written it`);
}

function restoreInstance(name: string, payload: unknown): unknown {
  const codec = codecNamed(name);
  if (codec) return codec.decode(payload);
  throw new CodecError(`no codec is named '${name}' here; import the module that calls codec(…, { name: "${name}" })`);
}

function restoreBinary(name: string, base64: string): unknown {
  // A copy, since small Buffers share one pool and typed arrays need aligned memory.
  const { buffer } = Uint8Array.from(Buffer.from(base64, "base64"));
  if (name === "ArrayBuffer") return buffer;
  const View = BINARY.get(name);
  if (View) return new View(buffer);
  throw new CodecError(`binary data of type '${name}' is unknown here`);
}
