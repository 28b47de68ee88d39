/** Moves the camera by dragging and by the wheel. */
import { useEffect } from "preact/hooks";
import { zoomAt } from "./camera.js";
import type { Move } from "./use-camera.js";

/** Below this a drag is a click, px. */
const SLIP = 4;

/** Listens on the element for as long as it is in the page. */
export function useDrag(element: { readonly current: HTMLElement | null }, move: Move): void {
  useEffect(() => {
    const frame = element.current!;
    let last: { x: number; y: number } | undefined;
    let isDragging = false;
    const down = (event: PointerEvent) => {
      if (event.button !== 0 || (event.target as Element).closest("canvas, .zoom")) return;
      last = { x: event.clientX, y: event.clientY };
      isDragging = false;
    };
    const drag = (event: PointerEvent) => {
      if (!last) return;
      const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
      if (!isDragging && Math.hypot(dx, dy) < SLIP) return;
      if (!isDragging) frame.setPointerCapture(event.pointerId);
      isDragging = true;
      last = { x: event.clientX, y: event.clientY };
      move((known) => ({ ...known, x: known.x + dx, y: known.y + dy }));
    };
    const up = () => {
      last = undefined;
    };
    // The end of a drag is no click on what lies below.
    const click = (event: MouseEvent) => {
      if (isDragging) event.stopPropagation();
      isDragging = false;
    };
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = frame.getBoundingClientRect();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const factor = Math.exp((-event.deltaY * lines) / 500);
      move((known) => zoomAt(known, { x: event.clientX - left, y: event.clientY - top }, factor));
    };
    const ends = new AbortController();
    const { signal } = ends;
    frame.addEventListener("pointerdown", down, { signal });
    frame.addEventListener("pointermove", drag, { signal });
    frame.addEventListener("pointerup", up, { signal });
    frame.addEventListener("pointercancel", up, { signal });
    frame.addEventListener("click", click, { signal, capture: true });
    frame.addEventListener("wheel", wheel, { signal, passive: false });
    return () => ends.abort();
  }, [element, move]);
}
