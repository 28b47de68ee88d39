/** What a canvas costs before it leaves the producer: its bytes on the wire, and the time it takes to build and lower it. */

import { treeOf } from "../runtime/canvas/value.js";
import { lower } from "../runtime/plan/plan.js";
import { toSubmission } from "../runtime/plan/submission.js";
import { chain, chord, gather, group, noop, step } from "./project/src/tasks.gen.js";

/** A form of canvas that can be had in any size. */
export interface Form {
  readonly name: string;
  /** How many tasks it has in each size. */
  readonly sizes: readonly number[];
  build(size: number): unknown;
}

/** What one canvas cost. */
export interface Cost {
  readonly tasks: number;
  readonly bytes: number;
  readonly nodes: number;
  readonly milliseconds: number;
}

const call = () => noop.si(2, 3, "x".repeat(20));
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

/** Groups and tasks in turn, so many in all; Celery doubles the message with each of them. */
function alternating(rounds: number, width: number): unknown {
  const round = () => chain(group(times(width, call)), gather.s());
  return chain(round(), ...times(rounds - 1, () => chain(group(times(width, call)), gather.si([]))));
}

/** A group in a group in a group. */
function nested(depth: number): unknown {
  let inner = group([call(), call()]);
  for (let i = 1; i < depth; i++) inner = group([inner, call()]) as unknown as typeof inner;
  return inner;
}

/** A chord whose body is a chord, and so on. */
function chords(depth: number): unknown {
  let inner = chord([call(), call()], gather.si([]));
  for (let i = 1; i < depth; i++) inner = chord([call(), inner], gather.si([]));
  return inner;
}

export const forms: readonly Form[] = [
  {
    name: "chain",
    sizes: [1_250, 2_500, 5_000],
    build: (size) => chain(call(), ...times(size - 1, () => step.si(null, "x"))),
  },
  {
    name: "piped one by one",
    sizes: [500, 1_000, 2_000],
    build: (size) => times(size - 1, call).reduce((sum, next) => sum.pipe(next), call()),
  },
  { name: "group", sizes: [5_000, 10_000, 20_000], build: (size) => group(times(size, call)) },
  { name: "chord", sizes: [5_000, 10_000, 20_000], build: (size) => chord(times(size, call), gather.s()) },
  {
    name: "twelve groups and tasks in turn",
    sizes: [100, 200, 400].map((width) => 12 * (width + 1)),
    build: (size) => alternating(12, size / 12 - 1),
  },
  {
    name: "groups and tasks in turn",
    sizes: [12, 24, 48].map((rounds) => rounds * 11),
    build: (size) => alternating(size / 11, 10),
  },
  { name: "group in group", sizes: [100, 200, 400], build: (size) => nested(size - 1) },
  { name: "chord in chord", sizes: [200, 400, 800], build: (size) => chords((size - 1) / 2) },
];

/** Builds a form in one size, lowers it, and counts. */
export function costOf({ build }: Form, size: number): Cost {
  const start = performance.now();
  const tree = treeOf(build(size))!;
  const plan = lower(tree, [], { contract: () => undefined, encode: (args) => JSON.stringify(args), now: 0 });
  const submission = toSubmission(plan, { run: "run", reply: "client", submitted: 0 });
  const milliseconds = performance.now() - start;
  return { tasks: size, nodes: plan.nodes.length, bytes: Buffer.byteLength(JSON.stringify(submission)), milliseconds };
}
