/** What a page may ask to be changed. The same errands as those of `tqc revoke` and `tqc retry`. */
import type { Broker } from "../../runtime/broker.js";
import { asideTasks, retryAside } from "../errands/retry.js";
import { revoke as end, revokedText } from "../errands/revoke.js";
import { Refusal } from "./reply.js";
import type { Done } from "./view.js";

/** A request's body -> what came of it. */
export type Change = (body: unknown, broker: Broker) => Promise<Done>;

/** The changes by their path. */
export const CHANGES: Readonly<Record<string, Change>> = { "api/revoke": revoke, "api/retry": retry };

async function revoke(body: unknown, broker: Broker): Promise<Done> {
  const { id, terminate = false } = fieldsOf(body);
  if (typeof id !== "string" || id === "" || typeof terminate !== "boolean")
    throw new Refusal(400, `{ "id": text, "terminate"?: boolean } was expected`);
  const came = await end(broker, { id, terminate });
  return { ok: came === "revoked", says: `${revokedText(id, came)}.` };
}

async function retry(body: unknown, broker: Broker): Promise<Done> {
  const { task } = fieldsOf(body);
  if (task !== undefined && typeof task !== "string") throw new Refusal(400, `{ "task"?: text } was expected`);
  const tasks = task === undefined ? await asideTasks(broker) : [task];
  const given = await retryAside(broker, tasks);
  if (given === 0) return { ok: false, says: "Nothing that can be retried is set aside." };
  return { ok: true, says: `${given} message${given === 1 ? " was" : "s were"} given back to the queue.` };
}

function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  throw new Refusal(400, "a JSON object was expected");
}
