/** Where one looks at the graph from: moved by dragging, wheel and keys. */
import type { Point } from "./layout.js";

/** The graph's origin on the screen, and how large it is drawn. */
export interface Camera extends Point {
  readonly zoom: number;
}

/** A width and a height. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const [NEAREST, FURTHEST] = [2.5, 0.12];

/** Zooms so that what is under a point of the screen stays there. */
export function zoomAt({ x, y, zoom }: Camera, point: Point, factor: number): Camera {
  const next = Math.min(NEAREST, Math.max(FURTHEST, zoom * factor));
  const ratio = next / zoom;
  return { zoom: next, x: point.x - (point.x - x) * ratio, y: point.y - (point.y - y) * ratio };
}

/** Shows all of it, but not larger than life, and not too small to read: then its beginning. */
export function wholeOf(scene: Size, screen: Size): Camera {
  const whole = Math.min(1, screen.width / scene.width, screen.height / scene.height);
  const zoom = Math.max(0.35, whole);
  const x = scene.width * zoom > screen.width ? 0 : (screen.width - scene.width * zoom) / 2;
  return { zoom, x, y: (screen.height - scene.height * zoom) / 2 };
}

/** Moves as little as shows the whole of a box. */
export function reveal(camera: Camera, box: Point & Size, screen: Size): Camera {
  const margin = 40;
  const shift = (start: number, length: number, room: number) => {
    if (start < margin) return margin - start;
    return start + length > room - margin ? Math.max(margin - start, room - margin - start - length) : 0;
  };
  const { x, y, zoom } = camera;
  return {
    zoom,
    x: x + shift(x + box.x * zoom, box.width * zoom, screen.width),
    y: y + shift(y + box.y * zoom, box.height * zoom, screen.height),
  };
}

/** What is on the screen, in the graph's own measure, with a margin so that a small move shows nothing missing. */
export function windowOf({ x, y, zoom }: Camera, { width, height }: Size): Point & Size {
  const margin = 300 / zoom;
  return {
    x: -x / zoom - margin,
    y: -y / zoom - margin,
    width: width / zoom + 2 * margin,
    height: height / zoom + 2 * margin,
  };
}

/** Whether two rectangles touch. */
export function touch(a: Point & Size, b: Point & Size): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
