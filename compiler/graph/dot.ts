/** Graph -> DOT, the language of Graphviz. */
import { type Arrow, type Box, type Graph, type Meaning, stateLine, stateOf } from "./graph.js";
import { PAINT, PLAIN } from "./paint.js";

/** A whole digraph: `tqc graph ... --format dot | dot -Tpng`. */
export function toDot({ boxes, arrows }: Graph): string {
  return [
    "digraph canvas {",
    '  node [fontname="sans-serif", shape=box, style="rounded,filled"];',
    '  edge [fontname="sans-serif", fontsize=10];',
    ...boxes.map((box) => `  ${boxLine(box)}`),
    ...arrows.map((arrow) => `  ${arrowLine(arrow)}`),
    "}",
    "",
  ].join("\n");
}

function boxLine(box: Box): string {
  const state = stateOf(box);
  const { fill, line } = state ? PAINT[state] : PLAIN;
  const label = [box.label, stateLine(box)].filter((text) => text !== "").join("\n");
  const shape = box.kind === "join" ? ", shape=ellipse" : "";
  const width = box.result ? ", penwidth=3" : "";
  return `${box.id} [label=${quoted(label)}, fillcolor="${fill}", color="${line}"${shape}${width}];`;
}

const STYLE: Readonly<Record<Meaning, string>> = {
  next: "",
  member: "",
  success: ' [style=dashed, label="on success"]',
  failure: ' [style=dashed, label="on error"]',
  becomes: ' [style=dotted, label="becomes"]',
};

function arrowLine({ from, to, meaning }: Arrow): string {
  return `${from} -> ${to}${STYLE[meaning]};`;
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}
