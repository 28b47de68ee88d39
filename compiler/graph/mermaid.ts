/** Graph -> Mermaid's flowchart, which GitHub and most wikis draw. */
import { type Arrow, type Box, type Graph, type Meaning, stateLine, stateOf } from "./graph.js";
import { PAINT } from "./paint.js";

/** The text between the fences of a `mermaid` block. */
export function toMermaid({ boxes, arrows }: Graph): string {
  const states = [...new Set(boxes.flatMap((box) => stateOf(box) ?? []))];
  const results = boxes.filter(({ result }) => result).map(({ id }) => id);
  return [
    "flowchart TD",
    ...boxes.map((box) => `  ${boxLine(box)}`),
    ...arrows.map((arrow) => `  ${arrowLine(arrow)}`),
    ...states.map((state) => `  classDef ${state} fill:${PAINT[state].fill},stroke:${PAINT[state].line},color:#111`),
    ...(boxes.flatMap((box) => stateOf(box) ?? []).length === 0
      ? []
      : boxes.map((box) => `  class ${box.id} ${stateOf(box)}`)),
    ...results.map((id) => `  style ${id} stroke-width:3px`),
    "",
  ].join("\n");
}

function boxLine(box: Box): string {
  const text = [box.label, stateLine(box)]
    .filter((line) => line !== "")
    .map(quoted)
    .join("<br/>");
  return box.kind === "join" ? `${box.id}(["${text}"])` : `${box.id}["${text}"]`;
}

const LINE: Readonly<Record<Meaning, string>> = {
  next: "-->",
  member: "-->",
  success: '-. "on success" .->',
  failure: '-. "on error" .->',
  becomes: '-. "becomes" .->',
};

function arrowLine({ from, to, meaning }: Arrow): string {
  return `${from} ${LINE[meaning]} ${to}`;
}

/** Mermaid reads `#name;` and tags inside labels. */
function quoted(text: string): string {
  return text.replace(/[#"<>&]/g, (letter) => `#${letter.charCodeAt(0)};`);
}
