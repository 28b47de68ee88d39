/** Large plans travel in slices, so that no script holds the server for long. */
import type { Submission } from "../../broker.js";

/** How many nodes one script stores at most. */
const SLICE = 1000;

/** Whether a plan is too large for one script. */
export function isLarge({ ready, waiting, part }: Submission): boolean {
  return ready.length + waiting.length > 2 * SLICE && part !== "more" && part !== "last";
}

/**
 * A large plan -> the parts it is submitted in: first what is said of the run, then what waits, then what can start. Only
 * the first can be refused. A producer that dies between them leaves an open fan-out, which is revoked in time.
 */
export function slicesOf(
  submission: Submission,
): readonly [first: Submission, middle: readonly Submission[], last: Submission] {
  const { run, ready, waiting, settled, base, size, result, reply, keep, part } = submission;
  const more = { run, base, result, reply, keep, ready: [], waiting: [], settled: [], part: "more" } as const;
  return [
    { ...submission, part: "first", base: base + size, size: 0, ready: [], waiting: [], settled: [] },
    [
      ...inSlices(waiting).map((some): Submission => ({ ...more, waiting: some, size: some.length })),
      ...inSlices(ready).map((some): Submission => ({ ...more, ready: some, size: some.length })),
    ],
    { ...more, settled, size: 0, part: part === "first" ? "more" : "last" },
  ];
}

function inSlices<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / SLICE) }, (_, i) => items.slice(i * SLICE, (i + 1) * SLICE));
}
