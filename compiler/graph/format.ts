/** The formats a graph is drawn in. */
import { toDot } from "./dot.js";
import type { Graph } from "./graph.js";
import { toMermaid } from "./mermaid.js";
import { toSvg } from "./svg.js";

export const FORMATS = ["mermaid", "dot", "svg", "json"] as const;

export type Format = (typeof FORMATS)[number];

/** Graph -> text of a format. */
export function writeGraph(graph: Graph, format: Format): string {
  switch (format) {
    case "mermaid":
      return toMermaid(graph);
    case "dot":
      return toDot(graph);
    case "svg":
      return toSvg(graph);
    case "json":
      return `${JSON.stringify({ version: 1, ...graph }, undefined, 2)}\n`;
  }
}
