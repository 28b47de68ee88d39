/**
 * Where boxes go: in layers, each below all that leads to it, ordered inside its layer by where its neighbours stand.
 * An arrow over several layers gets a bend in each, so that it goes round boxes and not through them.
 */
import { type Arrow, type Box, type Graph, stateLine } from "./graph.js";

/** A graph with places, in pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly arrows: readonly PlacedArrow[];
}

/** A box and its centre. */
export interface PlacedBox extends Point {
  readonly box: Box;
  readonly width: number;
  readonly height: number;
}

/** An arrow and the points it runs through, both ends included. */
export interface PlacedArrow {
  readonly arrow: Arrow;
  readonly points: readonly Point[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const [LETTER, LINE, GAP, LAYER_GAP, MARGIN, SWEEPS] = [7.6, 18, 28, 52, 20, 8];

/** Graph -> places. */
export function layOut({ boxes, arrows }: Graph): Layout {
  const depths = depthsOf(boxes, arrows);
  const slots = new Map(boxes.map((box) => [box.id, slotOf(box)]));
  const routes = arrows.map((arrow) => ({ arrow, stops: routeOf(arrow, depths, slots) }));
  const layers = layersOf(slots, depths, routes);
  order(layers, routes);
  const size = place(layers);
  return {
    ...size,
    boxes: boxes.map((box) => {
      const { x, y, width, height } = slots.get(box.id)!;
      return { box, x, y, width, height };
    }),
    arrows: routes.map(({ arrow, stops }) => ({ arrow, points: pointsOf(stops) })),
  };
}

/** A place in a layer: a box, or the bend of an arrow that passes. */
interface Slot {
  x: number;
  y: number;
  readonly width: number;
  readonly height: number;
  readonly depth?: number;
}

function slotOf(box: Box): Slot {
  const lines = [box.label, stateLine(box)].filter((line) => line !== "");
  const letters = Math.max(...lines.map((line) => line.length));
  return { x: 0, y: 0, width: Math.max(64, letters * LETTER + 28), height: lines.length * LINE + 16 };
}

/** The longest way to each box. A plan has no circles, so each round settles at least one layer. */
function depthsOf(boxes: readonly Box[], arrows: readonly Arrow[]): Map<string, number> {
  const depths = new Map(boxes.map(({ id }) => [id, 0]));
  const waiting = new Map(boxes.map(({ id }) => [id, arrows.filter(({ to }) => to === id).length]));
  const ready = boxes.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id);
  for (const id of ready) {
    for (const { to } of arrows.filter(({ from }) => from === id)) {
      depths.set(to, Math.max(depths.get(to)!, depths.get(id)! + 1));
      waiting.set(to, waiting.get(to)! - 1);
      if (waiting.get(to) === 0) ready.push(to);
    }
  }
  return depths;
}

interface Route {
  readonly arrow: Arrow;
  readonly stops: readonly Slot[];
}

function routeOf(
  { from, to }: Arrow,
  depths: ReadonlyMap<string, number>,
  slots: ReadonlyMap<string, Slot>,
): readonly Slot[] {
  const bends: Slot[] = [];
  for (let depth = depths.get(from)! + 1; depth < depths.get(to)!; depth++) {
    bends.push({ x: 0, y: 0, width: 8, height: 0, depth });
  }
  return [slots.get(from)!, ...bends, slots.get(to)!];
}

function layersOf(
  slots: ReadonlyMap<string, Slot>,
  depths: ReadonlyMap<string, number>,
  routes: readonly Route[],
): Slot[][] {
  const layers: Slot[][] = Array.from({ length: Math.max(0, ...depths.values()) + 1 }, () => []);
  for (const [id, slot] of slots) layers[depths.get(id)!]!.push(slot);
  for (const stop of routes.flatMap(({ stops }) => stops)) {
    if (stop.depth !== undefined) layers[stop.depth]!.push(stop);
  }
  return layers;
}

/** Down and up again, each slot moves to the mean of its neighbours' places in the layer before. */
function order(layers: Slot[][], routes: readonly Route[]): void {
  const above = new Map<Slot, Slot[]>();
  const below = new Map<Slot, Slot[]>();
  for (const { stops } of routes) {
    for (const [i, upper] of stops.slice(0, -1).entries()) {
      const lower = stops[i + 1]!;
      above.set(lower, [...(above.get(lower) ?? []), upper]);
      below.set(upper, [...(below.get(upper) ?? []), lower]);
    }
  }
  number(layers);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers : layers.toReversed()) arrange(layer, down ? above : below);
  }
}

function number(layers: readonly Slot[][]): void {
  for (const layer of layers) for (const [i, slot] of layer.entries()) slot.x = i;
}

function arrange(layer: Slot[], neighbours: ReadonlyMap<Slot, readonly Slot[]>): void {
  const wanted = new Map(layer.map((slot) => [slot, mean(neighbours.get(slot)) ?? slot.x]));
  layer.sort((a, b) => wanted.get(a)! - wanted.get(b)!);
  for (const [i, slot] of layer.entries()) slot.x = i;
}

function mean(slots: readonly Slot[] | undefined): number | undefined {
  return slots && slots.reduce((sum, { x }) => sum + x, 0) / slots.length;
}

/** Layers from the top, each centred. */
function place(layers: readonly Slot[][]): { width: number; height: number } {
  const widths = layers.map((layer) =>
    layer.reduce((sum, { width }) => sum + width, GAP * Math.max(0, layer.length - 1)),
  );
  const width = Math.max(64, ...widths) + 2 * MARGIN;
  let y = MARGIN;
  for (const [i, layer] of layers.entries()) {
    const tall = Math.max(LINE, ...layer.map(({ height }) => height));
    let x = (width - widths[i]!) / 2;
    for (const slot of layer) {
      slot.x = x + slot.width / 2;
      slot.y = y + tall / 2;
      x += slot.width + GAP;
    }
    y += tall + LAYER_GAP;
  }
  return { width: Math.ceil(width), height: Math.ceil(y - LAYER_GAP + MARGIN) };
}

/** From the lower edge of the first to the upper edge of the last. */
function pointsOf(stops: readonly Slot[]): Point[] {
  return stops.map(({ x, y, height }, i) => {
    if (i === 0) return { x, y: y + height / 2 };
    return i === stops.length - 1 ? { x, y: y - height / 2 } : { x, y };
  });
}
