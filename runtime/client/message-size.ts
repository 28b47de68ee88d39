/** How large a message may be: a broker is no place for files. */
import type { Submission } from "../broker.js";
import { InvalidArgumentsError } from "../errors.js";
import { readMessage } from "../wire.js";

/** 8 MiB, where nothing else was said. */
export const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

/** Throws InvalidArgumentsError where a call of the submission is larger than allowed. */
export function checkSize({ ready, waiting }: Submission, limit = MAX_MESSAGE_BYTES): void {
  for (const { text } of ready) if (isLarge(text, limit)) throw tooLarge(text, limit);
  for (const [, text] of waiting) if (isLarge(text, limit)) throw tooLarge(text, limit);
}

/** A character is one byte at least and three at most, so most texts need not be measured. */
function isLarge(text: string, limit: number): boolean {
  return text.length * 3 > limit && Buffer.byteLength(text) > limit;
}

function tooLarge(text: string, limit: number): InvalidArgumentsError {
  const name = text.startsWith("join ") ? "a join" : readMessage(text).header.task;
  return new InvalidArgumentsError(
    `${name}: its message has ${Buffer.byteLength(text)} bytes, and ${limit} are allowed; pass a reference to what is large, such as a key or a URL, or raise the limit with app.configure({ maxMessageBytes })`,
  );
}
