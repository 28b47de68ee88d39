/** Why a call that could start does not: who serves its queue, who knows its task, and who has room. */

import type { Overview } from "../../runtime/broker.js";
import type { Finding } from "./cause.js";
import { serves } from "./served.js";

/** What is found of a ready call. `queue` is the one it is declared with, where that is known. */
export function idleCause(task: string, { workers, queues }: Overview, queue: string | undefined): Finding {
  if (workers.length === 0)
    return { cause: "no-worker", says: "is ready, but no worker is running; start one with `tqc worker`" };
  const knowing = workers.filter(({ tasks }) => tasks.includes(task));
  if (knowing.length === 0) {
    const says = `is ready, but none of the ${workers.length} live workers knows the task; start one whose registry has it`;
    return { cause: "no-worker-for-task", says };
  }
  const unserved = queues.filter(({ name, ready }) => ready > 0 && !knowing.some((worker) => serves(worker, name)));
  const named = unserved.find(({ name }) => name === queue);
  if (named) {
    const says = `is ready, but no worker serves queue ${named.name}; start one with \`tqc worker -Q ${named.name}\``;
    return { cause: "no-worker-for-queue", says };
  }
  if (
    unserved.length > 0 &&
    queues.every(({ name, ready }) => ready === 0 || unserved.some((each) => each.name === name))
  ) {
    const names = unserved.map(({ name }) => name).join(", ");
    const says = `is ready, but no worker that knows it serves ${names}, where all ready messages wait`;
    return { cause: "no-worker-for-queue", says };
  }
  if (knowing.every(({ holds, concurrency }) => holds.length >= concurrency)) {
    const who =
      knowing.length === 1 ? "the one worker that knows it is" : `all ${knowing.length} workers that know it are`;
    return { cause: "workers-busy", says: `is ready, but ${who} busy` };
  }
  return { cause: "queued", says: "is ready and waits for its turn" };
}
