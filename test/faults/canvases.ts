/** What is under way when something breaks: one canvas of 33 nodes to nine small ones, of nine kinds in turn. */
import type { Tree } from "../../runtime/canvas/tree.js";
import { call, chain, chord, group } from "../reference/trees.js";

interface Kind {
  tree(n: number): Tree;
  /** What it comes to: a value, or the code of an error. */
  value(n: number): unknown;
  /** How many attempts its tasks make, callbacks included. */
  readonly attempts: number;
}

const MEMBERS = 20;

const numbers = (n: number): number[] => Array.from({ length: MEMBERS }, (_, i) => n + i + 1);
const sumOf = (n: number): number => numbers(n).reduce((sum, each) => sum + each ** 2, 0);
const square = (n: number) => call("square", [n]);
const marks = (count: number): Tree[] => Array.from({ length: count }, () => call("mark"));
/** A body, and a callback on it. */
const total = { ...call("sum"), links: [call("mark")] };

/** A chord over tasks and chains, with a callback, ending in a group. */
const wide: Kind = {
  tree(n) {
    const header = numbers(n).map((each, i) => (i % 3 === 0 ? chain(square(each), call("mark")) : square(each)));
    return chain(chord(header, total), group(...marks(2)));
  },
  value: (n) => [sumOf(n), sumOf(n)],
  attempts: 31,
};

/** A chord over chords, and some steps after it. */
const nested: Kind = {
  tree(n) {
    const all = numbers(n).map(square);
    const parts = [0, 5, 10, 15].map((from) => chord(all.slice(from, from + 5), call("sum")));
    return chain(chord(parts, call("sum"), "cancel"), ...marks(3));
  },
  value: sumOf,
  attempts: 28,
};

/** One step after another. */
const long: Kind = {
  tree: (n) => chain(square(n), ...marks(32)),
  value: (n) => n ** 2,
  attempts: 33,
};

/** Pure steps between others: they run ahead, and write down nothing. */
const computing: Kind = {
  tree: (n) => chain(square(n), ...Array.from({ length: 30 }, () => call("next")), ...marks(2)),
  value: (n) => n ** 2 + 30,
  attempts: 3,
};

/** The smallest chord, with a callback. */
const pair: Kind = {
  tree: (n) => chord([square(n), square(1)], total),
  value: (n) => n ** 2 + 1,
  attempts: 4,
};

/** A chord in a chord. */
const twofold: Kind = {
  tree: (n) => chord([chord([square(n), square(1)], call("sum")), square(2)], total),
  value: (n) => n ** 2 + 5,
  attempts: 6,
};

/** Steps of which one waits for a time. */
const patient: Kind = {
  tree: (n) => chain(square(n), { ...call("mark"), options: { countdown: 500 } }, ...marks(2)),
  value: (n) => n ** 2,
  attempts: 4,
};

/** A step that fails at first. */
const flaky: Kind = {
  tree: (n) => chain(square(n), call("flaky"), call("mark")),
  value: (n) => n ** 2,
  attempts: 4,
};

/** A step that fails for good, with a callback for that. */
const broken: Kind = {
  tree: (n) => ({ ...chain(square(n), call("fail"), ...marks(2)), errbacks: [call("mark")] }),
  value: () => "TASK_FAILED",
  attempts: 3,
};

const large = [wide, nested, long, computing];
const small = [pair, twofold, patient, flaky, broken];

function kindOf(n: number): Kind {
  const kind = n % 10 === 0 ? large[(n / 10) % large.length] : small[n % small.length];
  return kind ?? wide;
}

/** The n-th canvas. */
export function canvas(n: number): Tree {
  return kindOf(n).tree(n);
}

/** What the n-th canvas comes to. */
export function wanted(n: number): unknown {
  return kindOf(n).value(n);
}

/** How many attempts the first canvases make, if nothing breaks. */
export function attemptsOf(count: number): number {
  return Array.from({ length: count }, (_, n) => kindOf(n).attempts).reduce((sum, each) => sum + each, 0);
}
