/** Boxes and arrows -> places, from left to right. Pure, so that a worker can do it for large graphs. */
import { Graph, layout } from "@dagrejs/dagre";

/** A box by its size. */
export interface Sized {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is to be laid out. */
export interface Draft {
  readonly boxes: readonly Sized[];
  readonly arrows: readonly { readonly from: string; readonly to: string }[];
}

/** Where boxes stand, by their upper left corner, and the points that each arrow goes through, in the order of the draft. */
export interface Placement {
  readonly width: number;
  readonly height: number;
  readonly places: ReadonlyMap<string, Point>;
  readonly routes: readonly (readonly Point[])[];
}

/** Above this the careful layout takes seconds, and a plain one is drawn in its place. */
const CAREFUL = 700;
const [COLUMN_GAP, ROW_GAP, MARGIN] = [64, 22, 32];

/** Lays out a graph. */
export function layOut(draft: Draft): Placement {
  return draft.boxes.length + draft.arrows.length > 2 * CAREFUL ? inColumns(draft) : carefully(draft);
}

/** By the library: few crossings, arrows around boxes. */
function carefully({ boxes, arrows }: Draft): Placement {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: "LR",
    nodesep: ROW_GAP,
    ranksep: COLUMN_GAP,
    edgesep: 12,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  for (const [i, { from, to }] of arrows.entries()) graph.setEdge(from, to, {}, String(i));
  layout(graph);
  const places = new Map(
    boxes.map(({ id, width, height }) => {
      const { x, y } = graph.node(id) as Point;
      return [id, { x: x - width / 2, y: y - height / 2 }] as const;
    }),
  );
  const sizes = new Map(boxes.map((box) => [box.id, box]));
  const routes = arrows.map(({ from, to }, i) => {
    const { points } = graph.edge({ v: from, w: to, name: String(i) }) as { points: Point[] };
    // The library ends arrows where they meet a box's edge, which for round ones is in the air.
    return [sideOf(places, sizes.get(from), 1), ...points.slice(1, -1), sideOf(places, sizes.get(to), 0)];
  });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { width, height, places, routes };
}

/** Each box one column behind the last of those before it, in the order of the plan. */
function inColumns({ boxes, arrows }: Draft): Placement {
  const depths = depthsOf({ boxes, arrows });
  const columns: Sized[][] = [];
  for (const box of boxes) {
    const depth = depths.get(box.id) ?? 0;
    columns[depth] ??= [];
    columns[depth].push(box);
  }
  const places = new Map<string, Point>();
  let [x, height] = [MARGIN, 0];
  for (const column of columns) {
    let y = MARGIN;
    for (const box of column ?? []) {
      places.set(box.id, { x, y });
      y += box.height + ROW_GAP;
    }
    height = Math.max(height, y);
    x += Math.max(0, ...(column ?? []).map(({ width }) => width)) + COLUMN_GAP;
  }
  const sizes = new Map(boxes.map((box) => [box.id, box]));
  const routes = arrows.map(({ from, to }) => [sideOf(places, sizes.get(from), 1), sideOf(places, sizes.get(to), 0)]);
  return { width: x, height: height + MARGIN, places, routes };
}

function sideOf(places: ReadonlyMap<string, Point>, box: Sized | undefined, side: 0 | 1): Point {
  const { x, y } = places.get(box?.id ?? "") ?? { x: 0, y: 0 };
  return { x: x + side * (box?.width ?? 0), y: y + (box?.height ?? 0) / 2 };
}

/** Arrows lead from what was planned before to what comes later, but for callbacks and replacements: a few rounds settle those. */
function depthsOf({ boxes, arrows }: Draft): Map<string, number> {
  const depths = new Map(boxes.map(({ id }) => [id, 0]));
  for (let round = 0, isChanged = true; isChanged && round < 8; round++) {
    isChanged = false;
    for (const { from, to } of arrows) {
      const depth = (depths.get(from) ?? 0) + 1;
      if (from === to || (depths.get(to) ?? 0) >= depth || depth > boxes.length) continue;
      depths.set(to, depth);
      isChanged = true;
    }
  }
  return depths;
}
