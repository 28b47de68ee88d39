/** Who serves a queue. */
import { ALL_QUEUES, type WorkerCard } from "../../runtime/broker.js";

/** Whether a worker takes messages from a queue. */
export function serves({ queues }: Pick<WorkerCard, "queues">, queue: string): boolean {
  return queues.includes(queue) || queues.includes(ALL_QUEUES);
}
