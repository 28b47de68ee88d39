import { describe, expect, test } from "vitest";
import type { Tree } from "../../runtime/canvas/tree.js";
import type { Plan } from "../../runtime/messages.js";
import { type LowerContext, lower, lowerReplacement } from "../../runtime/plan/plan.js";
import { parentsOf, readShape, writeShape } from "../../runtime/plan/shape.js";
import { toSubmission } from "../../runtime/plan/submission.js";
import { readEdges, readMessage, writeEdges } from "../../runtime/wire.js";
import { call, chain, chord, group } from "../reference/trees.js";

const context: LowerContext = { contract: () => undefined, encode: (args) => JSON.stringify(args), now: 1_000 };

/** A plan in a line per node: "0 a -> n1", "3 join 1-2 of 2 -> n4". */
function draw(plan: Plan): string[] {
  return plan.nodes.map((node) => {
    const what =
      node.kind === "call"
        ? node.task
        : `join ${node.members.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(" ")} of ${node.count}`;
    return `${node.index} ${what} -> ${writeEdges(node.edges)}`.trim();
  });
}

function plan(tree: Tree, given: readonly unknown[] = []): string[] {
  return draw(lower(tree, given, context));
}

const a = call("a");
const b = call("b");
const c = call("c");
const d = call("d");

describe("lowering", () => {
  const table: readonly { readonly given: string; readonly tree: Tree; readonly want: readonly string[] }[] = [
    { given: "a", tree: a, want: ["0 a ->"] },
    { given: "chain(a, b, c)", tree: chain(a, b, c), want: ["0 a -> n1", "1 b -> n2", "2 c ->"] },
    { given: "group(a, b)", tree: group(a, b), want: ["0 a -> j2", "1 b -> j2", "2 join 0-1 of 2 ->"] },
    { given: "group()", tree: group(), want: ["0 join  of 0 ->"] },
    { given: "chain(group(), a)", tree: chain(group(), a), want: ["0 join  of 0 -> n1", "1 a ->"] },
    { given: "chain(a, group(), b)", tree: chain(a, group(), b), want: ["0 a -> g1", "1 join  of 1 -> n2", "2 b ->"] },
    {
      given: "chain(a, group(b, c), d)",
      tree: chain(a, group(b, c), d),
      want: ["0 a -> n1-2", "1 b -> j3", "2 c -> j3", "3 join 1-2 of 2 -> n4", "4 d ->"],
    },
    {
      given: "group(a, group(b, c))",
      tree: group(a, group(b, c)),
      want: ["0 a -> j4", "1 b -> j3", "2 c -> j3", "3 join 1-2 of 2 -> j4", "4 join 0 3 of 2 ->"],
    },
    {
      given: "chord([a, chain(b, c)], d)",
      tree: chord([a, chain(b, c)], d),
      want: ["0 a -> j3", "1 b -> n2", "2 c -> j3", "3 join 0 2 of 2 -> n4", "4 d ->"],
    },
    {
      given: "a chord whose body is a group",
      tree: chord([a], group(b, c)),
      want: ["0 a -> j1", "1 join 0 of 1 -> n2-3", "2 b -> j4", "3 c -> j4", "4 join 2-3 of 2 ->"],
    },
    {
      given: "chain(a, chord([b], c, settle)): what precedes a join that settles can fail it",
      tree: chain(a, chord([b], c, "settle")),
      want: ["0 a -> n1 g2", "1 b -> j2", "2 join 1 of 2 -> n3", "3 c ->"],
    },
    {
      given: "a callback on a link",
      tree: { ...chain(a, b), links: [{ ...c, links: [d] }] },
      want: ["0 a -> n1", "1 b -> s2:2-4", "2 c -> s3:3-4", "3 d ->"],
    },
    {
      given: "an error callback inside a header stands outside its region",
      tree: chord([{ ...a, errbacks: [c] }], b),
      want: ["0 a -> j1 e3:3-4", "1 join 0 of 1 -> n2", "2 b ->", "3 c ->"],
    },
  ];
  test.each(table)("$given", ({ tree, want }) => {
    expect(plan(tree)).toEqual(want);
  });

  test("a region holds a header's nodes and no callback's", () => {
    const { nodes } = lower(chord([{ ...a, links: [d] }, chain(b, c)], d), [], context);
    expect(nodes.filter((node) => node.kind === "join").map(({ from, until }) => [from, until])).toEqual([[0, 3]]);
  });

  test("given arguments stand in front of bound ones, in every member that starts", () => {
    const { nodes } = lower(group(call("a", [1]), chain(call("b", [2]), call("c", [3]))), [0], context);
    expect(nodes.map((node) => (node.kind === "call" ? node.args : node.kind))).toEqual([
      "[0,1]",
      "[0,2]",
      "[3]",
      "join",
    ]);
  });

  test("a delay on a composite is borne once, by what it starts with", () => {
    const tree = { ...chain(group(a, b), c), options: { countdown: "5s" as const } };
    const delays = lower(tree, [], context).nodes.map((node) => (node.kind === "call" ? node.delay : "join"));
    expect(delays).toEqual([5_000, 5_000, "join", 0]);
  });

  test("an option on a composite is a default for all below it, and a member's own wins", () => {
    const tree = { ...chain(a, { ...b, options: { queue: "own" } }), options: { queue: "outer", priority: 3 } };
    const { nodes } = lower(tree, [], context);
    expect(nodes.map((node) => (node.kind === "call" ? [node.queue, node.priority] : []))).toEqual([
      ["outer", 3],
      ["own", 3],
    ]);
  });

  test("a replacement settles the node it replaces", () => {
    expect(draw(lowerReplacement(chain(a, b), { index: 7, path: "" }, { ...context, base: 20 }))).toEqual([
      "20 a -> n21",
      "21 b -> f7",
    ]);
  });

  test("a replacement stands where the node it replaces stood", () => {
    const { nodes } = lowerReplacement(group(a, b), { index: 7, path: "chain[1]" }, context);
    expect(nodes.map(({ path }) => path)).toEqual(["chain[1]/group[0]", "chain[1]/group[1]", "chain[1]"]);
  });

  test("text and nodes grow in step with the canvas, however it nests", () => {
    const bytes = (n: number) => {
      const nested = Array.from({ length: n }).reduce<Tree>(
        (tree, _, i) => (i % 2 ? chain(tree, b) : group(tree, a)),
        a,
      );
      const submission = toSubmission(lower(nested, [], context), { run: "r", reply: "c", submitted: 0 });
      return JSON.stringify(submission).length / n;
    };
    expect(bytes(400) / bytes(100)).toBeLessThan(2);
  });
});

describe("a submission", () => {
  test("of one plain call has no plan", () => {
    const submission = toSubmission(lower(a, [1], context), { run: "r1", reply: "client", submitted: 5 });
    expect(submission).toMatchObject({ size: 1, waiting: [], ready: [{ queue: "default", priority: 0, delay: 0 }] });
    expect(submission.shape).toBeUndefined();
    expect(readMessage(submission.ready[0]?.text ?? "")).toMatchObject({
      run: "r1",
      args: "[1]",
      header: { task: "a", submitted: 5, reply: "client", lone: true },
    });
  });

  test("stores what waits, and sends what can start", () => {
    const submission = toSubmission(lower(chain(a, group(b, c)), [], context), { run: "r", reply: "c", submitted: 0 });
    expect(submission.ready.map(({ text }) => readMessage(text).header.task)).toEqual(["a"]);
    expect(submission.waiting.map(([index]) => index)).toEqual([1, 2, 3]);
  });
});

describe("neighbours", () => {
  const stamped = (stamps: object): Tree => ({ ...a, stampers: [stamps] as Tree["stampers"] });
  const set = (options: Tree["options"]): Tree => ({ ...a, options });
  const at = new Date(9_000);
  const members: readonly Tree[] = [
    a,
    a,
    b,
    set({ queue: "own" }),
    set({ queue: "own" }),
    set({ queue: "own", priority: 1 }),
    set({ headers: { key: "1" } }),
    set({ headers: { key: "2" } }),
    set({ eta: at, maxRetries: 2 }),
    set({ expires: at }),
    set({ expires: "2s" }),
    set({ ignoreResult: true, timeLimit: "1s" }),
    set({}),
    stamped({ key: 1 }),
    stamped({ key: 2 }),
    { ...a, immutable: true } as Tree,
    { ...a, mode: "map", args: [[1]] } as Tree,
    set({ id: "own" }),
    a,
  ];
  const ready = (trees: readonly Tree[], options: Tree["options"] = {}) =>
    toSubmission(lower({ ...group(...trees), options }, [], context), { run: "r", reply: "c", submitted: 5 }).ready;
  const parts = (node: ReturnType<typeof ready>[number] | undefined) => {
    const { edges: _, ...message } = readMessage(node?.text ?? "");
    return { message, queue: node?.queue, priority: node?.priority, delay: node?.delay };
  };

  test.each([{}, { queue: "outer", headers: { outer: "1" }, expires: "1s" as const }])(
    "that differ are each sent as among their like, within %o",
    (options) => {
      const mixed = ready(members, options);
      for (const [i, member] of members.entries()) {
        const alike = ready(
          Array.from({ length: i + 1 }, () => member),
          options,
        );
        expect(parts(mixed[i])).toEqual(parts(alike[i]));
      }
      const differing = new Set(mixed.map(({ text }) => JSON.stringify({ ...readMessage(text).header, path: "" })));
      expect(differing.size).toBeGreaterThan(11);
    },
  );
});

describe("a shape", () => {
  test("of like nodes is one line, however many they are", () => {
    const { nodes } = lower(
      chord(
        Array.from({ length: 1_000 }, () => a),
        b,
      ),
      [],
      context,
    );
    const text = writeShape(nodes);
    expect(text.split("\n")).toHaveLength(3);
    expect(readShape(text).get(721)).toMatchObject({ kind: "call", task: "a", path: "chord/header[721]" });
  });

  test("read back has every node, edge and path of the plan", () => {
    const { nodes } = lower(chain(a, group(b, chain(c, d)), { ...d, errbacks: [a] }), [], context);
    const shape = readShape(writeShape(nodes));
    expect([...shape.values()].map(({ index, path, edges }) => [index, path, edges])).toEqual(
      nodes.map(({ index, path, edges }) => [index, path, readEdges(writeEdges(edges))]),
    );
    expect(parentsOf(shape, 4)).toEqual([1, 3]);
  });
});
