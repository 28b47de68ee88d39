/** The graph of a run: dragged, zoomed, and walked through by keys. Only what is looked at is in the page. */
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { readRanges } from "../../../../runtime/wire.js";
import type { RunShape, RunStates } from "../../view.js";
import { Arrows } from "./arrows.js";
import { type Camera, reveal, touch, windowOf, zoomAt } from "./camera.js";
import { useDrag } from "./drag.js";
import type { Placement } from "./layout.js";
import { NodeBox } from "./node-box.js";
import { placeScene } from "./place-scene.js";
import { type Scene, type SceneBox, sceneOf } from "./scene.js";
import { isStepKey, stepFrom } from "./steps.js";
import { useCamera } from "./use-camera.js";

interface StageProps {
  readonly shape: RunShape;
  readonly states: RunStates;
  readonly selected: number | undefined;
  select(index: number | undefined): void;
}

/** A scene that has its places. */
interface Placed {
  readonly scene: Scene;
  readonly placement: Placement;
}

export function Stage({ shape, states, selected, select }: StageProps) {
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const [unfolded, setUnfolded] = useState(() => boxesOf(shape, selected));
  const placed = usePlaced(shape, unfolded);
  const { camera, move, showAll } = useCamera(placed?.placement, size);
  const [focused, setFocused] = useState<string>();
  const toggle = useCallback((id: string) => setUnfolded((known) => toggled(known, id)), []);
  useDrag(frame, move);

  const focus = (id: string) => {
    setFocused(id);
    const box = placed?.scene.boxes.find((each) => each.id === id);
    if (box && size) {
      const at = placed!.placement.places.get(id)!;
      move((known) => reveal(known, { ...at, width: box.width, height: box.height }, size));
    }
    requestAnimationFrame(() =>
      frame.current?.querySelector<HTMLElement>(`[data-focus="${id}"]`)?.focus({ preventScroll: true }),
    );
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !placed || !size) return;
    const middle = { x: size.width / 2, y: size.height / 2 };
    if (isStepKey(event.key)) {
      const next = stepFrom(focused ?? "", event.key, placed);
      if (next) focus(next);
    } else if (event.key === "+" || event.key === "=") move((known) => zoomAt(known, middle, 1.25));
    else if (event.key === "-") move((known) => zoomAt(known, middle, 0.8));
    else if (event.key === "0") showAll();
    else if (event.key === "Escape") select(undefined);
    else return;
    event.preventDefault();
  };
  const zoomBy = (factor: number) =>
    size && move((known) => zoomAt(known, { x: size.width / 2, y: size.height / 2 }, factor));
  return (
    <section
      ref={frame}
      class="stage"
      tabIndex={focused === undefined ? 0 : -1}
      aria-label="Graph of the run: arrow keys go from node to node"
      onKeyDown={press}
    >
      {placed && camera && size && (
        <Plane
          {...{ placed, camera, states, selected, select, toggle }}
          size={size}
          focused={focused ?? placed.scene.boxes[0]?.id}
        />
      )}
      <div class="zoom">
        <button type="button" class="icon-button" aria-label="Zoom in" title="Zoom in (+)" onClick={() => zoomBy(1.25)}>
          +
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Zoom out"
          title="Zoom out (−)"
          onClick={() => zoomBy(0.8)}
        >
          −
        </button>
        <button type="button" class="icon-button" aria-label="Fit" title="Fit (0)" onClick={() => showAll()}>
          ⤢
        </button>
      </div>
    </section>
  );
}

interface PlaneProps extends Omit<StageProps, "shape"> {
  readonly placed: Placed;
  readonly camera: Camera;
  readonly size: { readonly width: number; readonly height: number };
  readonly focused: string | undefined;
  toggle(id: string): void;
}

/** Everything that moves with the camera. */
function Plane({ placed, camera, size, states, selected, select, focused, toggle }: PlaneProps) {
  const { scene, placement } = placed;
  const view = useSteady(windowOf(camera, size));
  const visible = useMemo(
    () =>
      scene.boxes.filter((box) =>
        touch({ ...placement.places.get(box.id)!, width: box.width, height: box.height }, view),
      ),
    [scene, placement, view],
  );
  const notes = useMemo(() => notesOf(states), [states]);
  return (
    <div class="plane" style={{ transform: `translate(${camera.x}px, ${camera.y}px) scale(${camera.zoom})` }}>
      <Arrows scene={scene} placement={placement} view={view} />
      {visible.map((box) => (
        <NodeBox
          key={box.id}
          scene={box}
          place={placement.places.get(box.id)!}
          letters={states.letters}
          note={notes.get(box.first)}
          isFocused={box.id === focused}
          selected={holds(box, selected) ? selected : undefined}
          select={select}
          toggle={toggle}
        />
      ))}
    </div>
  );
}

function holds({ box, first, grid }: SceneBox, index: number | undefined): boolean {
  if (index === undefined) return false;
  return box.count === 1 ? first === index : (grid?.nodes.includes(index) ?? false);
}

/** The window that was drawn, until the camera looks beyond it: a small move draws nothing anew. */
function useSteady<Rectangle extends { x: number; y: number; width: number; height: number }>(
  next: Rectangle,
): Rectangle {
  const known = useRef(next);
  const [a, b] = [known.current, next];
  const slack = b.width / 8;
  const isNear = Math.abs(a.x - b.x) < slack && Math.abs(a.y - b.y) < slack && Math.abs(a.width - b.width) < slack;
  if (!isNear) known.current = next;
  return known.current;
}

/** What nodes say of themselves: how far they have come, and how often they have failed. */
function notesOf({ progress, attempts }: RunStates): ReadonlyMap<number, string> {
  const failed = attempts.map(
    ([index, count]) => [index, `failed ${count === 1 ? "once" : `${count} times`}`] as const,
  );
  const come = progress.map(
    ([index, { done, total }]) => [index, total === undefined ? `${done} done` : `${done} of ${total}`] as const,
  );
  return new Map([...failed, ...come]);
}

function usePlaced(shape: RunShape, unfolded: ReadonlySet<string>): Placed | undefined {
  const [placed, setPlaced] = useState<Placed>();
  useEffect(() => {
    const scene = sceneOf(shape, unfolded);
    const boxes = scene.boxes.map(({ id, width, height }) => ({ id, width, height }));
    const arrows = scene.arrows.map(({ from, to }) => ({ from, to }));
    placeScene({ boxes, arrows }, (placement) => setPlaced({ scene, placement }));
  }, [shape, unfolded]);
  return placed;
}

/** The boxes of many that hold a node: whoever comes by a link to it wants to see it. */
function boxesOf({ boxes }: RunShape, index: number | undefined): ReadonlySet<string> {
  const holding = boxes.filter(({ count, nodes }) => count > 1 && index !== undefined && contains(nodes, index));
  return new Set(holding.map(({ id }) => id));
}

function contains(nodes: string, index: number): boolean {
  return readRanges(nodes).some(([first, last]) => first <= index && index <= last);
}

function toggled(known: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(known);
  if (!next.delete(id)) next.add(id);
  return next;
}

function useSize(element: { readonly current: HTMLElement | null }) {
  const [size, setSize] = useState<{ readonly width: number; readonly height: number }>();
  useEffect(() => {
    const watcher = new ResizeObserver(
      ([entry]) => entry && setSize({ width: entry.contentRect.width, height: entry.contentRect.height }),
    );
    watcher.observe(element.current!);
    return () => watcher.disconnect();
  }, [element]);
  return size;
}
