/** Ids of runs and clients: those made here, and those that users choose. */
import { randomBytes } from "node:crypto";
import { ConfigurationError } from "./errors.js";

/** Drawn once per process (or thread), of a fixed length, so that a counter behind it makes every id unique. */
const PREFIX = randomBytes(9).toString("base64url").replaceAll("-", "x").replaceAll("_", "y");
let count = 0;

/** A new id: short, unique, and cheap to make. */
export function newId(): string {
  count += 1;
  return PREFIX + count.toString(36);
}

const LONGEST_ID = 200;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being refused.
const REFUSED = /[\s~\u0000-\u001f\u007f]/u;

/** Gives back an id of the user's choosing, or throws where the wire could not carry it. */
export function chosenId(id: string): string {
  if (typeof id === "string" && id.length > 0 && id.length <= LONGEST_ID && !REFUSED.test(id)) return id;
  throw new ConfigurationError(
    `an id is 1 to ${LONGEST_ID} characters without white space, control characters and "~"; found ${JSON.stringify(id) ?? String(id)}`,
  );
}
