/** Small worlds that tell much. */
import type { Scenario } from "./world.js";

/** What is explored each time. */
export const scenarios: readonly Scenario[] = [
  { name: "one slot, two calls", workers: [1], calls: 2, passes: 1 },
  { name: "one slot, two calls, some time", workers: [1], calls: 2, passes: 2 },
  { name: "two slots, two calls", workers: [2], calls: 2 },
  { name: "two workers, two calls", workers: [1, 1], calls: 2 },
  { name: "a worker that drains", workers: [1], calls: 2, drains: 1 },
  { name: "a worker that dies", workers: [1, 1], calls: 1, crashes: 1 },
  { name: "a connection that breaks", workers: [1], calls: 1, cuts: 1 },
  { name: "a lease that runs out", workers: [1], calls: 2, lapses: 1 },
  { name: "a call that is revoked", workers: [1], calls: 2, cancels: 1 },
  { name: "words that come late", workers: [1], calls: 1, late: 1 },
  { name: "words that come late, some time", workers: [1], calls: 1, passes: 1, late: 1 },
];

/** What takes minutes. */
export const wideScenarios: readonly Scenario[] = [
  { name: "one slot, three calls", workers: [1], calls: 3, passes: 1 },
  { name: "two slots, two calls, some time", workers: [2], calls: 2, passes: 1 },
  { name: "two workers, some time", workers: [1, 1], calls: 1, passes: 1 },
  { name: "a worker of one slot and one of two", workers: [2, 1], calls: 2 },
  { name: "three workers", workers: [1, 1, 1], calls: 1 },
  { name: "one of two drains", workers: [1, 1], calls: 1, drains: 1 },
  { name: "one of two loses its lease", workers: [1, 1], calls: 1, lapses: 1 },
  { name: "one of two loses a connection", workers: [1, 1], calls: 1, cuts: 1 },
  { name: "a call revoked between two workers", workers: [1, 1], calls: 1, cancels: 1, passes: 1 },
  { name: "a worker that drains, and dies of it", workers: [1, 1], calls: 1, drains: 1, crashes: 1 },
];
