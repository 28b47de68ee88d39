/** The arrows of the graph, in one drawing behind the boxes. */
import { memo } from "preact/compat";
import type { Meaning } from "../../../graph/graph.js";
import { touch } from "./camera.js";
import type { Placement, Point } from "./layout.js";
import type { Scene } from "./scene.js";

interface ArrowsProps {
  readonly scene: Scene;
  readonly placement: Placement;
  /** What is looked at: arrows elsewhere are not drawn. */
  readonly view: Point & { readonly width: number; readonly height: number };
}

const SAYS: Readonly<Record<Meaning, string>> = {
  next: "",
  member: "",
  success: "on success",
  failure: "on error",
  becomes: "becomes",
};

export const Arrows = memo(function Arrows({ scene, placement, view }: ArrowsProps) {
  return (
    <svg class="arrows" width={placement.width} height={placement.height} aria-hidden="true">
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 .8 7 4 0 7.200z" class="tip" />
        </marker>
      </defs>
      {scene.arrows.map(({ from, to, meaning }, i) => {
        const points = placement.routes[i] ?? [];
        if (points.length < 2 || !touch(frameOf(points), view)) return null;
        const middle = points[Math.floor(points.length / 2)]!;
        return (
          <g key={`${from} ${to} ${meaning}`} data-meaning={meaning}>
            <path d={curve(points)} marker-end="url(#tip)" />
            {SAYS[meaning] && (
              <text x={middle.x} y={middle.y - 6}>
                {SAYS[meaning]}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
});

function frameOf(points: readonly Point[]) {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 };
}

/** Leaves and arrives straight, and bends softly between. */
function curve(points: readonly Point[]): string {
  const [start, ...rest] = points;
  let [from, d] = [start!, `M${start!.x} ${start!.y}`];
  for (const to of rest) {
    const middle = (from.x + to.x) / 2;
    d += `C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
    from = to;
  }
  return d;
}
