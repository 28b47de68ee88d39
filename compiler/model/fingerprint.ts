/** What a message relies on, in twelve letters. */
import { createHash } from "node:crypto";
import type { TaskContract } from "../../runtime/manifest.js";

/** The part of a contract that a fingerprint covers. */
export type Relied = Pick<TaskContract, "name" | "parameters" | "result" | "definitions">;

/** The fingerprint of a contract: the same for the same contract, whatever order its keys were written in. */
export function fingerprintOf({ name, parameters, result, definitions = {} }: Relied): string {
  const relied = [name, parameters.map(({ text: _, ...rest }) => rest), result, definitions];
  return createHash("sha256").update(JSON.stringify(relied, sorted)).digest("base64url").slice(0, 12);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
