/** A run's shape -> the boxes to be drawn with their sizes; a box of many may be unfolded into a grid of cells. */
import { readRanges } from "../../../../runtime/wire.js";
import type { RunShape } from "../../view.js";
import type { Sized } from "./layout.js";

/** A box of the run as it is drawn. */
export interface SceneBox extends Sized {
  readonly box: RunShape["boxes"][number];
  /** The first of its nodes. */
  readonly first: number;
  /** The cells, where it is unfolded. */
  readonly grid?: Grid;
}

/** Cells in rows, one per node. */
export interface Grid {
  readonly nodes: readonly number[];
  readonly columns: number;
  /** From one cell to the next, px. */
  readonly pitch: number;
  readonly width: number;
  readonly height: number;
}

export interface Scene {
  readonly boxes: readonly SceneBox[];
  readonly arrows: RunShape["arrows"];
}

/** Heights of what stands around a grid, px. */
export const HEAD = 64;
const PAD = 14;

/** The scene with some boxes unfolded, by their ids. */
export function sceneOf({ boxes, arrows }: RunShape, unfolded: ReadonlySet<string>): Scene {
  return { boxes: boxes.map((box) => sceneBox(box, unfolded.has(box.id))), arrows };
}

function sceneBox(box: RunShape["boxes"][number], isUnfolded: boolean): SceneBox {
  const first = Number.parseInt(box.nodes, 10);
  if (box.count > 1 && isUnfolded) {
    const grid = gridOf(box.nodes);
    return {
      id: box.id,
      box,
      first,
      grid,
      width: Math.max(232, grid.width + 2 * PAD),
      height: HEAD + grid.height + PAD,
    };
  }
  const width = box.kind === "join" ? Math.max(92, widthOf(box.label) - 20) : widthOf(box.label);
  return {
    id: box.id,
    box,
    first,
    width: box.count > 1 ? Math.max(200, width + 40) : width,
    height: box.count > 1 ? HEAD : 52,
  };
}

/** A guess that is right enough: the letters are those of the system. */
function widthOf(label: string): number {
  return Math.min(300, Math.max(132, Math.round(label.length * 7.6) + 64));
}

/** Cells are large where there are few. */
function gridOf(nodes: string): Grid {
  const indices = readRanges(nodes).flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i),
  );
  const count = indices.length;
  const pitch = count <= 60 ? 24 : count <= 600 ? 17 : count <= 3_000 ? 11 : 8;
  const columns = Math.min(count, Math.max(8, Math.ceil(Math.sqrt(count * 1.8))));
  return { nodes: indices, columns, pitch, width: columns * pitch, height: Math.ceil(count / columns) * pitch };
}
