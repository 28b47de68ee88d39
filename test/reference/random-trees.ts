/** Random canvases for property tests: every form in every nesting, with callbacks, immutables and tasks that fail. */
import fc from "fast-check";
import type { CallTree, ChainTree, ChordTree, GroupTree, Tree } from "../../runtime/canvas/tree.js";
import { call, chain, chord, group } from "./trees.js";

/** `note` returns its arguments as a list, so a value tells the whole flow; `boom` throws its own label. */
export interface TreeShape {
  /** How likely a task is to fail, in percent. */
  readonly failing: number;
  readonly callbacks: boolean;
  readonly settle: boolean;
}

let label = 0;

const bare = fc.record({ immutable: fc.boolean(), roll: fc.integer({ min: 0, max: 99 }) });

/** A canvas of at most `depth` levels. Labels are unique within the process, so that no two calls can be confused. */
export function randomTree(shape: TreeShape, depth = 4): fc.Arbitrary<Tree> {
  return fc.letrec<{ tree: Tree; call: CallTree }>((tie) => ({
    call: bare.map(({ immutable, roll }) => call(roll < shape.failing ? "boom" : "note", [`t${label++}`], immutable)),
    tree: fc.oneof(
      { maxDepth: depth, depthSize: "small", withCrossShrink: true },
      hung(tie("call"), tie, shape),
      hung(fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map(flatChain), tie, shape),
      fc.array(tie("tree"), { maxLength: 3 }).map((members) => group(...members)),
      hung(chordOf(tie("tree"), shape), tie, shape),
    ),
  })).tree;
}

/** A chain in a chain is flattened where it bears nothing of its own, as `chain` does. */
function flatChain(steps: Tree[]): ChainTree {
  return chain(...steps.flatMap((step) => (step.kind === "chain" && isBare(step) ? step.steps : [step])));
}

function isBare(tree: Tree): boolean {
  return tree.links.length === 0 && tree.errbacks.length === 0;
}

function chordOf(tree: fc.Arbitrary<Tree>, shape: TreeShape): fc.Arbitrary<ChordTree> {
  const policy = fc.constantFrom(...(shape.settle ? (["fail", "settle"] as const) : (["fail"] as const)));
  return fc
    .tuple(fc.array(tree, { maxLength: 3 }), tree, policy)
    .map(([header, body, onError]) => chord(header, body, onError));
}

/** Hangs callbacks on some trees: tasks of their own, which note what they were given. */
function hung<T extends Exclude<Tree, GroupTree>>(
  tree: fc.Arbitrary<T>,
  _tie: unknown,
  shape: TreeShape,
): fc.Arbitrary<Tree> {
  if (!shape.callbacks) return tree;
  const callback = fc
    .array(fc.constant(0), { maxLength: 1 })
    .map((many) => many.map(() => call("note", [`cb${label++}`])));
  return fc.tuple(tree, callback, callback).map(([each, links, errbacks]) => ({ ...each, links, errbacks }));
}
