/** From box to box by arrow key. */
import type { Placement, Point } from "./layout.js";
import type { Scene, SceneBox } from "./scene.js";

const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"] as const;
export type StepKey = (typeof KEYS)[number];

export function isStepKey(key: string): key is StepKey {
  return KEYS.some((each) => each === key);
}

/** The box that a key leads to: along an arrow to the side, the nearest in the same column up and down. */
export function stepFrom(
  id: string,
  key: StepKey,
  { scene, placement }: { scene: Scene; placement: Placement },
): string | undefined {
  const middle = middles(scene, placement);
  const from = middle.get(id);
  if (!from) return scene.boxes[0]?.id;
  const nearest = (ids: readonly string[], distance: (to: Point) => number) =>
    ids.toSorted((a, b) => distance(middle.get(a)!) - distance(middle.get(b)!))[0];
  // Of two that are as near, the upper one.
  const along = (to: Point) => Math.abs(to.y - from.y) + to.y / 1e6;
  if (key === "ArrowRight")
    return nearest(
      scene.arrows.flatMap((arrow) => (arrow.from === id ? [arrow.to] : [])),
      along,
    );
  if (key === "ArrowLeft")
    return nearest(
      scene.arrows.flatMap((arrow) => (arrow.to === id ? [arrow.from] : [])),
      along,
    );
  const way = key === "ArrowDown" ? 1 : -1;
  const others = [...middle].filter(([, to]) => (to.y - from.y) * way > 4 && Math.abs(to.x - from.x) < 400);
  return nearest(
    others.map(([other]) => other),
    (to) => Math.abs(to.y - from.y) + 2 * Math.abs(to.x - from.x),
  );
}

function middles({ boxes }: Scene, { places }: Placement): Map<string, Point> {
  return new Map(boxes.map((box) => [box.id, middleOf(box, places.get(box.id) ?? { x: 0, y: 0 })]));
}

function middleOf({ width, height }: SceneBox, { x, y }: Point): Point {
  return { x: x + width / 2, y: y + height / 2 };
}
