/** What keeps a worker's lease alive while it is busy. */
import type { Consuming, WorkerCard, WorkReport } from "../broker.js";
import { type Clock, systemClock } from "../clock.js";

/** Whose lease, for how long, and whom to tell when it is gone. */
export interface HeartbeatTarget {
  readonly broker: Pick<Consuming, "extend">;
  readonly card: WorkerCard;
  /** Milliseconds. */
  readonly lease: number;
  readonly clock: Clock;
  /** What the worker has done so far: the same value until there is more to tell. */
  report(): WorkReport;
  /** The lease had run out: others have been given what the worker held. */
  lost(): void;
  /** A sign of life could not be given; the next one is tried all the same. */
  failed(error: unknown): void;
}

/** Starts giving signs of life; the reply ends them. A promise of it where that takes a moment, before which nothing is claimed. */
export type Heartbeat = (target: HeartbeatTarget) => StopBeating | Promise<StopBeating>;
/** Ends the signs of life. */
export type StopBeating = () => Promise<void>;

/** Signs of life per lease: one may be missed without harm. */
export const BEATS_PER_LEASE = 3;

/** Who lives as long as the broker needs no signs of life, but tells what it did, ms. A clock that skips years is not held up. */
const REPORT_EVERY = 10_000;

/** A plain timer. It stands still while a task blocks the event loop, so it suits brokers within the process. */
export function timerHeartbeat({ broker, card, lease, clock, report, lost, failed }: HeartbeatTarget): StopBeating {
  const pause = Math.min(lease / BEATS_PER_LEASE, clock === systemClock ? REPORT_EVERY : Number.POSITIVE_INFINITY);
  let stopped = false;
  let cancel = clock.after(pause, beat);

  function beat(): void {
    broker.extend(card, lease, report()).then(
      (reply) => {
        if (reply === "lost" && !stopped) lost();
      },
      (error: unknown) => failed(error),
    );
    cancel = clock.after(pause, beat);
  }

  return async () => {
    stopped = true;
    cancel();
  };
}
