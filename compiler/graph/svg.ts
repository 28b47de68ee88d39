/** Graph -> SVG: a picture that needs nothing but a browser. */
import { type Graph, type Meaning, stateLine, stateOf } from "./graph.js";
import { layOut, type PlacedArrow, type PlacedBox, type Point } from "./layout.js";
import { PAINT, PLAIN } from "./paint.js";

/** A whole SVG document. */
export function toSvg(graph: Graph): string {
  const { width, height, boxes, arrows } = layOut(graph);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-sans-serif, system-ui, sans-serif" font-size="13">`,
    '  <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#495057"/></marker></defs>',
    `  <rect width="${width}" height="${height}" fill="#fff"/>`,
    ...arrows.map((arrow) => `  ${arrowOf(arrow)}`),
    ...boxes.map((box) => `  ${boxOf(box)}`),
    "</svg>",
    "",
  ].join("\n");
}

function boxOf({ box, x, y, width, height }: PlacedBox): string {
  const state = stateOf(box);
  const { fill, line } = state ? PAINT[state] : PLAIN;
  const round = box.kind === "join" ? height / 2 : 6;
  const frame = `<rect x="${px(x - width / 2)}" y="${px(y - height / 2)}" width="${px(width)}" height="${px(height)}" rx="${px(round)}" fill="${fill}" stroke="${line}" stroke-width="${box.result ? 3 : 1.5}"/>`;
  const lines = [box.label, stateLine(box)].filter((text) => text !== "");
  const text = lines.map((each, i) => {
    const down = y + 4.5 + (i - (lines.length - 1) / 2) * 18;
    return `<text x="${px(x)}" y="${px(down)}" text-anchor="middle" fill="${i === 0 ? "#111" : "#495057"}"${i === 0 ? "" : ' font-size="11"'}>${escaped(each)}</text>`;
  });
  const title = `<title>${escaped([box.task ?? "join", box.path].filter((part) => part !== "").join(" at "))}</title>`;
  return `<g>${title}${frame}${text.join("")}</g>`;
}

const STROKE: Readonly<Record<Meaning, { readonly dashes: string; readonly label: string }>> = {
  next: { dashes: "", label: "" },
  member: { dashes: "", label: "" },
  success: { dashes: "6 4", label: "on success" },
  failure: { dashes: "6 4", label: "on error" },
  becomes: { dashes: "2 4", label: "becomes" },
};

function arrowOf({ arrow, points }: PlacedArrow): string {
  const { dashes, label } = STROKE[arrow.meaning];
  const dashed = dashes && ` stroke-dasharray="${dashes}"`;
  const path = `<path d="${curve(points)}" fill="none" stroke="#495057" stroke-width="1.3"${dashed} marker-end="url(#tip)"/>`;
  if (!label) return path;
  return `${path}${caption(label, points[0]!, points[1]!)}`;
}

/** Stands outside the curve, so that those of two arrows that part do not meet. */
function caption(label: string, from: Point, to: Point): string {
  const isLeft = to.x < from.x;
  const x = (from.x + to.x) / 2 + (isLeft ? -10 : 10);
  const anchor = isLeft ? ' text-anchor="end"' : "";
  return `<text x="${px(x)}" y="${px((from.y + to.y) / 2)}"${anchor} font-size="11" fill="#495057">${label}</text>`;
}

/** Leaves and arrives straight down, and bends softly between. */
function curve(points: readonly Point[]): string {
  const [start, ...rest] = points;
  let [from, d] = [start!, `M${px(start!.x)} ${px(start!.y)}`];
  for (const to of rest) {
    const middle = (from.y + to.y) / 2;
    d += `C${px(from.x)} ${px(middle)} ${px(to.x)} ${px(middle)} ${px(to.x)} ${px(to.y)}`;
    from = to;
  }
  return d;
}

function px(length: number): number {
  return Math.round(length * 10) / 10;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
