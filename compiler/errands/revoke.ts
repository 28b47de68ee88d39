/** Ends a run, or one node of it, by the id that somebody typed. */
import type { Broker } from "../../runtime/broker.js";
import { findRun } from "../inspect/lookup.js";

/** What came of it. "unknown": nothing of that id is in sight; should it wait deep in a queue, it will not start. */
export type Revoked = "revoked" | "ended" | "unknown";

/** Whom to end, and whether what runs is told to stop. */
export interface Revocation {
  readonly id: string;
  readonly terminate: boolean;
}

/** Revokes it. An id that nobody knows is revoked too, since a single call in a long queue is not looked for to its end. */
export async function revoke(broker: Broker, { id, terminate }: Revocation): Promise<Revoked> {
  const { target, record } = await findRun(id, broker);
  const reply = await broker.cancel({ ...target, terminate });
  if (reply === "finished") return "ended";
  return record ? "revoked" : "unknown";
}

/** What is said of it to people. */
export function revokedText(id: string, came: Revoked): string {
  switch (came) {
    case "revoked":
      return `${id} is revoked`;
    case "ended":
      return `${id} had ended already`;
    case "unknown":
      return `nothing is known of ${id}; should it wait deep in a queue, it will be revoked when its turn comes`;
  }
}
