import { isDeepStrictEqual } from "node:util";

/** Whether two values are the same to the last detail; invalid dates count as equal, stacks of errors too. */
export function same(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(comparable(a), comparable(b));
}

/** What Node's comparison calls different although it is not: an invalid date is not even equal to itself. */
function comparable(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid date" : value;
  if (value instanceof Error)
    return [value.name, value.message, value.stack, comparable(value.cause), comparable({ ...value })];
  if (Array.isArray(value)) return value.map(comparable);
  if (value instanceof Map) return [...value].map(([key, item]) => [comparable(key), comparable(item)]);
  if (value instanceof Set) return [...value].map(comparable);
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.entries(value)
      .map(([key, item]) => [key, comparable(item)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  }
  return value;
}
