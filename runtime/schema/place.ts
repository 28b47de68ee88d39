/** Places inside a value: a JSON pointer, as validators have it, and the path that people would write. */
import { describeValue } from "./schema-text.js";

/** What stands somewhere inside a value, and the path to it: ".tags[2]"; empty for the value itself. */
export interface Place {
  readonly at: string;
  readonly found: unknown;
}

/** A pointer, one step longer. */
export function below(pointer: string, step: string | number): string {
  return `${pointer}/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** How many steps a pointer takes. */
export function depthOf(pointer: string): number {
  return pointer.split("/").length - 1;
}

/** Follows a pointer. In a Map it tells the number of an entry, then 0 for the key or 1 for the value; in a Set, a number. */
export function placeOf(pointer: string, value: unknown): Place {
  const steps = pointer.split("/").slice(1).map(unescaped);
  let place: Place = { at: "", found: value };
  while (steps.length > 0) {
    const { at, found } = stepFrom(place.found, steps);
    place = { at: place.at + at, found };
  }
  return place;
}

function stepFrom(from: unknown, steps: string[]): Place {
  const step = steps.shift()!;
  const isEntry = /^\d+$/.test(step);
  if (from instanceof Set && isEntry) return { at: " (an item)", found: [...from][Number(step)] };
  if (from instanceof Map && isEntry) {
    const [key, item] = [...from][Number(step)]!;
    return steps.shift() === "0" ? { at: " (a key)", found: key } : { at: `.get(${keyText(key)})`, found: item };
  }
  const found: unknown = Reflect.get(Object(from), step);
  return { at: Array.isArray(from) ? `[${step}]` : member(step), found };
}

function keyText(key: unknown): string {
  if (typeof key === "string") return JSON.stringify(key);
  if (typeof key === "bigint") return `${key}n`;
  return typeof key === "object" ? describeValue(key) : String(key);
}

function member(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function unescaped(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}
