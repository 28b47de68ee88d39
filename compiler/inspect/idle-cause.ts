/** Why a call that could start does not: who serves its queue, who knows its task, and who has room. */

import { type Located, MOST_LOOKED_AT, type Overview, type WorkerCard } from "../../runtime/broker.js";
import { readRouting } from "../../runtime/brokers/routing.js";
import { nearest } from "../../runtime/nearest.js";
import type { Finding } from "./cause.js";
import { serves } from "./served.js";

/** What is found of a ready call, and of its place in its queue where that was found. */
export function idleCause(task: string, { workers, queues }: Overview, located: Located | undefined): Finding {
  const queue = located && readRouting(located.head).queue;
  const ready = `is ready${queue === undefined ? "" : ` in queue ${queue}`}`;
  if (queues.some(({ name, paused }) => name === queue && paused))
    return { cause: "paused", says: `${ready}, which is paused; let it go on with \`tqc resume ${queue}\`` };
  if (workers.length === 0)
    return { cause: "no-worker", says: `${ready}, but no worker is running; start one with \`tqc worker\`` };
  const knowing = workers.filter(({ tasks }) => tasks.includes(task));
  if (knowing.length === 0) {
    const who =
      workers.length === 1 ? "the one live worker does not know" : `none of the ${workers.length} live workers knows`;
    return { cause: "no-worker-for-task", says: `${ready}, but ${who} the task; start one whose registry has it` };
  }
  const serving = queue === undefined ? knowing : knowing.filter((worker) => serves(worker, queue));
  if (serving.length === 0) return { cause: "no-worker-for-queue", says: unserved(ready, queue ?? "", workers) };
  if (serving.every(({ holds, concurrency }) => holds.length >= concurrency)) {
    const who =
      serving.length === 1
        ? "the one worker that could run it is"
        : `all ${serving.length} workers that could run it are`;
    return { cause: "workers-busy", says: `${ready}${placeOf(located)}, but ${who} busy` };
  }
  return { cause: "queued", says: `${ready}${placeOf(located)}, and waits for its turn` };
}

function unserved(ready: string, queue: string, workers: readonly WorkerCard[]): string {
  const start = `start one with \`tqc worker -Q ${queue}\``;
  if (workers.some((worker) => serves(worker, queue))) {
    return `${ready}, but no worker that serves the queue knows the task; ${start} whose registry has it`;
  }
  const meant = nearest(
    queue,
    workers.flatMap(({ queues }) => queues),
  );
  const slip = meant === undefined ? "" : `; or was queue ${meant} meant?`;
  return `${ready}, but no worker serves the queue; ${start}${slip}`;
}

function placeOf(located: Located | undefined): string {
  if (!located) return `, though not among the first ${MOST_LOOKED_AT} messages of any queue`;
  if (located.ahead === 0) return ", next in line";
  return `, behind ${located.ahead} other${located.ahead === 1 ? "" : "s"}`;
}
