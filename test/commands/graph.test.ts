import { describe, expect, test } from "vitest";
import { type Format, writeGraph } from "../../compiler/graph/format.js";
import { type Graph, toGraph } from "../../compiler/graph/graph.js";
import { layOut } from "../../compiler/graph/layout.js";
import type { Tree } from "../../runtime/canvas/tree.js";
import type { TaskState } from "../../runtime/messages.js";
import { type LowerContext, lower } from "../../runtime/plan/plan.js";
import { call, chain, chord, group } from "../reference/trees.js";

const context: LowerContext = { contract: () => undefined, encode: () => "[]", now: 0 };

function graphOf(tree: Tree, states?: ReadonlyMap<number, TaskState>): Graph {
  const { nodes, result } = lower(tree, [], context);
  return toGraph({ nodes, result, ...(states && { states }) });
}

/** A graph in lines: "fetch x200 -> resize x200". */
function lines(tree: Tree): string[] {
  const { boxes, arrows } = graphOf(tree);
  const label = new Map(boxes.map((box) => [box.id, box.label]));
  const drawn = arrows.map(({ from, to, meaning }) => {
    const arrow = meaning === "next" || meaning === "member" ? "->" : `-${meaning}->`;
    return `${label.get(from)} ${arrow} ${label.get(to)}`;
  });
  return drawn.length > 0 ? drawn : boxes.map((box) => box.label);
}

const times = (count: number, tree: Tree): Tree[] => Array.from({ length: count }, () => tree);

describe("a canvas is drawn with like members folded", () => {
  const table: readonly { readonly given: string; readonly tree: Tree; readonly want: readonly string[] }[] = [
    { given: "a", tree: call("tasks.a"), want: ["a"] },
    { given: "chain(a, a)", tree: chain(call("a"), call("a")), want: ["a -> a"] },
    { given: "200 times a", tree: group(...times(200, call("tasks.images.resize"))), want: ["resize x200 -> join"] },
    {
      given: "200 times a then b, then c",
      tree: chord(times(200, chain(call("a"), call("b"))), call("c")),
      want: ["a x200 -> b x200", "b x200 -> join", "join -> c"],
    },
    {
      given: "members that start alike and go on differently",
      tree: group(chain(call("a"), call("b")), chain(call("a"), call("c"))),
      want: ["a -> b", "b -> join", "a -> c", "c -> join"],
    },
    {
      given: "ten groups of twenty",
      tree: group(...times(10, group(...times(20, call("a"))))),
      want: ["a x200 -> join x10", "join x10 -> join"],
    },
    {
      given: "groups of two sizes",
      tree: group(group(...times(2, call("a"))), group(...times(3, call("a")))),
      want: ["a x2 -> join", "join -> join", "a x3 -> join", "join -> join"],
    },
    {
      given: "tasks of one last name",
      tree: chain(call("tasks.images.send"), call("tasks.mail.send")),
      want: ["images.send -> mail.send"],
    },
    {
      given: "callbacks",
      tree: { ...call("a"), links: [call("done")], errbacks: [call("alarm")] },
      want: ["a -success-> done", "a -failure-> alarm"],
    },
  ];
  test.each(table)("$given", ({ tree, want }) => expect(lines(tree)).toEqual(want));
});

const images = chord(times(3, call("tasks.images.resize")), call("tasks.images.pack"));
const states = new Map<number, TaskState>([
  [0, "SUCCESS"],
  [1, "SUCCESS"],
  [2, "FAILURE"],
  [3, "FAILURE"],
  [4, "FAILURE"],
]);

describe("a folded box of a run", () => {
  const { boxes } = graphOf(images, states);

  test("counts its nodes by state, the worst first", () => {
    expect(boxes[0]).toMatchObject({ label: "resize x3", count: 3, states: { FAILURE: 1, SUCCESS: 2 } });
    expect(Object.keys(boxes[0]!.states)).toEqual(["FAILURE", "SUCCESS"]);
  });

  test("is painted as the worst of them", () => {
    expect(writeGraph(graphOf(images, states), "mermaid")).toContain("class n0 FAILURE");
  });
});

describe("each format", () => {
  const draw = (format: Format) => writeGraph(graphOf(images), format);

  test("mermaid", () => {
    expect(draw("mermaid")).toBe(
      [
        "flowchart TD",
        '  n0["resize x3"]',
        '  n3(["join"])',
        '  n4["pack"]',
        "  n0 --> n3",
        "  n3 --> n4",
        "  style n4 stroke-width:3px",
        "",
      ].join("\n"),
    );
  });

  test("dot", () => {
    const text = draw("dot");
    expect(text).toContain('n0 [label="resize x3"');
    expect(text).toMatch(/^digraph canvas \{\n/);
    expect(text).toMatch(/ {2}n0 -> n3;\n {2}n3 -> n4;\n\}\n$/);
  });

  test("json names its version", () => {
    const { version, boxes } = JSON.parse(draw("json"));
    expect(version).toBe(1);
    expect(boxes[0]).toMatchObject({ id: "n0", kind: "task", task: "tasks.images.resize", count: 3, result: false });
  });

  test("svg shows every box and says the full name of its task", () => {
    const svg = draw("svg");
    for (const text of ["resize x3", "join", "pack", "<title>tasks.images.resize at chord/header[0]</title>"]) {
      expect(svg).toContain(text);
    }
  });

  test("text that means something to a format stands for itself", () => {
    const odd = graphOf(call('<b>"x"&#'));
    expect(writeGraph(odd, "svg")).toContain("&#60;b&#62;&#34;x&#34;&#38;#");
    expect(writeGraph(odd, "mermaid")).toContain("#60;b#62;#34;x#34;#38;#35;");
    expect(writeGraph(odd, "dot")).toContain('\\"x\\"');
  });
});

describe("places", () => {
  const wide = chord([call("a"), chain(call("b"), call("c"), call("d")), group(call("e"), call("f"))], call("g"));
  const { boxes, arrows, width, height } = layOut(graphOf(wide));

  test("no two boxes overlap, and all are inside", () => {
    for (const [i, a] of boxes.entries()) {
      expect(a.x - a.width / 2).toBeGreaterThanOrEqual(0);
      expect(a.x + a.width / 2).toBeLessThanOrEqual(width);
      expect(a.y + a.height / 2).toBeLessThanOrEqual(height);
      for (const b of boxes.slice(i + 1)) {
        const apart =
          Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
        expect(apart, `${a.box.label} and ${b.box.label}`).toBe(true);
      }
    }
  });

  test("every arrow leads down", () => {
    for (const { points } of arrows) {
      const ys = points.map(({ y }) => y);
      expect(ys).toEqual([...ys].sort((a, b) => a - b));
    }
  });
});

test("a fan-out of ten thousand is folded in a moment, and is one box", () => {
  const { boxes } = graphOf(chord(times(10_000, chain(call("a"), call("b"))), call("c")));
  expect(boxes.map(({ label }) => label)).toEqual(["a x10000", "b x10000", "join", "c"]);
});
