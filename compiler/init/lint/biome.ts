/** Biome: version 1 has a list of what is ignored; from 2 on, one list says what is included, and what is not after all. */
import { findNodeAtLocation, type Node } from "jsonc-parser";
import { readJson } from "../json-text.js";
import { type Edit, GLOBS } from "./edit.js";
import { completeList } from "./json-list.js";

/** The text of biome.json, and the version that package.json asks for, if it does -> what becomes of the text. */
export function ignoreInBiome(text: string, asked: string | undefined): Edit {
  const root = readJson(text);
  return isFirst(root, asked)
    ? completeList(text, { path: ["files", "ignore"], wanted: GLOBS })
    : completeList(text, { path: ["files", "includes"], wanted: GLOBS.map((glob) => `!${glob}`), start: ["**"] });
}

/** What the file itself says, by its words or its schema, is surer than what might be installed. */
function isFirst(root: Node | undefined, asked: string | undefined): boolean {
  const has = (...path: string[]) => root !== undefined && findNodeAtLocation(root, path) !== undefined;
  if (has("files", "includes")) return false;
  if (has("files", "ignore") || has("files", "include") || has("organizeImports")) return true;
  const schema: unknown = root && findNodeAtLocation(root, ["$schema"])?.value;
  const version = /\/schemas\/(\d+)\./.exec(String(schema))?.[1] ?? /\d+/.exec(asked ?? "")?.[0];
  return version === "1";
}
