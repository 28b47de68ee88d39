/** Moves that came too late: what they were about runs elsewhere by then. */
import type { Host } from "../attempt/attempt.js";
import type { ExchangeReply, Move } from "../broker.js";

/** Says so of each that was lost, and how many there were. */
export function reportLate({ worker, logger }: Host, moves: readonly Move[], { replies }: ExchangeReply): number {
  const late = moves.filter((_, i) => replies[i] === "lost");
  for (const move of late) {
    const node = "run" in move ? { runId: move.run, node: move.index } : { ticket: move.ticket };
    logger?.warn({ ...node, worker }, `a ${move.kind} came too late: the task was no longer this worker's`);
  }
  return late.length;
}
