/** Lists in JSON that people write by hand: completed as text, so that comments and formatting stay. */
import { findNodeAtLocation, type JSONPath, type Node } from "jsonc-parser";
import { readJson, withValue } from "../json-text.js";
import { type Edit, knowsGenerated } from "./edit.js";
import { appended, type ListPlace } from "./list-text.js";

/** A list by its place in a file, what it has to say, and what it starts with where it is not there yet. */
export interface JsonList {
  readonly path: JSONPath;
  readonly wanted: readonly string[];
  readonly start?: readonly string[];
}

/** The text of a JSON file, of which one list is completed. */
export function completeList(text: string, { path, wanted, start = [] }: JsonList): Edit {
  const root = readJson(text);
  const place = path.join(".");
  if (root?.type !== "object") return { kind: "advice", advice: `let ${place} list ${wanted.join(", ")}` };
  const list = findNodeAtLocation(root, [...path]);
  if (!list) return { kind: "text", text: withValue(text, path, [...start, ...wanted]) };
  if (list.type !== "array") return { kind: "advice", advice: `let ${place} list ${wanted.join(", ")}` };
  if (knowsGenerated(text.slice(list.offset, list.offset + list.length))) return { kind: "known" };
  const known = new Set((list.children ?? []).map(({ value }) => value as unknown));
  const added = wanted.filter((one) => !known.has(one)).map((one) => JSON.stringify(one));
  return { kind: "text", text: appended({ text, list: placeOf(list), added, width: lineWidth(root) }) };
}

function placeOf({ offset, length, children = [] }: Node): ListPlace {
  const entries = children.map((child) => ({ start: child.offset, end: child.offset + child.length }));
  return { open: offset + 1, close: offset + length - 1, entries };
}

/** What Biome was told of the length of lines, which its own configuration keeps to as well. */
function lineWidth(root: Node): number {
  const width: unknown = findNodeAtLocation(root, ["formatter", "lineWidth"])?.value;
  return typeof width === "number" ? width : 80;
}
