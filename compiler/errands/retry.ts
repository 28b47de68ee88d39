/** Gives what was set aside back to its queue, so that workers look at it again. */
import type { Broker, Claim, Move } from "../../runtime/broker.js";
import { Errand } from "./errand.js";

/** How many messages of the tasks were given back. What is poison has failed, and stays as evidence. */
export async function retryAside(broker: Broker, tasks: readonly string[]): Promise<number> {
  const { aside } = await broker.overview();
  let left = aside.filter(({ task, reason }) => reason !== "poison" && tasks.includes(task)).length;
  return Errand.run(broker, [], async (errand) => {
    let given = 0;
    // A worker may set a message aside again at once; the count keeps this from going round with it.
    while (left > 0) {
      const claims = await errand.recall(tasks);
      if (claims.length === 0) break;
      left -= claims.length;
      given += await errand.move(claims.map(release));
    }
    return given;
  });
}

function release({ ticket, text }: Claim): Move {
  return { kind: "release", ticket, text, delay: 0 };
}
