/** What health and metrics look at. */
import type { WorkerStats } from "../../runtime/worker/worker.js";

/** Somebody who tells how it goes: a worker. */
export interface Patient {
  stats(): WorkerStats;
}
