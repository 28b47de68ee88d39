/** Empties a queue. Each message ends as revoked, so that whatever waits for it hears of it and nothing hangs. */
import type { Broker, Claim, Move } from "../../runtime/broker.js";
import { readMessage, writeOutcome } from "../../runtime/wire.js";
import { Errand } from "./errand.js";

const DAY = 86_400_000;

/** Revokes what was ready in the queue when it began; how many that were. What waits for a time stays. */
export async function purge(broker: Broker, queue: string): Promise<number> {
  const { queues } = await broker.overview();
  const ready = queues.find(({ name }) => name === queue)?.ready ?? 0;
  return Errand.run(broker, [queue], async (errand) => {
    let purged = 0;
    // Error callbacks of what is revoked may come to this queue; the count leaves them alone.
    for (let left = ready; left > 0; ) {
      const claims = await errand.claim(left);
      if (claims.length === 0) break;
      left -= claims.length;
      purged += await errand.move(claims.map(revoked));
    }
    return purged;
  });
}

function revoked({ ticket, text }: Claim): Move {
  const { run, index, edges, header } = readMessage(text);
  const outcome = writeOutcome({
    state: "REVOKED",
    value: "%revoked",
    submitted: header.submitted,
    finished: Date.now(),
    attempt: header.attempt,
    task: header.task,
    ...(header.stamps && { stamps: header.stamps }),
  });
  const lone = header.lone && { lone: { reply: header.reply ?? "", keep: header.keep ?? DAY } };
  return { kind: "settle", ticket, run, index, edges, outcome, ...lone };
}
