/** Slots of the history -> what the charts draw. */
import type { TaskCounts } from "../../../runtime/broker.js";
import type { Slot } from "../view.js";

/** How much time the charts show, and how much of it one point stands for, ms. */
export interface Span {
  readonly name: string;
  readonly ms: number;
  readonly step: number;
}

const MINUTE = 60_000;

export const SPANS: readonly Span[] = [
  { name: "15 min", ms: 15 * MINUTE, step: MINUTE / 2 },
  { name: "1 h", ms: 60 * MINUTE, step: MINUTE },
  { name: "6 h", ms: 360 * MINUTE, step: 5 * MINUTE },
  { name: "24 h", ms: 1_440 * MINUTE, step: 20 * MINUTE },
];

/** Moments in seconds, and for each series a value per moment; null where nothing is known. */
export interface Series {
  readonly times: readonly number[];
  readonly lines: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

/** The moments at which points of a span begin, up to now. */
function timesOf({ ms, step }: Span, now: number): number[] {
  const last = now - (now % step);
  return Array.from({ length: ms / step }, (_, i) => last - ms + (i + 1) * step);
}

const ENDINGS = ["succeeded", "failed", "retried"] as const;

/** What was done per minute. A time of which nobody told anything counts as quiet. */
export function throughput(slots: ReadonlyMap<number, Slot>, span: Span, now: number): Series {
  const times = timesOf(span, now);
  const sums = new Map(times.map((at) => [at, { succeeded: 0, failed: 0, retried: 0 }]));
  for (const slot of slots.values()) {
    const sum = sums.get(slot.at - (slot.at % span.step));
    if (sum) for (const ending of ENDINGS) sum[ending] += slot[ending];
  }
  const minutes = (at: number) => Math.min(span.step, now - at) / MINUTE;
  // Of a point that has just begun, too little is known to tell how it goes.
  const isKnown = (at: number) => now - at >= span.step / 2;
  const rate = (at: number, ending: keyof TaskCounts) => (isKnown(at) ? sums.get(at)![ending] / minutes(at) : null);
  return {
    times: times.map((at) => at / 1_000),
    lines: ENDINGS.map((name) => ({ name, values: times.map((at) => rate(at, name)) })),
  };
}

/** How many queues get a line of their own. */
const LINES = 6;

/** How long the longest queues were: the longest moment of each point. */
export function depths(slots: ReadonlyMap<number, Slot>, span: Span, now: number): Series {
  const times = timesOf(span, now);
  const known = new Map<number, Map<string, number>>(times.map((at) => [at, new Map()]));
  const peaks = new Map<string, number>();
  for (const { at, ready } of slots.values()) {
    const point = known.get(at - (at % span.step));
    if (!point) continue;
    for (const [queue, depth] of Object.entries(ready)) {
      point.set(queue, Math.max(point.get(queue) ?? 0, depth));
      peaks.set(queue, Math.max(peaks.get(queue) ?? 0, depth));
    }
  }
  const names = [...peaks]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, LINES)
    .map(([name]) => name);
  const depthAt = (at: number, name: string) => {
    const point = known.get(at)!;
    // A queue nobody names was empty when others were looked at.
    return point.size === 0 ? null : (point.get(name) ?? 0);
  };
  return {
    times: times.map((at) => at / 1_000),
    lines: names.map((name) => ({ name, values: times.map((at) => depthAt(at, name)) })),
  };
}
