/** What is under way when something breaks: canvases of 33 nodes each, of three kinds in turn. */
import type { Tree } from "../../runtime/canvas/tree.js";
import { call, chain, chord, group } from "../reference/trees.js";

interface Kind {
  tree(n: number): Tree;
  /** What it comes to. */
  value(n: number): unknown;
}

const MEMBERS = 20;

const numbers = (n: number): number[] => Array.from({ length: MEMBERS }, (_, i) => n + i + 1);
const sumOf = (n: number): number => numbers(n).reduce((sum, each) => sum + each ** 2, 0);
const square = (n: number) => call("square", [n]);
const marks = (count: number): Tree[] => Array.from({ length: count }, () => call("mark"));

/** A chord over tasks and chains, with a callback, ending in a group. */
const wide: Kind = {
  tree(n) {
    const header = numbers(n).map((each, i) => (i % 3 === 0 ? chain(square(each), call("mark")) : square(each)));
    return chain(chord(header, { ...call("sum"), links: [call("mark")] }), group(...marks(2)));
  },
  value: (n) => [sumOf(n), sumOf(n)],
};

/** A chord over chords, and some steps after it. */
const nested: Kind = {
  tree(n) {
    const all = numbers(n).map(square);
    const parts = [0, 5, 10, 15].map((from) => chord(all.slice(from, from + 5), call("sum")));
    return chain(chord(parts, call("sum"), "cancel"), ...marks(3));
  },
  value: sumOf,
};

/** One step after another. */
const long: Kind = {
  tree: (n) => chain(square(n), ...marks(32)),
  value: (n) => n ** 2,
};

const kinds = [wide, nested, long];

function kindOf(n: number): Kind {
  return kinds[n % kinds.length] ?? wide;
}

/** The n-th canvas. */
export function canvas(n: number): Tree {
  return kindOf(n).tree(n);
}

/** What the n-th canvas comes to. */
export function wanted(n: number): unknown {
  return kindOf(n).value(n);
}
