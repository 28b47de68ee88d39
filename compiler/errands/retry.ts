/** Gives what was set aside back to its queue, so that workers look at it again. */
import type { Broker, Claim, Move } from "../../runtime/broker.js";
import { asidePages } from "../inspect/aside.js";
import { Errand } from "./errand.js";

/** How many messages of the tasks were given back. What is poison has failed, and stays as evidence. */
export async function retryAside(broker: Broker, tasks: readonly string[]): Promise<number> {
  let left = await countOf(broker, tasks);
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

/** The tasks of which something is set aside. */
export async function asideTasks(broker: Broker): Promise<string[]> {
  const tasks = new Set<string>();
  for await (const page of asidePages(broker)) for (const { task } of page) tasks.add(task);
  return [...tasks];
}

async function countOf(broker: Broker, tasks: readonly string[]): Promise<number> {
  let count = 0;
  for await (const page of asidePages(broker)) {
    count += page.filter(({ task, reason }) => reason !== "poison" && tasks.includes(task)).length;
  }
  return count;
}

function release({ ticket, text }: Claim): Move {
  return { kind: "release", ticket, text, delay: 0 };
}
