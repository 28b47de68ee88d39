/** What a worker holds -> what can be said of it. Overviews tell of messages without what they are called with. */
import type { Overview } from "../../runtime/broker.js";
import { type Message, readMessage } from "../../runtime/wire.js";

/** The messages in a worker's hands that can be read; of the others, the worker itself will tell. */
export function heldBy({ holds }: Overview["workers"][number]): Omit<Message, "args" | "given">[] {
  return holds.flatMap((head) => {
    try {
      return [readMessage(`${head}\n`)];
    } catch {
      return [];
    }
  });
}
